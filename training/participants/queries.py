"""Finding participants and what their attendance amounts to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.identity.models import Account, Membership, Organisation, OrganisationKind, Person
from training.participants.models import Attendance
from training.participants.models import Participant as Participant  # the type, for other features
from training.participants.rules import EventAttended as EventAttended
from training.participants.rules import Result as Result
from training.participants.rules import ScheduledSession as ScheduledSession
from training.participants.rules import Standing as Standing
from training.workshops.queries import (
    Programme,
    Session,
    Workshop,
    WorkshopState,
    held_of,
    sessions_of,
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
    sessions: int
    scheduled: int
    threshold: Fraction


_WORKSHOP = HotStatement(
    select(
        Workshop.title,
        Programme.code,
        Workshop.version,
        Workshop.locked_at,
        Workshop.threshold_numerator,
        Workshop.threshold_denominator,
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
        row.sessions,
        row.scheduled,
        threshold,
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


def attendance_of(person_id: UUID) -> tuple[EventAttended, ...]:
    """The workshops a person was registered for, the latest first, with the minutes she attended."""
    statement = (
        select(Workshop, Programme.code, _MINUTES.label("minutes"))
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
        .where(Participant.person_id == person_id)
        .order_by(Workshop.year.desc(), Workshop.month.desc().nulls_last(), Workshop.id)
    )
    return tuple(
        EventAttended(
            event=str(workshop.id),
            title=f"{code} {held_of(workshop)}: {workshop.title}",
            minutes=minutes,
            locked=is_locked(workshop),
        )
        for workshop, code, minutes in db.session.execute(statement)
    )


def workshop_to_change(workshop_id: UUID) -> Workshop:
    """A workshop, held until the transaction ends: whoever changes its attendance goes one by one.

    Raises NotFound.
    """
    found = db.session.scalars(
        select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def participant_of(participant_id: UUID) -> Participant:
    """One participant; raises NotFound."""
    found = db.session.scalars(
        select(Participant)
        .where(Participant.id == participant_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def registrations_of(person_id: UUID) -> Sequence[Participant]:
    """Every registration of a person, in the order of the workshops' ids."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.person_id == person_id)
        .order_by(Participant.workshop_id)
        .execution_options(populate_existing=True)
    ).all()


def agenda_of(workshop_id: UUID) -> list[ScheduledSession]:
    """The sessions of a workshop in the order of its agenda, with their lengths."""
    return [
        ScheduledSession(one.id, one.code, one.title, one.scheduled_minutes)
        for one in sessions_of(workshop_id)
    ]


def minutes_of(participant_id: UUID) -> Mapping[UUID, Attendance]:
    """What is on record of a participant, by session."""
    statement = select(Attendance).where(Attendance.participant_id == participant_id)
    return {row.session_id: row for row in db.session.scalars(statement)}


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


def participants_of(workshop_id: UUID) -> Sequence[Participant]:
    """The participants of a workshop, to change."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .execution_options(populate_existing=True)
    ).all()


def registered_as(workshop_id: UUID, address: str, person_id: UUID | None) -> Participant | None:
    """The participant of a workshop who has this address, or is this person."""
    return db.session.scalars(
        select(Participant).where(
            Participant.workshop_id == workshop_id,
            or_(Participant.address == address, Participant.person_id == person_id),
        )
    ).first()


def minutes_by_participant(workshop_id: UUID) -> Mapping[UUID, Mapping[UUID, Attendance]]:
    """What is on record of all participants of a workshop, by session."""
    statement = (
        select(Attendance)
        .join(
            Participant,
            and_(
                Participant.tenant_id == Attendance.tenant_id,
                Participant.id == Attendance.participant_id,
            ),
        )
        .where(Participant.workshop_id == workshop_id)
    )
    stored: dict[UUID, dict[UUID, Attendance]] = {}
    for row in db.session.scalars(statement):
        stored.setdefault(row.participant_id, {})[row.session_id] = row
    return stored


def minutes_on_record(workshop_id: UUID) -> int:
    """How many pairs of participant and session have minutes on record."""
    statement = (
        select(func.count(Attendance.id))
        .join(
            Participant,
            and_(
                Participant.tenant_id == Attendance.tenant_id,
                Participant.id == Attendance.participant_id,
            ),
        )
        .where(Participant.workshop_id == workshop_id)
    )
    return db.session.scalar(statement) or 0


def organisation_name(organisation_id: UUID | None) -> str | None:
    """What an organisation is called."""
    return db.session.scalars(
        select(Organisation.name).where(Organisation.id == organisation_id)
    ).one_or_none()


def people_at(addresses: Collection[str]) -> dict[str, UUID]:
    """Who is known at some addresses: by her account, or else as a participant, the latest one first."""
    as_participants = (
        select(Participant.address, Participant.person_id)
        .where(Participant.address.in_(addresses))
        .order_by(Participant.id)
    )
    as_owners = select(Account.address, Account.person_id).where(Account.address.in_(addresses))
    return {
        **{row.address: row.person_id for row in db.session.execute(as_participants)},
        **{row.address: row.person_id for row in db.session.execute(as_owners)},
    }


def person_without_account_at(address: str) -> UUID | None:
    """The latest participant of an address who has no account yet."""
    has_account = exists().where(
        Account.tenant_id == Participant.tenant_id, Account.person_id == Participant.person_id
    )
    return db.session.scalars(
        select(Participant.person_id)
        .where(Participant.address == address, ~has_account)
        .order_by(Participant.id.desc())
        .limit(1)
    ).one_or_none()


def people_without_account(person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Those of some people who have no account, by id: what they are called is the organiser's to say."""
    has_account = exists().where(
        Account.tenant_id == Person.tenant_id, Account.person_id == Person.id
    )
    statement = select(Person).where(Person.id.in_(person_ids), ~has_account)
    return {person.id: person for person in db.session.scalars(statement)}


def member_embs(countries: Collection[str]) -> dict[str, UUID]:
    """The EMBs of some countries that are members now, by country."""
    statement = select(Organisation.country, Organisation.id).where(
        Organisation.kind == OrganisationKind.EMB,
        Organisation.membership == Membership.ACTIVE,
        Organisation.country.in_(countries),
    )
    return {row.country: row.id for row in db.session.execute(statement)}


def registered_at(workshop_id: UUID) -> int:
    """How many people are registered for a workshop."""
    statement = select(func.count(Participant.id)).where(Participant.workshop_id == workshop_id)
    return db.session.scalar(statement) or 0


def most_minutes(workshop_id: UUID) -> Mapping[str, int]:
    """The most minutes on record for each session that has any record, by the session's code."""
    statement = (
        select(Session.code, func.max(Attendance.minutes))
        .join(
            Session,
            and_(Session.tenant_id == Attendance.tenant_id, Session.id == Attendance.session_id),
        )
        .where(Session.workshop_id == workshop_id)
        .group_by(Session.code)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
