"""Anybody may apply; what was sent is kept as it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.db.constraints import refusal
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.values import clock
from tests.factories.network import end_affiliations
from tests.training.placements.conftest import AFTER, SAID
from training.placements import queries, service
from training.placements.models import Application
from training.placements.rules.eligibility import Answer, Eligibility, Kind, decide
from training.placements.rules.statements import Statements

PASS, FAIL, UNKNOWN = Answer.PASS, Answer.FAIL, Answer.UNKNOWN


def answers(verdicts):
    return {verdict.rule.kind: verdict.answer for verdict in verdicts}


def test_before_she_states_anything_the_records_answer_what_they_know(
    inside, alumna, event, vacancy_id
):
    with inside():
        verdicts = service.check_eligibility(alumna, vacancy_id)
    assert answers(verdicts) == {
        Kind.EMPLOYMENT: UNKNOWN,
        Kind.TOOK_PART: PASS,
        Kind.DEGREE: UNKNOWN,
        Kind.EXPERIENCE: UNKNOWN,
    }
    assert "Electoral Commission (fictional)" in str(verdicts[0].fact)
    assert "minutes on record: 960" in str(verdicts[1].fact)
    assert decide(verdicts) is Eligibility.NEEDS_EVIDENCE


def test_eligibility_follows_what_she_saves(inside, alumna, event, vacancy_id):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, replace(SAID, full_time=False), version=None)
        assert answers(service.check_eligibility(alumna, vacancy_id))[Kind.EMPLOYMENT] is FAIL
        service.save_draft(alumna, vacancy_id, SAID, version=draft.version)
        assert decide(service.check_eligibility(alumna, vacancy_id)) is Eligibility.ELIGIBLE


def test_one_who_attended_no_minute_is_told_so_and_may_apply(
    inside, absentee, event, vacancy_id, apply, own
):
    with inside():
        verdicts = service.check_eligibility(absentee, vacancy_id)
    took_part = next(each for each in verdicts if each.rule.kind is Kind.TOOK_PART)
    assert took_part.answer is FAIL
    assert str(took_part.fact).endswith("(fictional) and attended 0 minutes.")
    sent = own(absentee, apply(absentee, vacancy_id))
    assert sent.application.state == "submitted"
    assert sent.advice.eligibility is Eligibility.INELIGIBLE


def test_somebody_of_no_member_emb_may_apply_too(inside, factory, event, vacancy_id, apply, own):
    partner = factory.actor(organisation=factory.organisation("Observers", kind="partner"))
    sent = own(partner, apply(partner, vacancy_id))
    assert answers(sent.advice.verdicts)[Kind.EMPLOYMENT] is FAIL


def test_attendance_that_is_not_locked_proves_nothing_yet(
    inside, alumna, absentee, factory, open_event, vacancy_id
):
    with inside():
        for person in (alumna, absentee, factory.actor()):
            verdicts = service.check_eligibility(person, vacancy_id)
            assert answers(verdicts)[Kind.TOOK_PART] is UNKNOWN


def test_what_was_sent_is_kept_with_the_verdicts_she_was_shown(
    inside, alumna, event, vacancy_id, apply, own
):
    application_id = apply(alumna, vacancy_id)
    with inside():
        end_affiliations(alumna)
    sent = own(alumna, application_id)
    assert sent.statements == SAID
    assert answers(sent.advice.verdicts)[Kind.EMPLOYMENT] is PASS
    with inside():
        with pytest.raises(Refused, match="already"):
            service.save_draft(alumna, vacancy_id, Statements(), version=2)
        with pytest.raises(Refused, match="already"):
            service.submit(alumna, vacancy_id, version=2)
    assert own(alumna, application_id).statements == SAID


@pytest.mark.parametrize(
    "change",
    [
        "submission = '{}'",
        "advice = '[]'",
        "submitted_at = now()",
        "state = 'draft', submitted_at = null, advice = null",
    ],
)
def test_what_was_sent_is_kept_by_the_database_too(
    inside, alumna, event, vacancy_id, apply, change
):
    apply(alumna, vacancy_id)
    with inside():
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(text(f"update training.application set {change}"))
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "application_kept"


def test_the_trail_tells_that_she_applied_and_not_what_she_wrote(
    inside, alumna, event, vacancy_id, apply
):
    application_id = apply(alumna, vacancy_id)
    with inside():
        entries = db.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.object_id == str(application_id))
            .order_by(AuditEntry.id)
        ).all()
    assert [entry.action for entry in entries] == ["application.drafted", "application.submitted"]
    assert {entry.about_id for entry in entries} == {alumna.person_id}
    assert "voter education" not in str([(entry.before, entry.after) for entry in entries])


def test_a_letter_is_needed_to_send_and_nothing_else_is(inside, alumna, event, vacancy_id, own):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, Statements(), version=None)
        with pytest.raises(Refused) as refused:
            service.submit(alumna, vacancy_id, version=draft.version)
        assert refused.value.field == "motivation"
        draft = service.save_draft(
            alumna, vacancy_id, Statements(motivation="Here is why."), version=draft.version
        )
        sent = service.submit(alumna, vacancy_id, version=draft.version)
        assert sent.state == "submitted"


def test_a_review_that_no_longer_holds_is_shown_again_before_it_is_sent(
    inside, alumna, event, vacancy_id
):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
        shown = service.review(alumna, vacancy_id)
        end_affiliations(alumna)
        with pytest.raises(Refused, match="changed since"):
            service.submit(alumna, vacancy_id, version=draft.version, seal=shown.seal)
        again = service.review(alumna, vacancy_id)
        sent = service.submit(alumna, vacancy_id, version=draft.version, seal=again.seal)
        assert service.sent_of(sent).advice == again.checked


def test_there_is_one_live_application_for_each_person(inside, alumna, event, vacancy_id, apply):
    apply(alumna, vacancy_id)
    second = Application(
        vacancy_id=vacancy_id, person_id=alumna.person_id, submission=SAID.as_data()
    )
    with inside():
        db.session.add(second)
        with pytest.raises(IntegrityError) as violated:
            db.session.flush()
        db.session.rollback()
    assert "already" in str(refusal(violated.value))


def test_she_withdraws_until_the_deadline_and_may_apply_anew(
    inside, alumna, event, vacancy_id, apply, own
):
    first = apply(alumna, vacancy_id)
    with inside():
        service.withdraw(alumna, first, version=2)
        with pytest.raises(Refused, match="withdrawn already"):
            service.withdraw(alumna, first, version=3)
    second = apply(alumna, vacancy_id)
    with inside(), clock.frozen(AFTER), pytest.raises(Refused, match="closed on"):
        service.withdraw(alumna, second, version=2)
    assert own(alumna, first).statements == SAID
    assert own(alumna, second).application.state == "submitted"


def test_a_draft_is_thrown_away_even_after_the_deadline(inside, alumna, vacancy_id):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
    with inside(), clock.frozen(AFTER):
        service.withdraw(alumna, draft.id, version=draft.version)
    with inside():
        assert queries.applications_of(alumna.person_id) == []


def test_two_windows_on_one_draft_do_not_overwrite_each_other(inside, alumna, vacancy_id):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
        seen = draft.version
        service.save_draft(alumna, vacancy_id, replace(SAID, motivation="Longer"), version=seen)
        for version in (seen, None):
            with pytest.raises(Conflict):
                service.save_draft(alumna, vacancy_id, SAID, version=version)
        with pytest.raises(Conflict):
            service.submit(alumna, vacancy_id, version=seen)


def test_nothing_is_saved_or_sent_after_the_deadline_and_its_zone_is_named(
    inside, alumna, event, vacancy_id
):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
        version = draft.version
    with inside(), clock.frozen(AFTER):
        for act in (
            lambda: service.save_draft(alumna, vacancy_id, Statements(), version=version),
            lambda: service.submit(alumna, vacancy_id, version=version),
            lambda: service.review(alumna, vacancy_id),
        ):
            with pytest.raises(Refused, match=r"closed on 2030-03-12 23:59 \(Europe/London\)"):
                act()
    with inside(), clock.frozen(AFTER - timedelta(seconds=1)):
        assert service.submit(alumna, vacancy_id, version=version).state == "submitted"


def test_nobody_applies_for_a_draft(inside, alumna, officer, terms):
    with inside():
        draft = service.draft_vacancy(officer, terms())
        with pytest.raises(NotFound):
            service.save_draft(alumna, draft.id, SAID, version=None)


def test_applications_are_read_by_their_writer_and_the_officer_alone(
    inside, alumna, absentee, officer, approver, event, vacancy_id, apply
):
    application_id = apply(alumna, vacancy_id)
    with inside():
        draft = service.save_draft(absentee, vacancy_id, SAID, version=None)
        assert service.received(officer, vacancy_id, application_id).name == "Asha Fictional"
        with pytest.raises(NotFound):
            service.received(officer, vacancy_id, draft.id)
        for stranger in (absentee, approver):
            with pytest.raises(NotFound):
                service.own(stranger, application_id)
            with pytest.raises(NotFound):
                service.withdraw(stranger, application_id, version=2)
            with pytest.raises(Forbidden):
                service.received(stranger, vacancy_id, application_id)
            with pytest.raises(Forbidden):
                service.received_list(stranger, vacancy_id, 1)
