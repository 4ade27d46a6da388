"""What certificates say waits for whom."""

from datetime import timedelta

import pytest

from kernel.values import clock
from tests.training.certificates.conftest import A_MINUTE_LESS, FOUR_FIFTHS
from training.certificates import service
from training.certificates.rules import PATIENCE


@pytest.fixture
def told(waiting):
    """`told(actor)` is the text and the address of what waits for her in certificates."""

    def ask(actor, at=None):
        with clock.frozen(at or clock.now()):
            found = waiting(actor)
        return [
            (each["text"], each["about"], each["url"])
            for each in found
            if each["kind"].startswith("certificate")
        ]

    return ask


def test_certificates_that_were_earned_wait_until_a_run_begins(
    inside, register, lock, workshop_id, officer, told
):
    for name, minutes in (("A", FOUR_FIFTHS), ("B", FOUR_FIFTHS), ("C", A_MINUTE_LESS)):
        register(workshop_id, name, minutes)
    assert told(officer) == []
    lock(workshop_id)
    url = f"/training/workshops/{workshop_id}/certificates"
    assert told(officer) == [("Issue 2 certificates", "Africa region workshop", url)]
    with inside():
        service.start_issuing(officer, workshop_id)
    assert told(officer) == []


def fell(act, correct, row):
    correct(row.participant_id, {"S7": 89})


def came_back(act, correct, row):
    fell(act, correct, row)
    correct(row.participant_id, {"S7": 90})


def replaced_and_came_back(act, correct, row):
    act("replace", row)
    came_back(act, correct, row)


def revoked(act, correct, row):
    act("revoke", row)


def suspended(act, correct, row):
    act("suspend", row)


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        (lambda *_: None, 0),
        (suspended, 0),
        (revoked, 0),
        (fell, 0),
        (came_back, 1),
        (replaced_and_came_back, 1),
    ],
)
def test_home_the_workshop_and_the_register_agree_on_who_is_due_one(
    inside,
    register,
    lock,
    issued,
    certificates,
    workshop_id,
    officer,
    told,
    act,
    correct,
    run_jobs,
    browser_for,
    happened,
    due,
):
    register(workshop_id, "Ama Fictional", FOUR_FIFTHS)
    lock(workshop_id)
    issued(workshop_id)

    def corrected(*args):
        correct(*args)
        run_jobs()

    happened(act, corrected, certificates()[0])
    with inside():
        assert service.register(officer, workshop_id).due == due
    assert len(told(officer)) == due
    overview = browser_for(officer).get(f"/training/workshops/{workshop_id}")
    assert ("Issue certificates to those" in overview.text) is bool(due)


def test_a_run_that_is_stuck_does_not_hide_whom_it_leaves_without_a_certificate(
    inside, register, lock, workshop_id, officer, told
):
    register(workshop_id, "A", FOUR_FIFTHS)
    lock(workshop_id)
    with inside():
        begun = service.start_issuing(officer, workshop_id).progressed_at
    assert told(officer, begun + PATIENCE) == []
    [(text, *_)] = told(officer, begun + PATIENCE + timedelta(seconds=1))
    assert text == "Issue 1 certificate"


def test_a_certificate_is_news_to_its_holder_for_two_weeks(
    inside, factory, register, lock, workshop_id, officer, run_jobs, certificates, told
):
    alumna = factory.actor("Neema Fictional")
    register(workshop_id, alumna.name, FOUR_FIFTHS, person_id=alumna.person_id)
    lock(workshop_id)
    with inside():
        service.start_issuing(officer, workshop_id)
    run_jobs()
    alumna = factory.reload(alumna.person_id)
    url = f"/training/certificates/{certificates()[0].id}/certificate.pdf"
    assert told(alumna) == [("Download your certificate", "Africa region workshop", url)]
    assert told(alumna, clock.now() + timedelta(days=15)) == []
    assert told(officer) == told(factory.actor()) == []
