"""Finding vacancies and applications, and the employer the records know of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import (
    Affiliation,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
)
from training.participants.queries import Participant
from training.permissions import TrainingPermission
from training.placements.models import Application as Application  # the types, for other features
from training.placements.models import Vacancy as Vacancy
from training.placements.rules.eligibility import Eligibility, Employer
from training.placements.rules.vacancies import ApplicationState, VacancyState

PAGE: Final = 25
"""Rows on one page of a list."""

UNPUBLISHED: Final = (VacancyState.DRAFT, VacancyState.APPROVED)
NOT_SENT: Final = ApplicationState.DRAFT


@dataclass(frozen=True)
class OwnApplication:
    """An application with the vacancy it is for."""

    application: Application
    vacancy: Vacancy


@dataclass(frozen=True)
class ReceivedApplication:
    """An application as it came in, with the applicant's name."""

    application: Application
    name: str


@dataclass(frozen=True)
class Count:
    """How many applications are in one state, with one decision, from people of one gender."""

    state: ApplicationState
    eligibility: Eligibility | None
    gender: str
    number: int


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


def decided_since(person_id: UUID, moment: datetime, most: int) -> list[OwnApplication]:
    """A person's applications that were decided about since a moment, the latest first."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.person_id == person_id, Application.decided_at >= moment)
        .order_by(Application.decided_at.desc(), Application.id)
        .limit(most)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


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


def live_application(vacancy_id: UUID, person_id: UUID) -> Application | None:
    """This person's application for a vacancy, draft or sent, unless she withdrew it."""
    return db.session.scalars(
        select(Application).where(
            Application.vacancy_id == vacancy_id,
            Application.person_id == person_id,
            Application.state != ApplicationState.WITHDRAWN,
        )
    ).one_or_none()


def applications_of(person_id: UUID) -> list[OwnApplication]:
    """A person's own applications, latest first."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.person_id == person_id)
        .order_by(Application.id.desc())
        .limit(200)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


def undecided_of(person_id: UUID) -> Sequence[Application]:
    """A person's drafts, and what she sent that was not decided about, held to be changed."""
    undecided = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
    return db.session.scalars(
        select(Application)
        .where(Application.person_id == person_id, Application.state.in_(undecided))
        .order_by(Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def own_application(person_id: UUID, application_id: UUID) -> OwnApplication:
    """One of a person's own applications; raises NotFound."""
    return _own(
        _with_vacancy().where(Application.id == application_id, Application.person_id == person_id)
    )


def received(vacancy_id: UUID, page: int) -> list[ReceivedApplication]:
    """One page of what was sent for a vacancy, by the applicants' names; drafts are nobody's business."""
    rows = db.session.execute(
        _received(vacancy_id)
        .order_by(Person.sort_key, Application.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return [ReceivedApplication(row.Application, row.name) for row in rows]


def received_application(vacancy_id: UUID, application_id: UUID) -> ReceivedApplication:
    """One application that was sent for a vacancy; raises NotFound."""
    row = db.session.execute(
        _received(vacancy_id).where(Application.id == application_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return ReceivedApplication(row.Application, row.name)


def counts_of(vacancy_id: UUID) -> list[Count]:
    """How many applications were sent for a vacancy, by state, decision and the applicant's gender.

    Gender is what somebody declared when she was last registered for a workshop.
    """
    # Ids are given in order of time: the latest registration is the greatest.
    declared = (
        select(Participant.gender)
        .where(
            Participant.tenant_id == Application.tenant_id,
            Participant.person_id == Application.person_id,
        )
        .order_by(Participant.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    sent = (
        select(
            Application.state,
            Application.eligibility,
            func.coalesce(declared, "not_declared").label("gender"),
        )
        .where(Application.vacancy_id == vacancy_id, Application.state != NOT_SENT)
        .subquery("sent")
    )
    by = (sent.c.state, sent.c.eligibility, sent.c.gender)
    rows = db.session.execute(
        select(sent.c.state, sent.c.eligibility, sent.c.gender, func.count()).group_by(*by)
    )
    return [
        Count(ApplicationState(state), eligibility and Eligibility(eligibility), gender, number)
        for state, eligibility, gender, number in rows
    ]


def submitted_for(vacancy_id: UUID) -> Sequence[Application]:
    """The applications to decide about, in the order they were sent."""
    return db.session.scalars(
        select(Application)
        .where(
            Application.vacancy_id == vacancy_id, Application.state == ApplicationState.SUBMITTED
        )
        .order_by(Application.submitted_at, Application.id)
    ).all()


def decided_for(vacancy_id: UUID) -> list[OwnApplication]:
    """The applications that were decided about, with their vacancy."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.vacancy_id == vacancy_id, Application.state == ApplicationState.SCREENED)
        .order_by(Application.id)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


def application_with_vacancy(application_id: UUID) -> OwnApplication:
    """An application whoever's it is, for mails; raises NotFound."""
    return _own(_with_vacancy().where(Application.id == application_id))


def employer_of(person_id: UUID, now: datetime) -> Employer | None:
    """The organisation a person works for: a member EMB before others, a present one before a former one."""
    current = or_(Affiliation.ended_at.is_(None), Affiliation.ended_at > now)
    member = and_(
        Organisation.kind == OrganisationKind.EMB, Organisation.membership == Membership.ACTIVE
    )
    row = db.session.execute(
        select(Organisation.name, member.label("member"), current.label("current"))
        .join(
            Affiliation,
            and_(
                Affiliation.tenant_id == Organisation.tenant_id,
                Affiliation.organisation_id == Organisation.id,
            ),
        )
        .where(Affiliation.person_id == person_id)
        .order_by(current.desc(), member.desc(), Affiliation.ended_at.desc(), Organisation.sort_key)
        .limit(1)
    ).one_or_none()
    return Employer(row.name, row.member, ended=not row.current) if row else None


def _visible(actor: Actor) -> Select[Vacancy]:
    """Published vacancies are everybody's; drafts are for those who make or approve them."""
    statement = select(Vacancy)
    if sees_drafts(actor):
        return statement
    return statement.where(Vacancy.state.not_in(UNPUBLISHED))


def _with_vacancy() -> Select[Application, Vacancy]:
    return select(Application, Vacancy).join(
        Vacancy,
        and_(Vacancy.tenant_id == Application.tenant_id, Vacancy.id == Application.vacancy_id),
    )


def _own(statement: Select[Application, Vacancy]) -> OwnApplication:
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return OwnApplication(row.Application, row.Vacancy)


def _received(vacancy_id: UUID) -> Select[Application, str]:
    return (
        select(Application, Person.name)
        .join(
            Person,
            and_(Person.tenant_id == Application.tenant_id, Person.id == Application.person_id),
        )
        .where(Application.vacancy_id == vacancy_id, Application.state != NOT_SENT)
    )


def _one(statement: Select[Vacancy]) -> Vacancy:
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found
