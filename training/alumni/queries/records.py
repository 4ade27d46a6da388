"""Finding what one person's record holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.values.partial_dates import PartialDate
from training.alumni.models import AlumniRecord, Availability, Consent, Participation
from training.participants.queries import Standing
from training.workshops.queries import Programme, Workshop, held_of, threshold_of


@dataclass(frozen=True, slots=True)
class Attested:
    """A workshop a person took part in, as its organiser attests it."""

    workshop_id: UUID
    programme: str
    title: str
    city: str
    country: str
    held: PartialDate
    standing: Standing


def record_of(person_id: UUID) -> AlumniRecord | None:
    """The alumni record of a person, if she has one."""
    return db.session.scalars(
        select(AlumniRecord).where(AlumniRecord.person_id == person_id)
    ).one_or_none()


def record_to_change(person_id: UUID) -> AlumniRecord | None:
    """The record of a person, held until the transaction ends: what she states comes one by one."""
    return db.session.scalars(
        select(AlumniRecord)
        .where(AlumniRecord.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def hold_records(person_ids: Collection[UUID]) -> None:
    """Let nothing change what some people state until the transaction ends; waits for who is at it."""
    db.session.execute(
        select(AlumniRecord.id)
        .where(AlumniRecord.person_id.in_(person_ids))
        .order_by(AlumniRecord.id)
        .with_for_update(read=True)
    )


def attested_of(person_ids: Collection[UUID]) -> Mapping[UUID, list[Attested]]:
    """What some people took part in, by person, the latest first; one query for any number."""
    statement = (
        select(Participation, Workshop, Programme.code)
        .join(
            Workshop,
            and_(
                Workshop.tenant_id == Participation.tenant_id,
                Workshop.id == Participation.workshop_id,
            ),
        )
        .join(
            Programme,
            and_(Programme.tenant_id == Workshop.tenant_id, Programme.id == Workshop.programme_id),
        )
        .where(Participation.person_id.in_(person_ids))
        .order_by(
            Workshop.year.desc(),
            Workshop.month.desc().nulls_last(),
            Workshop.day.desc().nulls_last(),
            Workshop.id,
        )
    )
    found: dict[UUID, list[Attested]] = {}
    for participation, workshop, code in db.session.execute(statement):
        found.setdefault(participation.person_id, []).append(
            _attested(participation, workshop, code)
        )
    return found


def availability_of(person_ids: Collection[UUID], today: date) -> Mapping[UUID, list[Availability]]:
    """The days some people could go, those that are not over, by person and in order; one query."""
    statement = (
        select(Availability)
        .where(Availability.person_id.in_(person_ids), Availability.ends_on >= today)
        .order_by(Availability.starts_on)
    )
    found: dict[UUID, list[Availability]] = {}
    for row in db.session.scalars(statement):
        found.setdefault(row.person_id, []).append(row)
    return found


def availability_to_change(person_id: UUID, availability_id: UUID) -> Availability:
    """One period a person stated; raises NotFound, also when it is somebody else's."""
    found = db.session.scalars(
        select(Availability).where(
            Availability.id == availability_id, Availability.person_id == person_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def standing_consents(person_id: UUID) -> Sequence[Consent]:
    """What a person allows now."""
    statement = select(Consent).where(
        Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalars(statement.order_by(Consent.purpose)).all()


def _attested(participation: Participation, workshop: Workshop, programme: str) -> Attested:
    return Attested(
        workshop_id=workshop.id,
        programme=programme,
        title=workshop.title,
        city=workshop.city,
        country=workshop.country,
        held=held_of(workshop),
        standing=Standing(
            participation.attended_minutes,
            participation.scheduled_minutes,
            threshold_of(workshop),
        ),
    )
