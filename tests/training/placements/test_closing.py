"""Closing decides about every application, on the facts of that moment, once."""

import threading
import time
from functools import partial

import pytest
from sqlalchemy import NullPool, create_engine, select, text, update
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.errors import DomainError, Refused
from kernel.identity.models import Organisation
from kernel.values import clock
from tests.conftest import DATABASE
from tests.factories.network import end_affiliations
from tests.training.placements.conftest import AFTER, EARLIER, SAID
from training.participants.models import Attendance, Participant
from training.participants.service import correct_attendance
from training.placements import queries, service
from training.placements.rules.eligibility import Answer, Eligibility, Kind


def answers(checked):
    return {verdict.rule.kind: verdict.answer for verdict in checked.verdicts}


def test_she_who_meets_every_rule_is_eligible_and_the_absentee_is_not_with_the_reason(
    alumna, absentee, event, vacancy_id, apply, close, own, vacancy
):
    hers, theirs = apply(alumna, vacancy_id), apply(absentee, vacancy_id)
    assert close(vacancy_id)
    assert vacancy(vacancy_id).state == "closed"
    assert own(alumna, hers).decision.eligibility is Eligibility.ELIGIBLE
    sent = own(absentee, theirs)
    assert (sent.application.state, sent.application.eligibility) == ("screened", "ineligible")
    assert sent.application.decided_at == AFTER
    reasons = [str(v.fact) for v in sent.decision.verdicts if v.answer is Answer.FAIL]
    assert len(reasons) == 1
    assert reasons[0].endswith("Africa region workshop (fictional) and attended 0 minutes.")


def test_closing_three_applications_costs_what_one_does(
    publish, alumna, absentee, factory, event, apply, close, queries
):
    one, three = publish(), publish()
    apply(alumna, one)
    for actor in (alumna, absentee, factory.actor("Third Fictional")):
        apply(actor, three)
    counts = []
    for vacancy_id in (one, three):
        with queries() as seen:
            assert close(vacancy_id)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_who_withdraws_while_it_closes_is_not_decided_about_but_told_it_is_too_late(
    inside, alumna, event, vacancy_id, apply, own, at_once
):
    application_id = apply(alumna, vacancy_id)
    withdraw = partial(service.withdraw, alumna, application_id, version=2)
    with clock.frozen(AFTER), inside():
        assert service.close_vacancy(vacancy_id)
        withdrawing = at_once(withdraw)
        assert withdrawing.is_alive()
    assert isinstance(withdrawing.end(), DomainError)
    assert own(alumna, application_id).application.state == "screened"


def test_employment_that_ended_meanwhile_counts_and_what_was_shown_stays(
    inside, alumna, event, vacancy_id, apply, close, own
):
    application_id = apply(alumna, vacancy_id)
    with inside():
        end_affiliations(alumna)
    close(vacancy_id)
    sent = own(alumna, application_id)
    assert sent.advice.eligibility is Eligibility.ELIGIBLE
    assert answers(sent.decision)[Kind.EMPLOYMENT] is Answer.FAIL


def test_membership_that_was_suspended_meanwhile_counts(
    inside, alumna, event, vacancy_id, apply, close, own
):
    application_id = apply(alumna, vacancy_id)
    with inside():
        db.session.execute(
            update(Organisation)
            .where(Organisation.id == alumna.organisation_ids[0])
            .values(membership="suspended")
        )
    close(vacancy_id)
    assert answers(own(alumna, application_id).decision)[Kind.EMPLOYMENT] is Answer.FAIL


def test_attendance_locked_meanwhile_counts(
    alumna, absentee, open_event, lock, vacancy_id, apply, close, own
):
    hers, theirs = apply(alumna, vacancy_id), apply(absentee, vacancy_id)
    assert answers(own(alumna, hers).advice)[Kind.TOOK_PART] is Answer.UNKNOWN
    lock(open_event)
    close(vacancy_id)
    assert answers(own(alumna, hers).decision)[Kind.TOOK_PART] is Answer.PASS
    assert answers(own(absentee, theirs).decision)[Kind.TOOK_PART] is Answer.FAIL


def test_attendance_nobody_locked_needs_evidence(alumna, open_event, vacancy_id, apply, close, own):
    application_id = apply(alumna, vacancy_id)
    close(vacancy_id)
    assert own(alumna, application_id).decision.eligibility is Eligibility.NEEDS_EVIDENCE


def test_drafts_and_withdrawn_applications_are_not_decided_about(
    inside, alumna, absentee, event, vacancy_id, apply, close, own
):
    withdrawn = apply(alumna, vacancy_id)
    with inside():
        service.withdraw(alumna, withdrawn, version=2)
        draft = service.save_draft(absentee, vacancy_id, SAID, version=None)
    close(vacancy_id)
    assert own(alumna, withdrawn).decision is None
    assert own(absentee, draft.id).decision is None


def test_closing_twice_has_one_effect(
    inside, alumna, event, vacancy_id, apply, close, own, vacancy, mails
):
    application_id = apply(alumna, vacancy_id)
    assert close(vacancy_id)
    once = own(alumna, application_id).application
    assert not close(vacancy_id)
    twice = own(alumna, application_id).application
    assert (once.version, once.decided_at) == (twice.version, twice.decided_at)
    with inside():
        decided = select(AuditEntry.id).where(
            AuditEntry.object_id == str(application_id),
            AuditEntry.action == "application.screened",
        )
        assert len(db.session.scalars(decided).all()) == 1
    assert [subject for _, subject, _ in mails() if subject.startswith("Eligible")] != []


def test_a_decision_is_not_rewritten(inside, alumna, event, vacancy_id, apply, close):
    apply(alumna, vacancy_id)
    close(vacancy_id)
    with inside():
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(text("update training.application set eligibility = 'ineligible'"))
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "application_kept"


def test_nothing_closes_before_its_moment(inside, vacancy_id, vacancy):
    with inside():
        assert not service.close_vacancy(vacancy_id)
        service.close_due()
    assert vacancy(vacancy_id).state == "published"


def test_the_sweep_closes_what_a_lost_job_left_open(inside, publish, vacancy):
    first, second = publish(), publish()
    with inside(), clock.frozen(AFTER):
        service.close_due()
        assert queries.due_for_closing(AFTER) == []
    assert {vacancy(first).state, vacancy(second).state} == {"closed"}


def test_publishing_has_the_vacancy_close_at_its_very_moment(server, vacancy_id, vacancy, run_jobs):
    assert "training.schedule_closing" in run_jobs()
    engine = create_engine(server.url("comitia_worker", DATABASE), poolclass=NullPool)
    waiting = text(
        "select scheduled_at from jobs.procrastinate_jobs where task_name = 'training.close_vacancy'"
        " and args->'arguments'->>'vacancy_id' = :id"
    )
    with engine.connect() as queue:
        assert queue.scalars(waiting, {"id": str(vacancy_id)}).all() == [
            vacancy(vacancy_id).closes_at
        ]


def test_the_worker_closes_it_and_tells_the_applicant_without_anybody_doing_anything(
    inside, publish, alumna, event, vacancy, own, mails
):
    with clock.frozen(EARLIER):
        vacancy_id = publish(closes_on=EARLIER.date())
        with inside():
            draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
            service.submit(alumna, vacancy_id, version=draft.version)
    subjects = [subject for _, subject, _ in mails()]
    assert vacancy(vacancy_id).state == "closed"
    assert own(alumna, draft.id).decision.eligibility is Eligibility.ELIGIBLE
    assert any(subject.startswith("Eligible:") for subject in subjects)


def test_applicants_are_told_the_decision_with_its_reasons_each_once(
    inside, alumna, absentee, event, vacancy_id, apply, close, mails, factory
):
    with inside():
        db.session.execute(
            text("update kernel.person set language = 'en' where id = :id"),
            {"id": absentee.person_id},
        )
    apply(alumna, vacancy_id), apply(absentee, vacancy_id)
    arrived = [mail for mail in mails() if "approve" not in mail[1]]
    assert [subject.partition(":")[0] for _, subject, _ in arrived] == [
        "Your application arrived"
    ] * 2
    close(vacancy_id)
    told = {to.split("<")[0].strip(' "'): (subject, body) for to, subject, body in mails()}
    assert told["Asha Fictional"][0] == "Eligible: Electoral professional (fictional)"
    subject, body = told["Wanjiru Fictional"]
    assert subject == "Not eligible: Electoral professional (fictional)"
    assert "(August 2015) and attended 0 minutes." in body
    assert "/training/applications/" in body
    assert mails() == []


def test_a_decision_is_mailed_in_the_applicants_language(
    inside, alumna, event, vacancy_id, apply, close, mails
):
    with inside():
        db.session.execute(
            text("update kernel.person set language = 'fr' where id = :id"),
            {"id": alumna.person_id},
        )
    apply(alumna, vacancy_id)
    close(vacancy_id)
    told = " ".join(body for _, _, body in mails())
    assert "Bonjour" in told
    assert "Africa region workshop (fictional) (août 2015)" in told
    assert "2015-08" not in told


def test_minutes_corrected_before_closing_count(
    inside, officer, absentee, event, vacancy_id, apply, close, own
):
    application_id = apply(absentee, vacancy_id)
    with inside():
        participant = db.session.scalars(
            select(Participant).where(Participant.person_id == absentee.person_id)
        ).one()
        session_id = db.session.scalars(
            select(Attendance.session_id).where(Attendance.participant_id == participant.id)
        ).first()
        correct_attendance(
            officer,
            participant.id,
            {session_id: 30},
            reason="She was in the room; the sheet of that morning was lost.",
            version=participant.version,
        )
    close(vacancy_id)
    assert own(absentee, application_id).decision.eligibility is Eligibility.ELIGIBLE


class Other(threading.Thread):
    """Another session at work at the same time; `outcome` is what it returned or raised."""

    def __init__(self, app, tenant, act):
        super().__init__(daemon=True)
        self.app, self.tenant, self.act, self.outcome = app, tenant, act, None

    def run(self):
        with self.app.app_context(), scoped(self.tenant.id):
            try:
                self.outcome = self.act()
                db.session.commit()
            except Refused as refused:
                self.outcome = refused
                db.session.rollback()


@pytest.fixture
def other(app, tenant):
    def start(act):
        thread = Other(app, tenant, act)
        thread.start()
        return thread

    return start


def closing(vacancy_id):
    with clock.frozen(AFTER):
        return service.close_vacancy(vacancy_id)


def test_one_who_is_sending_when_it_closes_is_decided_about(
    inside, other, alumna, event, vacancy_id, own
):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
        version = draft.version
    with inside():
        service.submit(alumna, vacancy_id, version=version)
        closer = other(lambda: closing(vacancy_id))
        time.sleep(0.5)
        assert closer.is_alive()  # it waits for the sender
    closer.join(10)
    assert closer.outcome is True
    assert own(alumna, draft.id).decision.eligibility is Eligibility.ELIGIBLE


def test_one_who_sends_while_it_closes_is_refused_whatever_her_clock_says(
    inside, other, alumna, event, vacancy_id, own
):
    with inside():
        draft = service.save_draft(alumna, vacancy_id, SAID, version=None)
        version = draft.version
    with inside():
        closing(vacancy_id)
        sender = other(lambda: service.submit(alumna, vacancy_id, version=version))
        time.sleep(0.5)
        assert sender.is_alive()  # it waits for the closing
    sender.join(10)
    assert isinstance(sender.outcome, Refused)
    assert "closed on" in str(sender.outcome)
    assert own(alumna, draft.id).application.state == "draft"
