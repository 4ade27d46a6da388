"""Seats of organisations, and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.affiliations import is_with_active
from kernel.identity.models import Affiliation, Membership, Organisation, Person
from kernel.identity.permissions import KernelPermission
from kernel.values import clock
from network.groups.models import Group, GroupMembership, GroupSeat
from network.groups.queries.doors import known_to
from network.groups.queries.reading import CURRENT_MEMBER, reader_of

_HOLDER, _ALTERNATE = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Seat:
    """A seat with its organisation; without a `holder` it is vacant: nobody was named, or she has left."""

    seat: GroupSeat
    group: Group
    organisation: str
    country: str | None
    holder: str | None
    alternate: str | None


def _sits(person: Any) -> Any:
    """Whether a person of the seat in hand is in its group now, for its organisation."""
    return (
        select(GroupMembership.id)
        .where(
            GroupMembership.tenant_id == GroupSeat.tenant_id,
            GroupMembership.group_id == GroupSeat.group_id,
            GroupMembership.person_id == person,
            GroupMembership.organisation_id == GroupSeat.organisation_id,
            CURRENT_MEMBER,
        )
        .correlate(GroupSeat)
        .exists()
    )


def _seats() -> Any:
    return (
        select(
            GroupSeat,
            Group,
            Organisation.name,
            Organisation.country,
            _HOLDER.name.label("holder"),
            _ALTERNATE.name.label("alternate"),
        )
        .join(Group, Group.id == GroupSeat.group_id)
        .join(Organisation, Organisation.id == GroupSeat.organisation_id)
        .outerjoin(_HOLDER, and_(_HOLDER.id == GroupSeat.holder_id, _sits(GroupSeat.holder_id)))
        .outerjoin(
            _ALTERNATE, and_(_ALTERNATE.id == GroupSeat.alternate_id, _sits(GroupSeat.alternate_id))
        )
    )


def seats_of(group_id: UUID) -> list[Seat]:
    """The seats of a group, by organisation. One query."""
    statement = (
        _seats().where(GroupSeat.group_id == group_id).order_by(Organisation.sort_key, GroupSeat.id)
    )
    return [Seat(*row) for row in db.session.execute(statement, {"now": clock.now()})]


def seat_for(actor: Actor, seat_id: UUID) -> Seat:
    """A seat in a group the actor knows of, or of an organisation whose people she admits.

    Raises NotFound for any other.
    """
    statement = _seats().where(
        GroupSeat.id == seat_id,
        or_(known_to(actor), GroupSeat.organisation_id.in_(admitting(actor))),
    )
    row = db.session.execute(statement, reader_of(actor) | {"now": clock.now()}).one_or_none()
    if row is None:
        raise NotFound
    return Seat(*row)


def admitting(actor: Actor) -> list[UUID]:
    """The actor's organisations for which she names people."""
    return [one for one in actor.organisation_ids if actor.can(KernelPermission.PEOPLE_ADMIT, one)]


def vacant_seats(actor: Actor, most: int) -> list[Seat]:
    """Seats in active groups that nobody holds, of organisations for which the actor names people."""
    own = admitting(actor)
    if not own:
        return []
    statement = (
        _seats()
        .where(GroupSeat.organisation_id.in_(own), Group.state == "active", _HOLDER.id.is_(None))
        .order_by(GroupSeat.id)
        .limit(most)
    )
    return [Seat(*row) for row in db.session.execute(statement, {"now": clock.now()})]


def seats_held(person_id: UUID, group_ids: Sequence[UUID]) -> Sequence[GroupSeat]:
    """The seats in some groups that a person holds or stands in for."""
    statement = select(GroupSeat).where(
        GroupSeat.group_id.in_(group_ids),
        or_(GroupSeat.holder_id == person_id, GroupSeat.alternate_id == person_id),
    )
    return db.session.scalars(statement).all()


def people_of(organisation_id: UUID) -> Sequence[Any]:
    """Ids and names of the people who are with an active organisation now, by name."""
    statement = (
        select(Person.id, Person.name)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            Organisation.id == organisation_id,
            is_with_active(clock.now()),
        )
        .distinct()
        .order_by(Person.sort_key, Person.id)
    )
    return db.session.execute(statement.add_columns(Person.sort_key)).all()


def organisations_without_seat(group_id: UUID) -> Sequence[Any]:
    """Active organisations that have no seat in a group, by name."""
    seated = select(GroupSeat.organisation_id).where(GroupSeat.group_id == group_id)
    statement = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.membership == Membership.ACTIVE, Organisation.id.not_in(seated))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return db.session.execute(statement).all()
