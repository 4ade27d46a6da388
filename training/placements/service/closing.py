"""Closing a vacancy: the decision on every application, on the facts of that moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, column, update, values
from sqlalchemy.dialects.postgresql import JSONB

from kernel.audit import Done, record, record_each
from kernel.db import db
from kernel.events import emit
from kernel.values import clock
from training.placements import queries
from training.placements.events import VacancyClosed
from training.placements.models import Application, Vacancy
from training.placements.rules.eligibility import Eligibility, decide
from training.placements.rules.vacancies import ApplicationState, VacancyState, is_over
from training.placements.service.erasing import withdraw_erased
from training.placements.service.facts import verdicts_on_all
from training.placements.service.kept import Checked, Sent, all_sent, sealed_for_each


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
    _decide(vacancy, all_sent(queries.submitted_for(vacancy_id)), now)
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


def _decide(vacancy: Vacancy, sent: Sequence[Sent], now: datetime) -> None:
    """Decide about what was sent; of who was erased there is nothing left to decide on."""
    said = {one.application.person_id: one.statements for one in sent if one.statements is not None}
    verdicts = verdicts_on_all(vacancy, said, now)
    kept = sealed_for_each({who: Checked(each).as_data() for who, each in verdicts.items()})
    decided, done = [], []
    for application in (one.application for one in sent):
        who = application.person_id
        if who not in verdicts:
            withdraw_erased(application)
            continue
        eligibility = decide(verdicts[who])
        decided.append((application.id, kept[who], eligibility))
        before = {"state": ApplicationState.SUBMITTED}
        after = {"state": ApplicationState.SCREENED, "eligibility": eligibility}
        done.append(Done(application, before, after, about=who))
    if decided:
        _write(decided, now)
    record_each(None, "application.screened", done)


def _write(decided: Sequence[tuple[UUID, dict[str, Any], Eligibility]], now: datetime) -> None:
    """Keep the decisions, with the verdicts they rest on, in one statement for any number."""
    columns = (column("id", Uuid), column("decision", JSONB), column("eligibility", Text))
    found = values(*columns, name="decided").data(list(decided))
    db.session.execute(
        update(Application)
        .where(Application.id == found.c.id)
        .values(
            state=ApplicationState.SCREENED,
            decision=found.c.decision,
            eligibility=found.c.eligibility,
            decided_at=now,
            version=Application.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
