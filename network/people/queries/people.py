"""Every SELECT about one person; what a reader may see, `rules.visible_fields` decides from its facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import Uuid

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.affiliations import AT_ORGANISATION, holds, is_with_active
from kernel.identity.models import (
    Account,
    Affiliation,
    Organisation,
    Person,
)
from kernel.identity.permissions import KernelPermission
from kernel.values import clock
from network.groups import queries as groups
from network.people.models import Profile
from network.people.rules import ReaderFacts

NOW: Final[Any] = bindparam("now")
HER_PROFILE: Final = and_(Profile.tenant_id == Person.tenant_id, Profile.person_id == Person.id)
"""Whether a profile is that of the person in hand, for joins."""
_ORGANISATIONS: Final = bindparam("reader_organisations", type_=ARRAY(Uuid()))


@dataclass(frozen=True)
class Place:
    """Where a person works or worked, with her job title there."""

    organisation_id: UUID
    name: str
    country: str | None
    membership: str
    job_title: str
    began_on: date
    ended_at: datetime | None
    is_current: bool


@dataclass(frozen=True)
class Known:
    """A person as stored, with how the reader stands to her; `visible_fields` says what to show."""

    id: UUID
    name: str
    address: str | None
    position: str
    languages: Mapping[str, str]
    expertise: Sequence[str]
    about: str
    phone: str
    audiences: Mapping[str, str]
    reader: ReaderFacts


@dataclass(frozen=True)
class Findable:
    """Somebody who belongs to an active organisation, as the search keeps her.

    `organisation_id` is the first she came to: a search by country finds her by that one.
    """

    id: UUID
    name: str
    organisations: Sequence[str]
    countries: Sequence[str | None]
    organisation_id: UUID
    position: str
    expertise: Sequence[str]
    audiences: Mapping[str, str]


def belongs_now(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person in hand is with an active organisation at the moment bound as `now`."""
    return (
        exists()
        .where(
            Affiliation.tenant_id == Person.tenant_id,
            Affiliation.person_id == Person.id,
            AT_ORGANISATION,
            is_with_active(NOW),
            *more,
        )
        .correlate(Person)
    )


def shares_organisation() -> ColumnElement[bool]:
    """Whether the person in hand is with an active organisation of the reader's now."""
    return belongs_now(Affiliation.organisation_id == func.any(_ORGANISATIONS))


def shares_group() -> ColumnElement[bool]:
    """Whether the person in hand is in a group of the reader's now."""
    return Person.id.in_(groups.people_met())


def is_reader() -> ColumnElement[bool]:
    """Whether the person in hand is the reader herself."""
    return Person.id == bindparam("reader", type_=Uuid())


def facts_of(actor: Actor) -> dict[str, Any]:
    """The parameters of the predicates above."""
    return groups.reader_of(actor) | {"now": clock.now()}


def people() -> Select[*tuple[Any, ...]]:
    """Everybody with what she says of herself and how the reader stands to her. Bind `facts_of(actor)`."""
    return (
        select(
            Person.id,
            Person.name,
            Account.address,
            Profile.position,
            Profile.languages,
            Profile.expertise,
            Profile.about,
            Profile.phone,
            Profile.audiences,
            is_reader().label("is_self"),
            shares_organisation().label("shares_organisation"),
            shares_group().label("shares_group"),
            (~belongs_now()).label("former"),
        )
        .outerjoin(
            Account, and_(Account.tenant_id == Person.tenant_id, Account.person_id == Person.id)
        )
        .outerjoin(Profile, HER_PROFILE)
    )


def as_known(row: Row[*tuple[Any, ...]]) -> Known:
    """A row of `people()`; who has said nothing of herself has empty fields."""
    return Known(
        id=row.id,
        name=row.name,
        address=row.address,
        position=row.position or "",
        languages=row.languages or {},
        expertise=row.expertise or (),
        about=row.about or "",
        phone=row.phone or "",
        audiences=row.audiences or {},
        reader=ReaderFacts(
            is_self=row.is_self,
            shares_organisation=row.shares_organisation,
            shares_group=row.shares_group,
            former=row.former,
        ),
    )


def known(actor: Actor, person_id: UUID) -> Known | None:
    """A person who is or was with an organisation; nobody else is known to the network."""
    row = db.session.execute(
        people().where(Person.id == person_id, _ever_belonged()), facts_of(actor)
    ).one_or_none()
    return None if row is None else as_known(row)


def names_known(actor: Actor, person_ids: Collection[UUID]) -> list[str]:
    """The names of those of the people whom the actor may know of.

    Those who share a group with her, and where she sees the directory whoever is or was with an
    organisation.
    """
    sees_directory = literal(actor.can(KernelPermission.MEMBERS_SEE))
    statement = (
        select(Person.name)
        .where(
            Person.id.in_(person_ids),
            or_(shares_group(), and_(sees_directory, _ever_belonged())),
        )
        .order_by(Person.sort_key)
    )
    return list(db.session.scalars(statement, facts_of(actor)))


def _ever_belonged() -> ColumnElement[bool]:
    """Whether the person in hand is or was with an organisation."""
    return exists().where(
        Affiliation.tenant_id == Person.tenant_id, Affiliation.person_id == Person.id
    )


def places_of(person_id: UUID) -> list[Place]:
    """Where a person is and was, the present first."""
    current = is_with_active(NOW)
    rows = db.session.execute(
        select(
            Affiliation.organisation_id,
            Organisation.name,
            Organisation.country,
            Organisation.membership,
            Affiliation.role.label("job_title"),
            Affiliation.began_on,
            Affiliation.ended_at,
            current.label("is_current"),
        )
        .join(Organisation, AT_ORGANISATION)
        .where(Affiliation.person_id == person_id)
        .order_by(current.desc(), Affiliation.ended_at.desc().nulls_first(), Affiliation.began_on),
        {"now": clock.now()},
    )
    return [Place(**row._mapping) for row in rows]


def profile_of(person_id: UUID) -> Profile | None:
    """What a person says of herself, if she has said anything."""
    return db.session.scalars(select(Profile).where(Profile.person_id == person_id)).one_or_none()


def findable(person_ids: Collection[UUID]) -> list[Findable]:
    """Those of the people who belong to an active organisation now."""
    current = (
        select(func.array_agg(aggregate_order_by(Organisation.name, Organisation.sort_key)))
        .select_from(Affiliation)
        .join(Organisation, AT_ORGANISATION)
        .where(
            Affiliation.tenant_id == Person.tenant_id,
            Affiliation.person_id == Person.id,
            is_with_active(NOW),
        )
        .correlate(Person)
    )
    countries = current.with_only_columns(func.array_agg(Organisation.country.distinct()))
    first = (
        current.with_only_columns(Organisation.id)
        .order_by(Affiliation.began_on, Affiliation.id)
        .limit(1)
    )
    statement = (
        select(
            Person.id,
            Person.name,
            current.scalar_subquery().label("organisations"),
            countries.scalar_subquery().label("countries"),
            first.scalar_subquery().label("organisation_id"),
            Profile.position,
            Profile.expertise,
            Profile.audiences,
        )
        .outerjoin(Profile, HER_PROFILE)
        .where(Person.id.in_(person_ids), belongs_now())
    )
    rows = db.session.execute(statement, {"now": clock.now()})
    return [
        Findable(
            id=row.id,
            name=row.name,
            organisations=row.organisations,
            countries=row.countries,
            organisation_id=row.organisation_id,
            position=row.position or "",
            expertise=row.expertise or (),
            audiences=row.audiences or {},
        )
        for row in rows
    ]


def people_at(organisation_id: UUID) -> Sequence[UUID]:
    """Everybody who works at an organisation now, whatever its membership."""
    return db.session.scalars(works_at(organisation_id), {"now": clock.now()}).all()


def works_at(organisation_id: UUID) -> Select[UUID]:
    """The ids of who works at an organisation now, for use inside other statements. Bind `now`."""
    return select(Affiliation.person_id).where(
        Affiliation.organisation_id == organisation_id, holds(NOW)
    )
