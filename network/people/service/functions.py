"""Functions at an organisation: who is its head, its focal point, who deputises."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, Conflict, NotFound, NotNow
from kernel.events import emit
from kernel.events.people import FunctionChanged
from kernel.identity.actor import Actor
from kernel.identity.grants import give_role
from kernel.identity.models import Membership, Organisation, RoleGrant
from kernel.values import clock
from network.people import access, queries
from network.people.models import FunctionHolder
from network.people.queries import SeatHeld
from network.people.rules import FUNCTION_LABELS, SEATS, Function, Seat, check_seats

FOCAL_POINT: Final = "focal_point"
"""The role that comes with the function, and with deputising for it."""

explain(
    "uq_function_holder_one_at_a_time",
    N_("Somebody else changed these functions meanwhile. Open this page again."),
)


def functions_for_change(actor: Actor, organisation_id: UUID) -> Organisation:
    """An organisation whose functions the actor gives out. Raises NotFound, and Forbidden."""
    found = queries.organisation(organisation_id)
    if found is None:
        raise NotFound
    access.require_functions(actor, organisation_id)
    return found


def holders_at(organisation_id: UUID) -> dict[Seat, UUID | None]:
    """Who holds each function at an organisation now, and who deputises."""
    held = {
        Seat(Function(one.function), one.deputy): one.person_id
        for one in queries.seats_at(organisation_id)
    }
    return {seat: held.get(seat) for seat in SEATS}


def seats_listed(organisation_id: UUID) -> list[tuple[str, SeatHeld | None, SeatHeld | None]]:
    """Every function by its English name, with who holds it at an organisation and who deputises."""
    held = {(seat.function, seat.deputy): seat for seat in queries.seats_at(organisation_id)}
    return [
        (label, held.get((function, False)), held.get((function, True)))
        for function, label in FUNCTION_LABELS.items()
    ]


def change_functions(
    actor: Actor,
    organisation_id: UUID,
    *,
    version: int | None,
    chosen: Mapping[Seat, UUID | None],
) -> None:
    """Say who holds the functions of an organisation; a seat that is not named stays as it is.

    A focal point and her deputy get the role that goes with it, and lose it with the function. Raises
    NotFound, Forbidden, Conflict when somebody else changed them meanwhile, and Refused for an
    organisation that is no active member, for who does not work there, and for a holder who is her own
    deputy.
    """
    organisation = functions_for_change(actor, organisation_id)
    queries.lock(organisation_id)
    if organisation.membership != Membership.ACTIVE:
        raise NotNow(
            N_("This organisation is not an active member; its functions stay as they are.")
        )
    before = holders_at(organisation_id)
    stands = queries.functions_version(organisation_id)
    if version != stands:
        current = {seat.key: str(who or "") for seat, who in before.items()}
        raise Conflict(current={**current, "version": stands})
    after = {**before, **chosen}
    check_seats(after, {row.id for row in queries.colleagues(organisation_id)})
    changed = [seat for seat in SEATS if before[seat] != after[seat]]
    _seat(organisation_id, {seat: after[seat] for seat in changed})
    if any(seat.function is Function.FOCAL_POINT for seat in changed):
        _hand_over_role(actor, organisation, after)
    for seat in changed:
        told = ({seat.key: before[seat]}, {seat.key: after[seat]})
        record(actor, "organisation.function_changed", organisation, *told)
    for function in {seat.function for seat in changed}:
        emit(FunctionChanged(organisation_id, function.value))


def end_functions(person_id: UUID, organisation_id: UUID, ended_at: datetime) -> None:
    """End what a person held at an organisation when she left it."""
    held = queries.held_by(person_id, organisation_id)
    for one in held:
        one.ended_at = ended_at
    for function in {one.function for one in held}:
        emit(FunctionChanged(organisation_id, function))


def follow_focal_points(organisation_id: UUID) -> None:
    """Bring the function of the focal point in line with the role, after that was given or taken elsewhere.

    Who got the role takes the free seat, first that of the focal point, then her deputy's; who lost
    the role loses the seat.
    """
    queries.lock(organisation_id)
    holding = queries.focal_points(organisation_id)
    before = holders_at(organisation_id)
    seats = {seat: before[seat] for seat in SEATS if seat.function is Function.FOCAL_POINT}
    after = {seat: who if who in holding else None for seat, who in seats.items()}
    waiting = [person_id for person_id in holding if person_id not in after.values()]
    for seat in after:
        if after[seat] is None and waiting:
            after[seat] = waiting.pop(0)
    changed = {seat: who for seat, who in after.items() if who != seats[seat]}
    if not changed:
        return
    _seat(organisation_id, changed)
    organisation = queries.organisation(organisation_id)
    assert organisation is not None, "it has people who hold roles there"
    for seat, who in changed.items():
        told = ({seat.key: seats[seat]}, {seat.key: who})
        record(None, "organisation.function_changed", organisation, *told)
    emit(FunctionChanged(organisation_id, FOCAL_POINT))


def follow_all_focal_points() -> int:
    """Let function and role agree wherever they do not; tells at how many organisations they did not.

    For roles given before there were functions, and for what a lost event left behind.
    """
    apart = queries.focal_points_apart()
    for organisation_id in apart:
        follow_focal_points(organisation_id)
    return len(apart)


def _seat(organisation_id: UUID, changed: Mapping[Seat, UUID | None]) -> None:
    """End who held each of the seats, and let others take them."""
    now = clock.now()
    for one in queries.held_at(organisation_id):
        if Seat(Function(one.function), one.deputy) in changed:
            one.ended_at = now
    db.session.flush()
    for seat, person_id in changed.items():
        if person_id is not None:
            db.session.add(
                FunctionHolder(
                    organisation_id=organisation_id,
                    function=seat.function.value,
                    deputy=seat.deputy,
                    person_id=person_id,
                    since=now.date(),
                )
            )
    db.session.flush()


def _hand_over_role(
    actor: Actor, organisation: Organisation, after: Mapping[Seat, UUID | None]
) -> None:
    """Give the focal point's role to whom the function and its deputy name, and to nobody else there."""
    entitled = {who for seat, who in after.items() if seat.function is Function.FOCAL_POINT and who}
    holding = set(queries.focal_points(organisation.id))
    if entitled == holding:
        return
    _take_role(organisation.id, holding - entitled)
    give_role(entitled - holding, FOCAL_POINT, organisation.id)
    told = [{FOCAL_POINT: sorted(map(str, people))} for people in (holding, entitled)]
    record(actor, "organisation.focal_point_roles_changed", organisation, *told)


def _take_role(organisation_id: UUID, person_ids: Collection[UUID]) -> None:
    db.session.execute(
        delete(RoleGrant).where(
            RoleGrant.role == FOCAL_POINT,
            RoleGrant.organisation_id == organisation_id,
            RoleGrant.person_id.in_(person_ids),
        )
    )
