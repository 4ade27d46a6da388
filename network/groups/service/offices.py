"""Groups by office: their members are those who hold it, and change with it."""

from collections.abc import Iterable
from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupMembership
from network.groups.service.chairs import release
from network.groups.service.taking import take_in
from network.people.queries import holders_of


def follow_office(office: str) -> None:
    """Bring the groups of one office up to date, after somebody else began to hold it."""
    _follow_each(queries.groups_by_office(office))


def follow_all() -> None:
    """Bring every group by office up to date: what a lost event, a new region or a closed body changed."""
    _follow_each(queries.groups_by_office())


def follow(group: Group) -> None:
    """Make the holders of the group's office its members, and nobody else but guests and chairs by hand.

    Done again it changes nothing. A chair who no longer holds the office hands the group on where she is the
    last one; where nobody holds it, she stays: a group is never without a chair.
    """
    if group.office is None or group.state != rules.GroupState.ACTIVE:
        return
    wanted = _holders(group)
    standing = {row.person_id: row for row in queries.current_memberships(group.id)}
    for person_id, organisation_id in wanted.items():
        if not _stands(standing.get(person_id), organisation_id):
            _admit(group, person_id, organisation_id)
    gone = [row for person_id, row in standing.items() if person_id not in wanted]
    for membership in sorted(gone, key=lambda row: row.is_chair):
        if _may_go(membership):
            _end(membership)


def _holders(group: Group) -> dict[UUID, UUID]:
    """Who holds the office, and for which organisation; those who stand in for a holder are none."""
    assert group.office is not None, "asked for groups by office alone"
    found: dict[UUID, UUID] = {}
    for holder in holders_of(group.office, region=group.office_region):
        if not holder.deputy:
            found.setdefault(holder.person_id, holder.organisation_id)
    return found


def _stands(membership: GroupMembership | None, organisation_id: UUID) -> bool:
    return (
        membership is not None
        and membership.organisation_id == organisation_id
        and membership.came == rules.Came.OFFICE
    )


def _admit(group: Group, person_id: UUID, organisation_id: UUID) -> None:
    membership = take_in(
        None, group, person_id, came=rules.Came.OFFICE, organisation_id=organisation_id
    )
    audit.record(None, "group.office_followed", membership, about=person_id, label=group.name)


def _may_go(membership: GroupMembership) -> bool:
    """A chair taken in by hand stays; one by office goes once the group is handed on."""
    if not membership.is_chair:
        return True
    return membership.came == rules.Came.OFFICE and release(membership)


def _end(membership: GroupMembership) -> None:
    membership.ended_at = clock.now()
    db.session.flush()
    audit.record(None, "group.office_left", membership, about=membership.person_id)


def _follow_each(groups: Iterable[Group]) -> None:
    for group in groups:
        follow(group)
    db.session.flush()
