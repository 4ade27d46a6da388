"""What was sent for a vacancy, for who decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.models import Person
from training.participants.queries import Participant
from training.placements.models import Application
from training.placements.queries.visible import NOT_SENT, PAGE
from training.placements.rules.eligibility import Eligibility
from training.placements.rules.vacancies import ApplicationState


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
    """The applications to decide about, in the order they were sent, held until the transaction ends."""
    return db.session.scalars(
        select(Application)
        .where(
            Application.vacancy_id == vacancy_id, Application.state == ApplicationState.SUBMITTED
        )
        .order_by(Application.submitted_at, Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _received(vacancy_id: UUID) -> Select[Application, str]:
    return (
        select(Application, Person.name)
        .join(
            Person,
            and_(Person.tenant_id == Application.tenant_id, Person.id == Application.person_id),
        )
        .where(Application.vacancy_id == vacancy_id, Application.state != NOT_SENT)
    )
