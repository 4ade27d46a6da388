"""Finding participations and alumni records."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from training.alumni.models import AlumniRecord
from training.alumni.models import Participation as Participation  # the type, for other features


def participations_in(workshop_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, Participation]:
    """What is recorded for some people in one workshop, by person."""
    statement = select(Participation).where(
        Participation.workshop_id == workshop_id, Participation.person_id.in_(person_ids)
    )
    return {row.person_id: row for row in db.session.scalars(statement)}


def people_who_took_part(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of some people who took part in any workshop."""
    statement = select(Participation.person_id).where(Participation.person_id.in_(person_ids))
    return set(db.session.scalars(statement.distinct()))


def alumni_records_of(person_ids: Collection[UUID]) -> dict[UUID, AlumniRecord]:
    """The alumni records of some people, by person."""
    statement = select(AlumniRecord).where(AlumniRecord.person_id.in_(person_ids))
    return {row.person_id: row for row in db.session.scalars(statement)}
