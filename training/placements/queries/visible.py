"""Finding vacancies, as far as somebody may see them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission
from training.placements.models import Application, Vacancy
from training.placements.rules.vacancies import ApplicationState, VacancyState

PAGE: Final = 25
"""Rows on one page of a list."""


UNPUBLISHED: Final = (VacancyState.DRAFT, VacancyState.APPROVED)


NOT_SENT: Final = ApplicationState.DRAFT


def sees_drafts(actor: Actor) -> bool:
    """Whether this person sees vacancies that are not published yet."""
    return actor.can(TrainingPermission.VACANCIES_MANAGE) or actor.can(
        TrainingPermission.VACANCIES_APPROVE
    )


def vacancies(actor: Actor, page: int) -> tuple[list[Vacancy], int]:
    """One page of the vacancies this person may see, and how many there are.

    Those one can apply for come first, the next to close on top; then drafts; then those that closed,
    the latest on top.
    """
    total = db.session.scalar(select(func.count()).select_from(_visible(actor).subquery())) or 0
    published = Vacancy.state == VacancyState.PUBLISHED
    statement = (
        _visible(actor)
        .order_by(
            published.desc(),
            Vacancy.state.in_(UNPUBLISHED).desc(),
            func.abs(func.extract("epoch", Vacancy.closes_at - func.now())),
            Vacancy.id,
        )
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return list(db.session.scalars(statement)), total


def vacancy_of(actor: Actor, vacancy_id: UUID) -> Vacancy:
    """One vacancy, if this person may see it; raises NotFound."""
    return _one(_visible(actor).where(Vacancy.id == vacancy_id))


def hold_for_applying(actor: Actor, vacancy_id: UUID) -> Vacancy:
    """A vacancy as it stands now, which cannot close before the transaction at hand ends.

    Waits for a closing under way. Raises NotFound.
    """
    statement = _visible(actor).where(Vacancy.id == vacancy_id).with_for_update(read=True)
    return _one(statement.execution_options(populate_existing=True))


def hold_for_closing(vacancy_id: UUID) -> Vacancy:
    """A vacancy for nobody else to change or apply to; waits for those who are sending. Raises NotFound."""
    statement = select(Vacancy).where(Vacancy.id == vacancy_id).with_for_update()
    return _one(statement.execution_options(populate_existing=True))


def vacancy_to_mail(vacancy_id: UUID) -> Vacancy:
    """A vacancy whoever reads the mail; raises NotFound."""
    return _one(select(Vacancy).where(Vacancy.id == vacancy_id))


def due_for_closing(now: datetime) -> list[UUID]:
    """Published vacancies whose deadline has passed."""
    return list(
        db.session.scalars(
            select(Vacancy.id)
            .where(Vacancy.state == VacancyState.PUBLISHED, Vacancy.closes_at <= now)
            .order_by(Vacancy.closes_at, Vacancy.id)
        )
    )


def open_for(person_id: UUID, now: datetime, most: int) -> list[tuple[Vacancy, bool]]:
    """Vacancies one can apply for and this person has not, the next to close first.

    Each with whether she has a draft of an application for it.
    """
    rows = db.session.execute(
        select(Vacancy, Application.id.is_not(None).label("drafted"))
        .outerjoin(
            Application,
            and_(
                Application.tenant_id == Vacancy.tenant_id,
                Application.vacancy_id == Vacancy.id,
                Application.person_id == person_id,
            ),
        )
        .where(
            Vacancy.state == VacancyState.PUBLISHED,
            Vacancy.closes_at > now,
            or_(Application.id.is_(None), Application.state == NOT_SENT),
        )
        .order_by(Vacancy.closes_at, Vacancy.id)
        .limit(most)
    )
    return [(row.Vacancy, row.drafted) for row in rows]


def unfinished(most: int) -> list[Vacancy]:
    """Vacancies that somebody at the secretariat takes a step further, the oldest first."""
    return list(
        db.session.scalars(
            select(Vacancy)
            .where(Vacancy.state.in_([*UNPUBLISHED, VacancyState.CLOSED]))
            .order_by(Vacancy.id)
            .limit(most)
        )
    )


def _visible(actor: Actor) -> Select[Vacancy]:
    """Published vacancies are everybody's; drafts are for those who make or approve them."""
    statement = select(Vacancy)
    if sees_drafts(actor):
        return statement
    return statement.where(Vacancy.state.not_in(UNPUBLISHED))


def _one(statement: Select[Vacancy]) -> Vacancy:
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found
