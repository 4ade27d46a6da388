"""Reading members, their people, and files of members on their way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from kernel.db import db
from kernel.identity.affiliations import holds
from kernel.identity.models import (
    Affiliation,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    RoleGrant,
)
from kernel.values import clock
from network.members.models import MembershipChange
from network.members.rules import Flag

FOCAL_POINT = "focal_point"


@dataclass(frozen=True)
class MemberFilter:
    """What the directory is narrowed to. `countries` are those whose translated name was meant."""

    words: str = ""
    countries: tuple[str, ...] = ()
    region: str = ""
    micro_state: bool | None = None
    flag: Flag | None = None


@dataclass(frozen=True)
class Member:
    """A member as lists, maps and exports show it."""

    id: UUID
    kind: str
    name: str
    name_is_fallback: bool
    country: str | None
    region: str | None
    joined_year: int | None
    permanent: bool | None
    micro_state: bool | None
    membership: str
    languages: list[str]
    version: int
    has_focal_point: bool
    was_declined: bool

    @property
    def lacks_focal_point(self) -> bool:
        """Whether it is to be flagged: an active election management body always has one."""
        active = self.kind == OrganisationKind.EMB and self.membership == Membership.ACTIVE
        return active and not self.has_focal_point


@dataclass(frozen=True)
class PersonOf:
    """Somebody who works at an organisation now."""

    id: UUID
    name: str
    role: str
    is_focal_point: bool


@dataclass(frozen=True)
class MembershipStep:
    """A step of an organisation's membership; `before` is empty for the first, `by` for the operator's."""

    before: str | None
    after: str
    reason: str
    by_id: UUID | None
    by: str | None
    changed_at: datetime


def _is_focal_point(
    organisation_id: ColumnElement[UUID], person_id: ColumnElement[UUID]
) -> ColumnElement[bool]:
    return exists().where(
        RoleGrant.organisation_id == organisation_id,
        RoleGrant.person_id == person_id,
        RoleGrant.role == FOCAL_POINT,
    )


def _has_focal_point() -> ColumnElement[bool]:
    """Whether somebody who is at the organisation now is its focal point."""
    return (
        exists()
        .where(
            Affiliation.organisation_id == Organisation.id,
            holds(clock.now()),
            RoleGrant.organisation_id == Organisation.id,
            RoleGrant.person_id == Affiliation.person_id,
            RoleGrant.role == FOCAL_POINT,
        )
        .correlate(Organisation)
    )


def _was_declined() -> ColumnElement[bool]:
    """Whether the organisation applied, was refused, and never was a member."""
    changes = exists().where(
        MembershipChange.tenant_id == Organisation.tenant_id,
        MembershipChange.organisation_id == Organisation.id,
    )
    refused = changes.where(
        MembershipChange.before == Membership.APPLIED, MembershipChange.after == Membership.LEFT
    )
    admitted = changes.where(MembershipChange.after == Membership.ACTIVE)
    return and_(
        Organisation.membership == Membership.LEFT,
        refused.correlate(Organisation),
        ~admitted.correlate(Organisation),
    )


def _members() -> Select[*tuple[Any, ...]]:
    return select(
        Organisation.id,
        Organisation.kind,
        Organisation.name,
        Organisation.name_is_fallback,
        Organisation.country,
        Organisation.region,
        Organisation.joined_year,
        Organisation.permanent,
        Organisation.micro_state,
        Organisation.membership,
        Organisation.languages,
        Organisation.version,
        _has_focal_point().label("has_focal_point"),
        _was_declined().label("was_declined"),
    )


def _listed(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    """The conditions of the directory, narrowed by the filter.

    Everybody is in it but the secretariat and those who applied and were refused.
    """
    conditions: list[ColumnElement[bool]] = [
        Organisation.kind != OrganisationKind.SECRETARIAT,
        ~_was_declined(),
    ]
    if wanted.words:
        conditions.append(
            or_(
                Organisation.sort_key.contains(wanted.words, autoescape=True),
                Organisation.country.in_(wanted.countries),
            )
        )
    if wanted.region:
        conditions.append(Organisation.region == wanted.region)
    if wanted.micro_state is not None:
        conditions.append(Organisation.micro_state.is_(wanted.micro_state))
    if wanted.flag is Flag.NAME_TO_CONFIRM:
        conditions.append(Organisation.name_is_fallback.is_(True))
    if wanted.flag is Flag.NO_FOCAL_POINT:
        active = Organisation.membership == Membership.ACTIVE
        is_emb = Organisation.kind == OrganisationKind.EMB
        conditions.append(and_(is_emb, active, ~_has_focal_point()))
    return conditions


def members(wanted: MemberFilter) -> list[Member]:
    """The members a filter leaves, by country and name. A network has some dozens, never thousands."""
    statement = _members().where(*_listed(wanted)).order_by(Organisation.sort_key, Organisation.id)
    return [Member(*row) for row in db.session.execute(statement)]


def flagged() -> Mapping[Flag, int]:
    """How many members the secretariat has something to look after in, by what it is."""
    counts = [
        func.count().filter(*_listed(MemberFilter(flag=flag))).label(flag.name) for flag in Flag
    ]
    row = db.session.execute(select(*counts).select_from(Organisation)).one()
    return dict(zip(Flag, row, strict=True))


def regions() -> list[str]:
    """The regions members are in, by name."""
    statement = (
        select(Organisation.region)
        .where(Organisation.region.is_not(None))
        .distinct()
        .order_by(Organisation.region)
    )
    return [region for region in db.session.scalars(statement) if region]


def member(organisation_id: UUID) -> Member | None:
    """An organisation of the network, the secretariat too."""
    row = db.session.execute(_members().where(Organisation.id == organisation_id)).one_or_none()
    return None if row is None else Member(*row)


def was_declined(organisation_id: UUID) -> bool:
    """Whether an organisation applied, was refused, and never was a member."""
    asked = select(Organisation.id).where(Organisation.id == organisation_id, _was_declined())
    return db.session.scalar(asked) is not None


def organisation(organisation_id: UUID) -> Organisation | None:
    """An organisation to change."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id == organisation_id)
    ).one_or_none()


def people_of(organisation_id: UUID) -> list[PersonOf]:
    """Who works at an organisation now, the focal point first."""
    focal = _is_focal_point(Affiliation.organisation_id.expression, Person.id.expression)
    statement = (
        select(Person.id, Person.name, Affiliation.role, focal.label("is_focal_point"))
        .join(
            Affiliation,
            and_(Affiliation.tenant_id == Person.tenant_id, Affiliation.person_id == Person.id),
        )
        .where(Affiliation.organisation_id == organisation_id, holds(clock.now()))
        .order_by(focal.desc(), Person.sort_key, Person.id)
    )
    return [PersonOf(*row) for row in db.session.execute(statement)]


def embs_of(countries: Sequence[str]) -> Mapping[str, Organisation]:
    """The EMBs of some countries by country code."""
    statement = select(Organisation).where(
        Organisation.kind == OrganisationKind.EMB, Organisation.country.in_(countries)
    )
    return {emb.country: emb for emb in db.session.scalars(statement) if emb.country}


def history_of(organisation_id: UUID) -> list[MembershipStep]:
    """The steps of an organisation's membership, the latest first."""
    statement = (
        select(
            MembershipChange.before,
            MembershipChange.after,
            MembershipChange.reason,
            Person.id.label("by_id"),
            Person.name.label("by"),
            MembershipChange.changed_at,
        )
        .outerjoin(
            Person,
            and_(
                Person.tenant_id == MembershipChange.tenant_id,
                Person.id == MembershipChange.changed_by,
            ),
        )
        .where(MembershipChange.organisation_id == organisation_id)
        .order_by(MembershipChange.changed_at.desc(), MembershipChange.id.desc())
    )
    return [MembershipStep(*row) for row in db.session.execute(statement)]
