"""Closing a vacancy: the decision on every application, on the facts of that moment."""

from datetime import datetime
from uuid import UUID

from kernel.audit import record
from kernel.events import emit
from kernel.values import clock
from training.placements import queries
from training.placements.events import VacancyClosed
from training.placements.models import Application
from training.placements.rules.eligibility import Rule, check, decide
from training.placements.rules.statements import Statements
from training.placements.rules.vacancies import ApplicationState, VacancyState, is_over
from training.placements.service.erasing import withdraw_erased
from training.placements.service.facts import facts_of, rules_of, unlocked_events
from training.placements.service.kept import Checked, all_sent, sealed_for


def close_vacancy(vacancy_id: UUID) -> bool:
    """Close a vacancy whose deadline has passed and decide about everything that was sent for it.

    Records are read anew: what an applicant was told before may have changed. The database lets nobody
    send while this runs. Returns whether it closed now; a vacancy that is closed, or not due, stays as
    it is. Raises NotFound, and UnreadableRules before anything is decided.
    """
    vacancy = queries.hold_for_closing(vacancy_id)
    now = clock.now()
    if vacancy.state != VacancyState.PUBLISHED or not is_over(vacancy.closes_at, now):
        return False
    rules = rules_of(vacancy)
    unlocked = unlocked_events(rules)
    for sent in all_sent(queries.submitted_for(vacancy_id)):
        if sent.statements is None:
            withdraw_erased(sent.application)
        else:
            _decide(sent.application, sent.statements, rules, unlocked, now)
    vacancy.state = VacancyState.CLOSED
    record(
        None,
        "vacancy.closed",
        vacancy,
        before={"state": VacancyState.PUBLISHED},
        after={"state": VacancyState.CLOSED},
    )
    emit(VacancyClosed(vacancy_id))
    return True


def close_due() -> None:
    """Close every vacancy whose deadline has passed, should a job at its very moment have been lost."""
    for vacancy_id in queries.due_for_closing(clock.now()):
        close_vacancy(vacancy_id)


def _decide(
    application: Application,
    statements: Statements,
    rules: tuple[Rule, ...],
    unlocked: frozenset[str],
    now: datetime,
) -> None:
    facts = facts_of(application.person_id, statements, unlocked=unlocked, now=now)
    verdicts = check(rules, facts)
    decision = sealed_for(application.person_id, Checked(verdicts).as_data())
    application.state = ApplicationState.SCREENED
    application.decision = decision
    application.eligibility = decide(verdicts)
    application.decided_at = now
    record(
        None,
        "application.screened",
        application,
        before={"state": ApplicationState.SUBMITTED},
        after={"state": application.state, "eligibility": application.eligibility},
        about=application.person_id,
    )
