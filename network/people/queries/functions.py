"""Who holds which function, now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.identity.affiliations import AT_ORGANISATION, holds
from kernel.identity.models import (
    Affiliation,
    Membership,
    Organisation,
    Person,
    RoleGrant,
)
from kernel.values import clock
from network.people.models import FunctionHolder
from network.people.queries.people import NOW, works_at
from network.people.rules import Function


@dataclass(frozen=True)
class Holder:
    """Who holds a function at an active organisation now; `deputy` stands in for the holder."""

    person_id: UUID
    organisation_id: UUID
    region: str | None
    deputy: bool


def _still_works_there(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(
        FunctionHolder.ended_at.is_(None),
        exists()
        .where(
            Affiliation.tenant_id == FunctionHolder.tenant_id,
            Affiliation.person_id == FunctionHolder.person_id,
            Affiliation.organisation_id == FunctionHolder.organisation_id,
            holds(NOW),
            *more,
        )
        .correlate_except(Affiliation, Organisation),
    )


def holds_function() -> ColumnElement[bool]:
    """Whether the function in hand is held now, by somebody still with that active organisation."""
    return _still_works_there(AT_ORGANISATION, Organisation.membership == Membership.ACTIVE)


def holders_of(function: str, *, region: str | None = None) -> Sequence[Holder]:
    """Who holds a function now, at every active organisation or those of a region, deputies too."""
    at = aliased(Organisation)
    statement = (
        select(
            FunctionHolder.person_id,
            FunctionHolder.organisation_id,
            at.region,
            FunctionHolder.deputy,
        )
        .join(
            at,
            and_(at.tenant_id == FunctionHolder.tenant_id, at.id == FunctionHolder.organisation_id),
        )
        .where(FunctionHolder.function == function, holds_function())
        .order_by(at.sort_key, FunctionHolder.organisation_id, FunctionHolder.deputy)
    )
    if region is not None:
        statement = statement.where(at.region == region)
    return [Holder(*row) for row in db.session.execute(statement, {"now": clock.now()})]


def functions_of(person_id: UUID) -> Sequence[Row[str, UUID, bool]]:
    """The functions a person holds now: which, at which organisation, and whether as deputy."""
    statement = (
        select(FunctionHolder.function, FunctionHolder.organisation_id, FunctionHolder.deputy)
        .where(FunctionHolder.person_id == person_id, holds_function())
        .order_by(FunctionHolder.deputy, FunctionHolder.function)
    )
    return db.session.execute(statement, {"now": clock.now()}).all()


def organisation(organisation_id: UUID) -> Organisation | None:
    """An organisation whose functions are given out."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id == organisation_id)
    ).one_or_none()


def lock(organisation_id: UUID) -> None:
    """Let who gives out functions of an organisation at the same moment wait."""
    db.session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    )


def colleagues(organisation_id: UUID) -> Sequence[Row[UUID, str]]:
    """Ids and names of who works at an organisation now, by name."""
    statement = (
        select(Person.id, Person.name)
        .where(Person.id.in_(works_at(organisation_id)))
        .order_by(Person.sort_key, Person.id)
    )
    return db.session.execute(statement, {"now": clock.now()}).all()


def held_at(organisation_id: UUID) -> Sequence[FunctionHolder]:
    """Who holds which function at an organisation, until it is ended; for changing them."""
    return db.session.scalars(
        select(FunctionHolder).where(
            FunctionHolder.organisation_id == organisation_id, FunctionHolder.ended_at.is_(None)
        )
    ).all()


def held_by(person_id: UUID, organisation_id: UUID) -> Sequence[FunctionHolder]:
    """The functions a person holds at an organisation, or held until she left it a moment ago."""
    return db.session.scalars(
        select(FunctionHolder).where(
            FunctionHolder.person_id == person_id,
            FunctionHolder.organisation_id == organisation_id,
            FunctionHolder.ended_at.is_(None),
        )
    ).all()


def functions_version(organisation_id: UUID) -> int:
    """A number that grows from 1 with every change of an organisation's functions."""
    counted = select(1 + func.count() + func.count(FunctionHolder.ended_at)).where(
        FunctionHolder.organisation_id == organisation_id
    )
    return db.session.scalar(counted) or 1


@dataclass(frozen=True)
class SeatHeld:
    """Who holds a function at an organisation now, for its page."""

    function: str
    deputy: bool
    person_id: UUID
    name: str
    since: date


def seats_at(organisation_id: UUID) -> list[SeatHeld]:
    """The functions held at an organisation now, whatever its membership."""
    statement = (
        select(
            FunctionHolder.function,
            FunctionHolder.deputy,
            FunctionHolder.person_id,
            Person.name,
            FunctionHolder.since,
        )
        .join(
            Person,
            and_(
                Person.tenant_id == FunctionHolder.tenant_id,
                Person.id == FunctionHolder.person_id,
            ),
        )
        .where(FunctionHolder.organisation_id == organisation_id, _still_works_there())
    )
    return [SeatHeld(*row) for row in db.session.execute(statement, {"now": clock.now()})]


def focal_points(organisation_id: UUID) -> Sequence[UUID]:
    """Who was given the role of a focal point at an organisation and works there now, the first first."""
    statement = (
        select(RoleGrant.person_id)
        .where(
            RoleGrant.role == Function.FOCAL_POINT,
            RoleGrant.organisation_id == organisation_id,
            RoleGrant.person_id.in_(works_at(organisation_id)),
        )
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    )
    return db.session.scalars(statement, {"now": clock.now()}).all()


def focal_points_apart() -> Sequence[UUID]:
    """Organisations where somebody has the role of the focal point without its function, or the reverse."""
    same = and_(
        RoleGrant.tenant_id == FunctionHolder.tenant_id,
        RoleGrant.organisation_id == FunctionHolder.organisation_id,
        RoleGrant.person_id == FunctionHolder.person_id,
        RoleGrant.role == Function.FOCAL_POINT,
    )
    is_seat = and_(
        FunctionHolder.function == Function.FOCAL_POINT, FunctionHolder.ended_at.is_(None)
    )
    works_there = exists().where(
        Affiliation.tenant_id == RoleGrant.tenant_id,
        Affiliation.person_id == RoleGrant.person_id,
        Affiliation.organisation_id == RoleGrant.organisation_id,
        holds(NOW),
    )
    without_seat = select(RoleGrant.organisation_id).where(
        RoleGrant.role == Function.FOCAL_POINT, works_there, ~exists().where(same, is_seat)
    )
    without_role = select(FunctionHolder.organisation_id).where(is_seat, ~exists().where(same))
    now = {"now": clock.now()}
    apart = {*db.session.scalars(without_seat, now), *db.session.scalars(without_role)}
    return sorted(organisation_id for organisation_id in apart if organisation_id)
