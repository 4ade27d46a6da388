"""Finding alumni for the officers who look after them."""

from dataclasses import dataclass
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, false, func, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.identity.models import Organisation, Person
from kernel.values.sorting import sort_key
from training.alumni.models import AlumniRecord, Consent, Participation
from training.alumni.rules import RecordState
from training.participants.queries import Participant

Ts = TypeVarTuple("Ts")

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AlumniFilter:
    """What the list is narrowed to; None and "" take all."""

    text: str = ""
    workshop_id: UUID | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Alumna:
    """One person of the list. Gender, country and organisation are those of her latest registration."""

    person_id: UUID
    name: str
    gender: str
    country: str
    organisation: str | None
    workshops: int
    minutes: int
    state: str
    allows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GenderCount:
    """How many people of a list are of a gender, "not_declared" among them."""

    gender: str
    people: int


# The registration that tells about a person: ids are given in order of time, the latest is the greatest.
_Registered = aliased(
    Participant,
    select(Participant)
    .ext(distinct_on(Participant.person_id))
    .order_by(Participant.person_id, Participant.id.desc())
    .subquery("registered"),
)


def alumni(wanted: AlumniFilter, page: int) -> tuple[list[Alumna], int]:
    """One page of alumni by name, and how many there are in all."""
    total = db.session.scalar(_narrowed(select(func.count(Person.id)), wanted))
    statement = _listed(wanted).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return _rows(statement), total or 0


def all_alumni(wanted: AlumniFilter) -> list[Alumna]:
    """Everybody a filter leaves, for an export."""
    return _rows(_listed(wanted))


def genders_of(wanted: AlumniFilter) -> list[GenderCount]:
    """Everybody a filter leaves, counted by gender."""
    statement = _narrowed(select(_Registered.gender, func.count()), wanted)
    counted = db.session.execute(
        statement.group_by(_Registered.gender).order_by(_Registered.gender)
    )
    return [GenderCount(gender, people) for gender, people in counted]


def countries_of_alumni() -> list[str]:
    """ISO codes of the countries alumni come from."""
    statement = _narrowed(select(_Registered.country), AlumniFilter()).distinct()
    return sorted(db.session.scalars(statement))


def _listed(
    wanted: AlumniFilter,
) -> Select[UUID, str, str, str, str | None, int, int, str, list[str]]:
    took_part = and_(
        Participation.tenant_id == Person.tenant_id, Participation.person_id == Person.id
    )
    workshops = select(func.count()).where(took_part).scalar_subquery()
    minutes = (
        select(func.coalesce(func.sum(Participation.attended_minutes), 0))
        .where(took_part)
        .scalar_subquery()
    )
    allows = (
        select(Consent.purpose)
        .where(
            Consent.tenant_id == Person.tenant_id,
            Consent.person_id == Person.id,
            Consent.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )
    columns = select(
        Person.id,
        Person.name,
        _Registered.gender,
        _Registered.country,
        Organisation.name.label("organisation"),
        workshops.label("workshops"),
        minutes.label("minutes"),
        AlumniRecord.state,
        func.array(allows, type_=ARRAY(Text)).label("allows"),
    )
    return (
        _narrowed(columns, wanted)
        .outerjoin(
            Organisation,
            and_(
                Organisation.tenant_id == _Registered.tenant_id,
                Organisation.id == _Registered.organisation_id,
            ),
        )
        .order_by(Person.sort_key, Person.id)
    )


def _narrowed(statement: Select[*Ts], wanted: AlumniFilter) -> Select[*Ts]:
    statement = (
        statement.select_from(AlumniRecord)
        .join(
            Person,
            and_(Person.tenant_id == AlumniRecord.tenant_id, Person.id == AlumniRecord.person_id),
        )
        .join(
            _Registered,
            and_(_Registered.tenant_id == Person.tenant_id, _Registered.person_id == Person.id),
        )
        .where(AlumniRecord.state != RecordState.ERASED)
    )
    if wanted.text:
        words = sort_key(wanted.text)
        named = Person.sort_key.contains(words, autoescape=True) if words else false()
        statement = statement.where(named)
    if wanted.workshop_id is not None:
        statement = statement.where(_took_part_in(wanted.workshop_id))
    if wanted.country is not None:
        statement = statement.where(_Registered.country == wanted.country)
    return statement


def _took_part_in(workshop_id: UUID) -> ColumnElement[bool]:
    return (
        select(Participation.id)
        .where(
            Participation.tenant_id == Person.tenant_id,
            Participation.person_id == Person.id,
            Participation.workshop_id == workshop_id,
        )
        .exists()
    )


def _rows(
    statement: Select[UUID, str, str, str, str | None, int, int, str, list[str]],
) -> list[Alumna]:
    return [
        Alumna(
            person_id=row.id,
            name=row.name,
            gender=row.gender,
            country=row.country,
            organisation=row.organisation,
            workshops=row.workshops,
            minutes=row.minutes,
            state=row.state,
            allows=tuple(sorted(row.allows)),
        )
        for row in db.session.execute(statement)
    ]
