"""Whatever is done with vacancies and applications is on the trail: who, to what, from and to."""

import pytest

from kernel.audit.keys import destroy_key
from tests.training.placements.conftest import SAID
from training.placements import service
from training.placements.rules.vacancies import Outcome


def save_again(actor, vacancy_id):
    draft = service.save_draft(actor, vacancy_id, SAID, version=None)
    service.save_draft(actor, vacancy_id, SAID, version=draft.version)
    return draft.id


def throw_away(actor, vacancy_id):
    draft = service.save_draft(actor, vacancy_id, SAID, version=None)
    service.withdraw(actor, draft.id, version=draft.version)
    return draft.id


def send_and_withdraw(actor, vacancy_id):
    draft = service.save_draft(actor, vacancy_id, SAID, version=None)
    sent = service.submit(actor, vacancy_id, version=draft.version)
    service.withdraw(actor, sent.id, version=sent.version)
    return sent.id


@pytest.mark.parametrize(
    ("act", "action", "before", "after"),
    [
        (save_again, "application.saved", None, "draft"),
        (throw_away, "application.discarded", None, "draft"),
        (send_and_withdraw, "application.withdrawn", {"state": "submitted"}, "withdrawn"),
    ],
)
def test_what_an_applicant_does_is_on_the_trail_about_her_and_without_her_words(
    inside, alumna, event, vacancy_id, trail, act, action, before, after
):
    with inside():
        application_id = act(alumna, vacancy_id)
    [entry] = trail(action)
    assert (entry.actor_id, entry.about_id) == (alumna.person_id, alumna.person_id)
    assert (entry.object_kind, entry.object_id) == ("application", str(application_id))
    assert entry.before == before
    assert entry.after == {"state": after, "vacancy_id": str(vacancy_id)}


@pytest.mark.parametrize(
    ("sent", "action", "after"),
    [
        (False, "application.discarded", None),
        (True, "application.withdrawn", {"state": "withdrawn"}),
    ],
)
def test_what_an_erasure_ends_is_on_the_trail_and_about_nobody(
    inside, alumna, event, vacancy_id, apply, trail, sent, action, after
):
    with inside():
        if not sent:
            service.save_draft(alumna, vacancy_id, SAID, version=None)
    if sent:
        apply(alumna, vacancy_id)
    with inside():
        destroy_key(alumna.person_id)
        service.erase(alumna.person_id)
    [entry] = trail(action)
    assert (entry.actor_id, entry.about_id, entry.object_label) == (None, None, "")
    assert entry.after == after


def test_an_edit_is_on_the_trail_with_what_it_changed(inside, officer, terms, trail):
    with inside():
        vacancy = service.draft_vacancy(officer, terms())
        service.edit_vacancy(officer, vacancy.id, terms(title="Another"), version=vacancy.version)
    [entry] = trail("vacancy.edited")
    assert (entry.actor_id, entry.object_id) == (officer.person_id, str(vacancy.id))
    assert entry.before == {"title": "Electoral professional (fictional)"}
    assert entry.after == {"title": "Another"}


@pytest.mark.parametrize("outcome", Outcome)
def test_closing_and_what_became_of_it_are_on_the_trail(
    inside, officer, vacancy_id, close, trail, outcome
):
    close(vacancy_id)
    with inside():
        service.record_outcome(officer, vacancy_id, version=4, outcome=outcome)
    [closed] = trail("vacancy.closed")
    assert closed.actor_id is None  # nobody does it: its moment comes
    assert (closed.before, closed.after) == ({"state": "published"}, {"state": "closed"})
    [ended] = trail({Outcome.FILLED: "vacancy.filled", Outcome.FAILED: "vacancy.failed"}[outcome])
    assert (ended.actor_id, ended.object_id) == (officer.person_id, str(vacancy_id))
    assert (ended.before, ended.after) == ({"state": "closed"}, {"state": outcome})
