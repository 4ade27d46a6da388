"""Finding people by their training and the days they could go, for whoever they agreed to be found by.

A constant number of statements for any number of people: one finds them, four tell the facts about them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from kernel.db import db
from kernel.identity.affiliations import holds
from kernel.identity.models import Affiliation, Organisation, Person
from kernel.values.periods import Period
from kernel.values.sorting import sort_key
from training.alumni.models import AlumniRecord, Availability, Consent, Participation
from training.alumni.queries.records import Attested, attested_of, availability_of
from training.alumni.rules import RecordState
from training.participants.queries import Participant
from training.workshops.queries import Programme, Workshop


@dataclass(frozen=True, slots=True)
class TrainedFilter:
    """Whom one looks for, and what they must have agreed to; None and "" do not narrow."""

    purpose: str
    text: str = ""
    programme: str | None = None
    free_during: Period | None = None
    not_from: str | None = None
    person_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class TrainedPerson:
    """Somebody found, with what is known of her."""

    person_id: UUID
    name: str
    gender: str
    language: str | None
    countries: tuple[str, ...]
    organisation: str | None
    attested: Sequence[Attested]
    free: tuple[Period, ...]


def find_trained(
    wanted: TrainedFilter, *, most: int, now: datetime, today: date
) -> list[TrainedPerson]:
    """At most so many people by name who are active alumni and agreed to be found for the purpose."""
    people = db.session.execute(_people(wanted, now).limit(most)).all()
    ids = [person.id for person in people]
    if not ids:
        return []
    attested, free = attested_of(ids), availability_of(ids, today)
    organisations, registered = _organisations(ids, now), _registrations(ids)
    return [
        _person(
            person,
            organisations.get(person.id, []),
            registered[person.id],
            attested.get(person.id, []),
            free.get(person.id, []),
        )
        for person in people
    ]


def programmes_attended() -> list[str]:
    """The short names of the programmes somebody took part in."""
    statement = (
        select(Programme.code)
        .where(
            select(Participation.id)
            .join(Workshop, _workshop_of(Participation))
            .where(Workshop.tenant_id == Programme.tenant_id, Workshop.programme_id == Programme.id)
            .exists()
        )
        .order_by(Programme.code)
    )
    return list(db.session.scalars(statement))


def _people(wanted: TrainedFilter, now: datetime) -> Select[UUID, str, str | None]:
    statement = (
        select(Person.id, Person.name, Person.language)
        .join(
            AlumniRecord,
            and_(AlumniRecord.tenant_id == Person.tenant_id, AlumniRecord.person_id == Person.id),
        )
        .where(
            AlumniRecord.state == RecordState.ACTIVE, _agreed(wanted.purpose), _took_part(wanted)
        )
        .order_by(Person.sort_key, Person.id)
    )
    if wanted.person_ids is not None:
        statement = statement.where(Person.id.in_(wanted.person_ids))
    if wanted.text:
        statement = statement.where(_mentions(wanted.text, now))
    if wanted.free_during is not None:
        statement = statement.where(_free(wanted.free_during))
    if wanted.not_from is not None:
        statement = statement.where(
            ~_registered(Participant.country == wanted.not_from),
            ~_affiliated(Organisation.country == wanted.not_from, now),
        )
    return statement


def _agreed(purpose: str) -> ColumnElement[bool]:
    return (
        select(Consent.id)
        .where(
            Consent.tenant_id == Person.tenant_id,
            Consent.person_id == Person.id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
        .exists()
    )


def _took_part(wanted: TrainedFilter) -> ColumnElement[bool]:
    """Whether she took part in a workshop; of the programme, where one is asked for."""
    condition = Programme.code == wanted.programme if wanted.programme else None
    return _attended(condition)


def _attended(condition: ColumnElement[bool] | None) -> ColumnElement[bool]:
    statement = select(Participation.id).where(
        Participation.tenant_id == Person.tenant_id, Participation.person_id == Person.id
    )
    if condition is not None:
        statement = (
            statement.join(Workshop, _workshop_of(Participation))
            .join(
                Programme,
                and_(
                    Programme.tenant_id == Workshop.tenant_id,
                    Programme.id == Workshop.programme_id,
                ),
            )
            .where(condition)
        )
    return statement.exists()


def _mentions(words: str, now: datetime) -> ColumnElement[bool]:
    """Whether her name, her organisation or a workshop of hers has these words."""
    titled, folded = _attended(Workshop.title.icontains(words, autoescape=True)), sort_key(words)
    if not folded:  # nothing but punctuation, which names are folded without
        return titled
    return or_(
        titled,
        Person.sort_key.contains(folded, autoescape=True),
        _affiliated(Organisation.sort_key.contains(folded, autoescape=True), now),
    )


def _free(days: Period) -> ColumnElement[bool]:
    """Whether one period of hers holds all the days; periods of one person never adjoin."""
    return (
        select(Availability.id)
        .where(
            Availability.tenant_id == Person.tenant_id,
            Availability.person_id == Person.id,
            Availability.starts_on <= days.start,
            Availability.ends_on >= days.end,
        )
        .exists()
    )


def _registered(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Participant.id)
        .where(
            Participant.tenant_id == Person.tenant_id,
            Participant.person_id == Person.id,
            condition,
        )
        .exists()
    )


def _affiliated(condition: ColumnElement[bool], now: datetime) -> ColumnElement[bool]:
    return (
        select(Affiliation.id)
        .join(Organisation, _organisation_of(Affiliation))
        .where(
            Affiliation.tenant_id == Person.tenant_id,
            Affiliation.person_id == Person.id,
            holds(now),
            condition,
        )
        .exists()
    )


def _organisations(
    person_ids: Collection[UUID], now: datetime
) -> Mapping[UUID, list[tuple[str, str | None]]]:
    """Name and country of the organisations people are with, the latest first."""
    statement = (
        select(Affiliation.person_id, Organisation.name, Organisation.country)
        .join(Organisation, _organisation_of(Affiliation))
        .where(Affiliation.person_id.in_(person_ids), holds(now))
        .order_by(Affiliation.began_on.desc(), Affiliation.id)
    )
    found: dict[UUID, list[tuple[str, str | None]]] = {}
    for person_id, name, country in db.session.execute(statement):
        found.setdefault(person_id, []).append((name, country))
    return found


def _registrations(person_ids: Collection[UUID]) -> Mapping[UUID, list[tuple[str, str]]]:
    """Gender and country people were registered with, the latest first; whoever took part has some."""
    statement = (
        select(Participant.person_id, Participant.gender, Participant.country)
        .where(Participant.person_id.in_(person_ids))
        .order_by(Participant.id.desc())
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for person_id, gender, country in db.session.execute(statement):
        found.setdefault(person_id, []).append((gender, country))
    return found


def _person(
    person: Row[UUID, str, str | None],
    organisations: Sequence[tuple[str, str | None]],
    registered: Sequence[tuple[str, str]],
    attested: Sequence[Attested],
    free: Sequence[Availability],
) -> TrainedPerson:
    works_for = [country for _, country in organisations if country]
    own = (*works_for, *(country for _, country in registered))
    return TrainedPerson(
        person_id=person.id,
        name=person.name,
        gender=registered[0][0],
        language=person.language,
        countries=tuple(dict.fromkeys(own)),
        organisation=organisations[0][0] if organisations else None,
        attested=attested,
        free=tuple(Period(row.starts_on, row.ends_on) for row in free),
    )


def _organisation_of(table: type[Affiliation]) -> ColumnElement[bool]:
    return and_(Organisation.tenant_id == table.tenant_id, Organisation.id == table.organisation_id)


def _workshop_of(table: type[Participation]) -> ColumnElement[bool]:
    return and_(Workshop.tenant_id == table.tenant_id, Workshop.id == table.workshop_id)
