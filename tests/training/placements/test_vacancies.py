"""A vacancy is drafted by one person, approved by another, published and frozen."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.values import clock
from tests.training.placements.conftest import AFTER
from training.placements import service
from training.placements.models import Vacancy
from training.placements.queries import vacancies
from training.placements.rules.eligibility import UnreadableRules
from training.placements.rules.vacancies import Outcome


@pytest.fixture
def draft_id(inside, officer, terms):
    with inside():
        return service.draft_vacancy(officer, terms()).id


def actions(vacancy_id):
    statement = select(AuditEntry.action).where(AuditEntry.object_id == str(vacancy_id))
    return list(db.session.scalars(statement.order_by(AuditEntry.id)))


def test_a_vacancy_goes_from_draft_to_published_and_each_step_is_on_record(
    inside, vacancy_id, vacancy, terms
):
    stands = vacancy(vacancy_id)
    assert stands.state == "published"
    assert stands.rules == [rule.as_data() for rule in terms().rules()]
    assert stands.rules_version == 1
    with inside():
        assert actions(vacancy_id) == ["vacancy.drafted", "vacancy.approved", "vacancy.published"]


def test_approvers_are_asked_by_mail_and_the_author_is_not(mails, approver, draft_id):
    [(to, subject, body)] = mails()
    assert "Approver (fictional)" in to
    assert subject == "To approve: Electoral professional (fictional)"
    assert "Officer (fictional) drafted a placement vacancy:" in body
    assert f"/training/placements/{draft_id}" in body


def test_nobody_approves_what_she_drafted_or_wrote_in_last(
    inside, factory, officer, draft_id, terms
):
    second = factory.actor("Second officer (fictional)", roles=["programme_officer"])
    third = factory.actor("Third officer (fictional)", roles=["programme_officer"])
    with inside():
        with pytest.raises(Forbidden, match="Somebody else"):
            service.approve_vacancy(officer, draft_id, version=1)
        edited = service.edit_vacancy(second, draft_id, terms(term_months=6), version=1)
        for author in (officer, second):
            with pytest.raises(Forbidden):
                service.approve_vacancy(author, draft_id, version=edited.version)
        assert service.approve_vacancy(third, draft_id, version=edited.version).state == "approved"


def test_the_database_keeps_authors_from_approving_whatever_the_service_does(
    inside, officer, draft_id
):
    statement = text("update training.vacancy set state = 'approved', approved_by = :person")
    with inside():
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(statement, {"person": officer.person_id})
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "ck_vacancy_approved_by_another"


def test_an_edit_takes_the_approval_away(inside, officer, approver, draft_id, terms):
    with inside():
        approved = service.approve_vacancy(approver, draft_id, version=1)
        edited = service.edit_vacancy(
            officer, draft_id, terms(title="Another"), version=approved.version
        )
        assert (edited.state, edited.approved_by) == ("draft", None)
        with pytest.raises(Refused, match="does not fit"):
            service.publish_vacancy(officer, draft_id, version=edited.version)


def test_members_neither_draft_nor_see_drafts_and_approvers_do_not_write(
    inside, alumna, approver, draft_id, terms
):
    with inside():
        with pytest.raises(Forbidden):
            service.draft_vacancy(alumna, terms())
        with pytest.raises(NotFound):
            service.dossier(alumna, draft_id)
        assert vacancies(alumna, 1) == ([], 0)
        assert vacancies(approver, 1)[1] == 1
        with pytest.raises(Forbidden):
            service.edit_vacancy(approver, draft_id, terms(), version=1)


def test_a_published_vacancy_is_frozen_for_the_service(inside, officer, vacancy_id, terms):
    with inside(), pytest.raises(Refused, match="published"):
        service.edit_vacancy(officer, vacancy_id, terms(title="Another"), version=3)


@pytest.mark.parametrize(
    "change",
    [
        "rules = '[]'",
        "rules_version = 2",
        "closes_at = closes_at + interval '1 day'",
        "term_months = 11",
        "title = 'Another'",
        "state = 'draft', approved_by = null, published_at = null",
        "state = 'filled'",
    ],
)
def test_a_published_vacancy_is_frozen_for_the_database(inside, vacancy_id, change):
    with inside():
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(text(f"update training.vacancy set {change}"))
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "vacancy_frozen"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": date(2020, 1, 1)}, "closes_on"),
        ({"closes_on": date(2030, 3, 31), "closes_time": time(1, 30)}, "closes_time"),
        ({"events": ("0197a000-0000-7000-8000-000000000000",)}, "events"),
        ({"employment": False, "events": (), "subjects": (), "experience": False}, "employment"),
    ],
)
def test_terms_that_do_not_hold_are_refused_at_their_field(inside, officer, terms, change, field):
    with inside():
        with pytest.raises(Refused) as refused:
            service.draft_vacancy(officer, replace(terms(), **change))
        db.session.rollback()
    assert refused.value.field == field


def test_a_vacancy_is_not_published_after_its_deadline(inside, officer, approver, draft_id, terms):
    with inside():
        approved = service.approve_vacancy(approver, draft_id, version=1)
        with clock.frozen(AFTER), pytest.raises(Refused, match="deadline has passed"):
            service.publish_vacancy(officer, draft_id, version=approved.version)


def test_a_second_saver_sees_what_stands_now(inside, officer, draft_id, terms):
    with inside():
        service.edit_vacancy(officer, draft_id, terms(title="First"), version=1)
        with pytest.raises(Conflict) as conflict:
            service.edit_vacancy(officer, draft_id, terms(title="Second"), version=1)
        assert conflict.value.current["title"] == "First"
        with pytest.raises(Conflict):
            service.publish_vacancy(officer, draft_id, version=1)


def test_what_became_of_it_is_recorded_once_it_has_closed(inside, officer, vacancy_id, close):
    with inside(), pytest.raises(Refused):
        service.record_outcome(officer, vacancy_id, version=3, outcome=Outcome.FILLED)
    close(vacancy_id)
    with inside():
        filled = service.record_outcome(officer, vacancy_id, version=4, outcome=Outcome.FILLED)
        assert filled.state == "filled"
        with pytest.raises(Refused):
            service.record_outcome(
                officer, vacancy_id, version=filled.version, outcome=Outcome.FAILED
            )


def test_rules_of_a_newer_version_are_refused_loudly_and_nothing_is_decided(
    inside, officer, approver, alumna, draft_id, close, vacancy
):
    newer = update(Vacancy).where(Vacancy.id == draft_id).values(rules_version=2)
    with inside():
        db.session.execute(newer)
    with inside(), pytest.raises(UnreadableRules, match="version 2"):
        service.check_eligibility(officer, draft_id)
    with inside():
        db.session.execute(
            update(Vacancy)
            .where(Vacancy.id == draft_id)
            .values(state="published", approved_by=approver.person_id, published_at=clock.now())
        )
    with pytest.raises(UnreadableRules):
        close(draft_id)
    assert vacancy(draft_id).state == "published"


def test_the_next_to_close_comes_first_and_the_list_costs_the_same_for_three(
    inside, alumna, publish, queries
):
    later = publish(closes_on=date(2031, 1, 1))
    with inside(), queries() as one:
        vacancies(alumna, 1)
    sooner, latest = publish(closes_on=date(2029, 1, 1)), publish(closes_on=date(2032, 1, 1))
    with inside(), queries() as three:
        found, total = vacancies(alumna, 1)
    assert [each.id for each in found] == [sooner, later, latest]
    assert total == 3
    assert len(one) == len(three) == 2
