"""Vacancies: drafted by one person, approved by another, published, and what became of them."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, Forbidden, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from training.permissions import TrainingPermission
from training.placements import access, queries
from training.placements.events import VacancyDrafted, VacancyPublished
from training.placements.models import Vacancy
from training.placements.rules.eligibility import CURRENT_VERSION
from training.placements.rules.terms import Terms
from training.placements.rules.vacancies import (
    EDITABLE,
    NEXT_STATES,
    Outcome,
    VacancyState,
    closing_moment,
    is_over,
)
from training.placements.service.facts import rules_of
from training.workshops import queries as workshops

Facts = dict[str, Any]


def draft_vacancy(actor: Actor, terms: Terms) -> Vacancy:
    """Draft a vacancy with its rules; somebody else approves it.

    Raises Forbidden, and Refused for a deadline that has passed, an unknown event or no rule at all.
    """
    actor.require(TrainingPermission.VACANCIES_MANAGE)
    vacancy = Vacancy(drafted_by=actor.person_id)
    _write(actor, vacancy, terms)
    db.session.add(vacancy)
    record(actor, "vacancy.drafted", vacancy, after=facts(vacancy))
    emit(VacancyDrafted(vacancy.id))
    return vacancy


def edit_vacancy(actor: Actor, vacancy_id: UUID, terms: Terms, *, version: int | None) -> Vacancy:
    """Write a vacancy anew before it is published; an approval it had is gone.

    Raises NotFound, Forbidden, Conflict, and Refused as `draft_vacancy` does or once it is published.
    """
    vacancy = vacancy_for_edit(actor, vacancy_id)
    before = facts(vacancy)
    vacancy.expect(version, before)
    _write(actor, vacancy, terms)
    vacancy.approved_by = None
    record(actor, "vacancy.edited", vacancy, before=before, after=facts(vacancy))
    return vacancy


def vacancy_for_edit(actor: Actor, vacancy_id: UUID) -> Vacancy:
    """A vacancy that this person may write in; raises NotFound, Forbidden, Refused once published."""
    vacancy = queries.vacancy_of(actor, vacancy_id)
    if not access.can_manage(actor):
        raise Forbidden
    if VacancyState(vacancy.state) not in EDITABLE:
        raise NotNow(
            N_("This vacancy is published: people apply for what it says, so it stays as it is.")
        )
    return vacancy


def approve_vacancy(actor: Actor, vacancy_id: UUID, *, version: int | None) -> Vacancy:
    """Approve what somebody else drafted.

    Raises NotFound, Conflict, Refused unless it is a draft, and Forbidden for its authors themselves.
    """
    vacancy = queries.vacancy_of(actor, vacancy_id)
    access.require_approver(actor, (vacancy.drafted_by, vacancy.edited_by))
    vacancy.expect(version, facts(vacancy))
    _move(vacancy, VacancyState.APPROVED)
    vacancy.approved_by = actor.person_id
    _record_step(actor, vacancy, VacancyState.DRAFT)
    return vacancy


def publish_vacancy(actor: Actor, vacancy_id: UUID, *, version: int | None) -> Vacancy:
    """Open an approved vacancy to applications until its deadline; its terms and rules are now frozen.

    Raises NotFound, Forbidden, Conflict, and Refused unless it is approved and its deadline lies ahead.
    """
    vacancy = queries.vacancy_of(actor, vacancy_id)
    actor.require(TrainingPermission.VACANCIES_MANAGE)
    vacancy.expect(version, facts(vacancy))
    now = clock.now()
    if is_over(vacancy.closes_at, now):
        raise NotNow(
            N_("The deadline has passed already. Edit the vacancy and give it a later one.")
        )
    _move(vacancy, VacancyState.PUBLISHED)
    vacancy.published_at = now
    _record_step(actor, vacancy, VacancyState.APPROVED)
    emit(VacancyPublished(vacancy.id, vacancy.closes_at))
    return vacancy


def record_outcome(
    actor: Actor, vacancy_id: UUID, *, version: int | None, outcome: Outcome
) -> Vacancy:
    """Say what became of a closed vacancy: filled, or failed.

    Raises NotFound, Forbidden, Conflict, and Refused unless it is closed.
    """
    vacancy = queries.vacancy_of(actor, vacancy_id)
    actor.require(TrainingPermission.VACANCIES_MANAGE)
    vacancy.expect(version, facts(vacancy))
    _move(vacancy, VacancyState(outcome))
    _record_step(actor, vacancy, VacancyState.CLOSED)
    return vacancy


def _record_step(actor: Actor, vacancy: Vacancy, was: VacancyState) -> None:
    before, after = {"state": was}, {"state": vacancy.state}
    record(actor, f"vacancy.{vacancy.state}", vacancy, before=before, after=after)


def _move(vacancy: Vacancy, to: VacancyState) -> None:
    """Take a vacancy to another state; raises Refused where nothing leads there."""
    if to not in NEXT_STATES[VacancyState(vacancy.state)]:
        raise NotNow(
            N_("This step does not fit where the vacancy stands. Reload the page to see it.")
        )
    vacancy.state = to


def facts(vacancy: Vacancy) -> Facts:
    """A vacancy by the names of its form, for the audit and for comparing versions."""
    terms = Terms.of(
        vacancy.title,
        vacancy.summary,
        vacancy.term_months,
        vacancy.closes_at,
        vacancy.time_zone,
        rules_of(vacancy),
    )
    at = terms.closes_time
    return {
        **asdict(terms),
        "closes_time": at and f"{at:%H:%M}",
        "state": vacancy.state,
    }


def _write(actor: Actor, vacancy: Vacancy, terms: Terms) -> None:
    """Put what was entered into a draft, as far as it holds."""
    closes_at = closing_moment(terms.closes_on, terms.closes_time, terms.time_zone)
    if is_over(closes_at, clock.now()):
        raise Refused(
            N_("Enter a deadline that lies ahead; this one has passed."), field="closes_on"
        )
    known = {str(workshop.id) for workshop in workshops.list_workshops()}
    if not set(terms.events) <= known:
        raise Refused(N_("Choose events from the list of workshops."), field="events")
    vacancy.title = terms.title
    vacancy.summary = terms.summary
    vacancy.term_months = terms.term_months
    vacancy.closes_at = closes_at
    vacancy.time_zone = terms.time_zone
    vacancy.rules = [rule.as_data() for rule in terms.rules()]
    vacancy.rules_version = CURRENT_VERSION
    vacancy.state = VacancyState.DRAFT
    vacancy.edited_by = actor.person_id
