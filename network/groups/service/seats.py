"""Seats that belong to organisations: making them, and naming who holds them. One vote each."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import access, queries, rules
from network.groups.models import GroupSeat
from network.groups.queries import Seat
from network.groups.service.common import group_to_change
from network.groups.service.letters import tell
from network.groups.service.taking import take_in

explain(
    "uq_group_seat_tenant_id_group_id_organisation_id",
    N_("This organisation has a seat already. Choose another one."),
    field="organisation_id",
)


def seats_seen_by(actor: Actor, group_id: UUID) -> list[Seat]:
    """The seats of a group the actor may read or change. Raises NotFound for any other."""
    door = queries.door_of(actor, group_id)
    if not door.reads and not access.can_manage(actor, chairs=door.is_chair):
        raise NotFound
    return queries.seats_of(group_id)


def add_seat(actor: Actor, group_id: UUID, *, organisation_id: UUID) -> GroupSeat:
    """Give an organisation a seat in a steering committee; who names its people is told at home.

    Raises NotFound, Forbidden, and Refused for another kind of group, an organisation that is no active
    member, or one that has a seat.
    """
    group = group_to_change(actor, group_id)
    rules.check_seated(group.kind)
    if not queries.is_active_organisation(organisation_id):
        raise Refused(N_("Choose an active member of the network."), field="organisation_id")
    seat = GroupSeat(id=new_id(), group_id=group_id, organisation_id=organisation_id)
    db.session.add(seat)
    audit.record(actor, "group_seat.added", seat, after=_facts(seat), label=group.name)
    return seat


def remove_seat(actor: Actor, seat_id: UUID) -> UUID:
    """Take a seat away, and whoever was in the group for it alone out. Returns the group's id.

    Raises NotFound and Forbidden.
    """
    seen = queries.seat_for(actor, seat_id)
    group_to_change(actor, seen.group.id)
    _let_go(seen.group.id, _named(seen.seat))
    audit.record(actor, "group_seat.removed", seen.seat, _facts(seen.seat), label=seen.group.name)
    db.session.delete(seen.seat)
    return seen.group.id


def seat_to_fill(actor: Actor, seat_id: UUID) -> Seat:
    """A seat for which the actor may name people: as chair, or for its organisation.

    Raises NotFound and Forbidden.
    """
    seen = queries.seat_for(actor, seat_id)
    access.require_fill(
        actor,
        chairs=queries.chairs(actor, seen.group.id),
        organisation_id=seen.seat.organisation_id,
    )
    return seen


def fill_seat(
    actor: Actor,
    seat_id: UUID,
    *,
    version: int | None,
    holder_id: UUID | None = None,
    alternate_id: UUID | None = None,
) -> GroupSeat:
    """Name who represents an organisation and who stands in for her; empty leaves a place vacant.

    Both become members of the group for that organisation and are told by mail; who held the seat before,
    and was a member for it alone, is none any more. Raises NotFound, Forbidden, Conflict, and Refused for
    somebody who is not with the organisation, or the same person twice.
    """
    seen = seat_to_fill(actor, seat_id)
    seat = seen.seat
    seat.expect(version, _facts(seat))
    rules.check_active(seen.group.state)
    rules.check_two(holder_id, alternate_id)
    _check_belong(seat.organisation_id, holder_id=holder_id, alternate_id=alternate_id)
    before = _facts(seat)
    left = _named(seat)
    seat.holder_id, seat.alternate_id = holder_id, alternate_id
    db.session.flush()
    _let_go(seen.group.id, left - _named(seat))
    for person_id in _named(seat):
        _seat(actor, seen, person_id)
    audit.record(actor, "group_seat.filled", seat, before, _facts(seat), label=seen.group.name)
    return seat


def _named(seat: GroupSeat) -> set[UUID]:
    return {one for one in (seat.holder_id, seat.alternate_id) if one is not None}


def _check_belong(organisation_id: UUID, **named: UUID | None) -> None:
    people = {row.id for row in queries.people_of(organisation_id)}
    for field, person_id in named.items():
        if person_id is not None and person_id not in people:
            raise Refused(
                N_("Choose somebody of the organisation the seat belongs to."), field=field
            )


def _seat(actor: Actor, seen: Seat, person_id: UUID) -> None:
    if queries.is_current_member(seen.group.id, person_id):
        return
    take_in(
        actor,
        seen.group,
        person_id,
        came=rules.Came.SEAT,
        organisation_id=seen.seat.organisation_id,
    )
    tell([person_id], "group_seat", seen.group.id, organisation=seen.organisation)


def _let_go(group_id: UUID, people: Iterable[UUID]) -> None:
    """End the memberships of people who were in the group for a seat alone; a chair stays."""
    for person_id in people:
        membership = queries.membership_of(group_id, person_id)
        if membership is None or membership.is_chair:
            continue
        if membership.came == rules.Came.SEAT:
            membership.ended_at = clock.now()


def vacate(person_id: UUID, group_ids: Sequence[UUID]) -> None:
    """Leave the seats vacant that somebody held who is in the groups no more; they stay."""
    for seat in queries.seats_held(person_id, group_ids):
        if seat.holder_id == person_id:
            seat.holder_id = None
        else:
            seat.alternate_id = None
        audit.record(None, "group_seat.vacated", seat, about=person_id)


def _facts(seat: GroupSeat) -> dict[str, UUID | None]:
    return {
        "organisation_id": seat.organisation_id,
        "holder_id": seat.holder_id,
        "alternate_id": seat.alternate_id,
    }
