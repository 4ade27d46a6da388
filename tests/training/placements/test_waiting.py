"""What placements say waits for whom."""

from datetime import timedelta

import pytest

from kernel.values import clock
from tests.training.placements.conftest import AFTER, SAID
from training.placements import service

TITLE = "Electoral professional (fictional)"
KINDS = ("placement_", "application_", "vacancy_")


@pytest.fixture
def told(waiting, factory):
    """`told(actor)` is the kind and the address of what waits for her in placements."""

    def ask(actor, at=None):
        actor = factory.reload(actor.person_id)  # who attended became an alumna meanwhile
        with clock.frozen(at or clock.now()):
            found = waiting(actor)
        mine = [each for each in found if each["kind"].startswith(KINDS)]
        assert all(each["about"] == TITLE for each in mine)
        return [(each["kind"], each["url"]) for each in mine]

    return ask


@pytest.fixture
def draft_id(inside, officer, terms, event):
    """A vacancy that was drafted."""
    with inside():
        return service.draft_vacancy(officer, terms()).id


def at(vacancy_id, below=""):
    return f"/training/placements/{vacancy_id}{below}"


def test_a_draft_waits_for_somebody_else_to_approve_it(draft_id, officer, approver, told):
    assert told(approver) == [("vacancy_to_approve", at(draft_id))]
    assert told(officer) == []


def test_an_approved_vacancy_waits_for_who_publishes(inside, draft_id, officer, approver, told):
    with inside():
        service.approve_vacancy(approver, draft_id, version=1)
    assert told(officer) == [("vacancy_to_publish", at(draft_id))]
    assert told(approver) == []


def test_an_open_placement_waits_for_alumni_with_its_deadline(
    event, vacancy_id, alumna, absentee, officer, told, waiting, factory
):
    assert told(alumna) == [("placement_open", at(vacancy_id))]
    assert told(absentee) == told(officer) == []
    found = waiting(factory.reload(alumna.person_id))
    due = next(each["due"] for each in found if each["kind"] == "placement_open")
    assert due == "2030-03-12T23:59:59.999999+00:00"


def test_a_draft_of_an_application_waits_for_whoever_began_it(
    inside, event, vacancy_id, absentee, told
):
    with inside():
        service.save_draft(absentee, vacancy_id, SAID, version=None)
    assert told(absentee) == [("application_to_send", at(vacancy_id, "/apply"))]


def test_what_was_sent_or_withdrawn_waits_no_more(inside, event, vacancy_id, alumna, apply, told):
    application_id = apply(alumna, vacancy_id)
    assert told(alumna) == []
    with inside():
        service.withdraw(alumna, application_id, version=2)
    assert told(alumna) == []


def test_a_decision_is_news_for_two_weeks_and_its_vacancy_waits_for_an_outcome(
    event, vacancy_id, alumna, officer, approver, apply, close, told
):
    application_id = apply(alumna, vacancy_id)
    close(vacancy_id)
    expected = [("application_decided", f"/training/applications/{application_id}")]
    assert told(alumna, AFTER) == expected
    assert told(alumna, AFTER + timedelta(days=15)) == []
    assert told(officer) == [("vacancy_closed", at(vacancy_id, "/applications"))]
    assert told(approver) == []


def test_home_costs_the_same_queries_for_one_placement_and_for_three(
    event, publish, alumna, browser_for, queries
):
    browser = browser_for(alumna)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            publish()
        with queries() as seen:
            assert TITLE in browser.get("/").text
        costs.append(len(seen))
    assert costs[0] == costs[1]
