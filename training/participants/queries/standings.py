"""What the attendance of participants amounts to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, select

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.identity.models import Organisation, Person
from kernel.values.countries import today_in
from training.participants.models import Attendance, Participant
from training.participants.rules import EventAttended, Standing
from training.workshops.queries import (
    Programme,
    Session,
    Workshop,
    WorkshopState,
    has_ended,
    held_of,
)


@dataclass(frozen=True, slots=True)
class ParticipantStanding:
    """A participant, and what her attendance amounts to. `language` is the person's own, if she chose one.

    Of somebody who was erased `address` is empty, and nothing but the minutes is known.
    """

    participant_id: UUID
    person_id: UUID
    name: str
    address: str
    gender: str
    country: str
    organisation_id: UUID | None
    organisation_name: str | None
    language: str | None
    standing: Standing

    @property
    def is_erased(self) -> bool:
        """Whether she asked to be forgotten."""
        return not self.address


@dataclass(frozen=True, slots=True)
class Attendances:
    """A workshop as its attendance sees it: how much of the agenda earns, and whether it is final."""

    workshop_id: UUID
    title: str
    programme: str
    version: int
    locked_at: datetime | None
    cancelled: bool
    sessions: int
    scheduled: int
    threshold: Fraction
    country: str
    last_day: date | None

    @property
    def ended(self) -> bool:
        """Whether the day of its last session has come where it is held; not before it has an agenda."""
        return self.last_day is not None and has_ended([self.last_day], today_in(self.country))


_WORKSHOP = HotStatement(
    select(
        Workshop.title,
        Programme.code,
        Workshop.version,
        Workshop.locked_at,
        (Workshop.state == WorkshopState.CANCELLED).label("cancelled"),
        Workshop.threshold_numerator,
        Workshop.threshold_denominator,
        Workshop.country,
        func.max(Session.held_on).label("last_day"),
        func.count(Session.id).label("sessions"),
        func.coalesce(func.sum(Session.scheduled_minutes), 0).label("scheduled"),
    )
    .join(
        Programme,
        and_(Programme.tenant_id == Workshop.tenant_id, Programme.id == Workshop.programme_id),
    )
    .outerjoin(
        Session,
        and_(Session.tenant_id == Workshop.tenant_id, Session.workshop_id == Workshop.id),
    )
    .where(Workshop.id == bindparam("workshop_id"))
    .group_by(Workshop.tenant_id, Workshop.id, Programme.code)
)


_MINUTES = (
    select(func.coalesce(func.sum(Attendance.minutes), 0))
    .where(
        Attendance.tenant_id == Participant.tenant_id,
        Attendance.participant_id == Participant.id,
    )
    .correlate(Participant)
    .scalar_subquery()
)


_STANDINGS = HotStatement(
    select(
        Participant.id,
        Participant.person_id,
        Participant.name,
        func.coalesce(Participant.address, "").label("address"),
        Participant.gender,
        Participant.country,
        Participant.organisation_id,
        Organisation.name.label("organisation_name"),
        Person.language,
        _MINUTES.label("attended"),
    )
    .join(
        Person,
        and_(Person.tenant_id == Participant.tenant_id, Person.id == Participant.person_id),
    )
    .outerjoin(
        Organisation,
        and_(
            Organisation.tenant_id == Participant.tenant_id,
            Organisation.id == Participant.organisation_id,
        ),
    )
    .where(Participant.workshop_id == bindparam("workshop_id"))
    .order_by(Participant.sort_key, Participant.id)
)


def attendances_of(workshop_id: UUID) -> Attendances:
    """What the attendance of a workshop is measured by; raises NotFound."""
    row = _WORKSHOP.one_or_none(workshop_id=workshop_id)
    if row is None:
        raise NotFound
    threshold = Fraction(row.threshold_numerator, row.threshold_denominator)
    return Attendances(
        workshop_id,
        row.title,
        row.code,
        row.version,
        row.locked_at,
        row.cancelled,
        row.sessions,
        row.scheduled,
        threshold,
        row.country,
        row.last_day,
    )


def standings_of(workshop_id: UUID) -> list[ParticipantStanding]:
    """The participants of a workshop by name, with their standings, in two queries; raises NotFound.

    It reads the database: flush before what is to be counted.
    """
    return standings_in(attendances_of(workshop_id))


def standings_in(workshop: Attendances) -> list[ParticipantStanding]:
    """The participants of a workshop that was found already, in one query."""
    scheduled, threshold = workshop.scheduled, workshop.threshold
    return [
        ParticipantStanding(
            row.id,
            row.person_id,
            row.name,
            row.address,
            row.gender,
            row.country,
            row.organisation_id,
            row.organisation_name,
            row.language,
            Standing(row.attended, scheduled, threshold),
        )
        for row in _STANDINGS.rows(workshop_id=workshop.workshop_id)
    ]


def is_locked(workshop: Workshop) -> bool:
    """Whether the attendance of a workshop is final: a change needs a reason then."""
    return workshop.locked_at is not None


def attended_by(person_ids: Collection[UUID]) -> Mapping[UUID, list[EventAttended]]:
    """The workshops some people were registered for, the latest first, with the minutes each attended."""
    statement = (
        select(Participant.person_id, Workshop, Programme.code, _MINUTES.label("minutes"))
        .select_from(Participant)
        .join(
            Workshop,
            and_(
                Workshop.tenant_id == Participant.tenant_id,
                Workshop.id == Participant.workshop_id,
            ),
        )
        .join(
            Programme,
            and_(Programme.tenant_id == Workshop.tenant_id, Programme.id == Workshop.programme_id),
        )
        .where(Participant.person_id.in_(person_ids))
        .order_by(Workshop.year.desc(), Workshop.month.desc().nulls_last(), Workshop.id)
    )
    found: dict[UUID, list[EventAttended]] = {}
    for person_id, workshop, code, minutes in db.session.execute(statement):
        attended = EventAttended(
            event=str(workshop.id),
            title=f"{code}: {workshop.title}",
            held=held_of(workshop),
            minutes=minutes,
            locked=is_locked(workshop),
        )
        found.setdefault(person_id, []).append(attended)
    return found


def attendance_to_lock(today: date, most: int) -> list[tuple[UUID, str]]:
    """Workshops whose last session is over, with people registered and attendance still open.

    Ids and titles, those that ended first before the others.
    """
    last_day = func.max(Session.held_on)
    somebody = exists().where(
        Participant.tenant_id == Workshop.tenant_id, Participant.workshop_id == Workshop.id
    )
    statement = (
        select(Workshop.id, Workshop.title)
        .join(
            Session,
            and_(Session.tenant_id == Workshop.tenant_id, Session.workshop_id == Workshop.id),
        )
        .where(Workshop.locked_at.is_(None), Workshop.state != WorkshopState.CANCELLED, somebody)
        .group_by(Workshop.tenant_id, Workshop.id)
        .having(last_day < today)
        .order_by(last_day, Workshop.id)
        .limit(most)
    )
    return [(row.id, row.title) for row in db.session.execute(statement)]
