"""Who is in a group: taken in, joining, leaving, and gone with the organisation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from network.groups import access, queries, rules
from network.groups.models import GroupMembership
from network.groups.service.chairs import another_chairs, release, relieve
from network.groups.service.common import group_to_change, group_to_manage, today
from network.groups.service.guests import end_as_guest
from network.groups.service.seats import vacate
from network.groups.service.taking import take_in


def members_seen_by(actor: Actor, group_id: UUID) -> Sequence[Any]:
    """Members and guests of a group the actor may read or change. Raises NotFound for any other."""
    door = queries.door_of(actor, group_id)
    if not door.reads and not access.can_manage(actor, chairs=door.is_chair):
        raise NotFound
    return queries.members_of(group_id)


def add_member(
    actor: Actor, group_id: UUID, *, person_id: UUID, term_ends_on: date | None = None
) -> GroupMembership:
    """Take a person in.

    Raises NotFound, Forbidden, and Refused for one who cannot be a member, a term that is over, or a group
    whose members follow an office.
    """
    group = group_to_change(actor, group_id)
    rules.check_by_hand(group.joining)
    rules.check_term(term_ends_on, today())
    membership = take_in(actor, group, person_id, term_ends_on=term_ends_on)
    audit.record(actor, "group.member_added", group, after={"person_id": person_id})
    return membership


def join_group(actor: Actor, group_id: UUID) -> GroupMembership:
    """Become a member of a group that anybody may join. Raises NotFound and Refused."""
    door = queries.door_of(actor, group_id)
    rules.check_active(door.group.state)
    rules.check_way(door.way, rules.Way.JOIN)
    membership = take_in(actor, door.group, actor.person_id)
    audit.record(actor, "group.joined", door.group, after={"person_id": actor.person_id})
    return membership


def remove_member(actor: Actor, group_id: UUID, *, person_id: UUID) -> None:
    """Take a person or a guest out, or leave oneself.

    Raises NotFound, Forbidden, and Refused for the last chair (another is appointed first) and for the
    members of a group by office.
    """
    leaves = person_id == actor.person_id
    group = (queries.group_known_to if leaves else group_to_manage)(actor, group_id)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        raise NotFound
    if membership.guest_until is not None:
        end_as_guest(actor, group, membership)
        return
    rules.check_chair_remains(not membership.is_chair or another_chairs(membership))
    if membership.ended_at is None:
        rules.check_by_hand(group.joining)
    vacate(person_id, [group.id])
    db.session.delete(membership)
    audit.record(actor, "group.member_removed", group, before={"person_id": person_id})


def end_memberships(person_id: UUID, organisation_id: UUID, ended_at: datetime) -> None:
    """End what a person had joined for an organisation when she left it; she may be added again.

    Where she was the last chair, the member who has been there the longest takes over and is told by mail.
    A group in which nobody is left keeps her mark, which no longer counts: administrators see it flagged.
    """
    ended = [
        membership
        for membership in queries.memberships_for(person_id, organisation_id)
        if membership.joined_at <= ended_at
    ]
    for membership in ended:
        membership.ended_at = ended_at
        audit.record(None, "group.membership_ended", membership, about=person_id)
    vacate(person_id, [membership.group_id for membership in ended])
    for membership in ended:
        if membership.is_chair:
            release(membership)


def member_for(actor: Actor, group_id: UUID, person_id: UUID) -> Any:
    """A member of a group the actor looks after, with name and terms. Raises NotFound and Forbidden."""
    group_to_manage(actor, group_id)
    member = queries.member_of(group_id, person_id)
    if member is None:
        raise NotFound
    return member


def set_term(
    actor: Actor,
    group_id: UUID,
    *,
    person_id: UUID,
    version: int | None,
    term_ends_on: date | None,
) -> GroupMembership:
    """Set the last day of a member's term, or none.

    Raises NotFound, Forbidden, Conflict, and Refused for a day that is over or a group whose members
    follow an office.
    """
    group = group_to_change(actor, group_id)
    rules.check_by_hand(group.joining)
    membership = queries.membership_of(group.id, person_id)
    if membership is None or not queries.is_current_member(group.id, person_id):
        raise NotFound
    before = membership.term_ends_on
    membership.expect(version, {"term_ends_on": before})
    rules.check_term(term_ends_on, today())
    membership.term_ends_on = term_ends_on
    audit.record(
        actor,
        "group.term_changed",
        membership,
        before={"term_ends_on": before},
        after={"term_ends_on": term_ends_on},
        about=person_id,
        label=group.name,
    )
    return membership


def end_terms() -> None:
    """End the memberships whose last day has passed; the last chair stays until another is appointed.

    Done again it changes nothing.
    """
    zone = mail_network().time_zone
    for membership in queries.terms_over(today()):
        if membership.term_ends_on is not None and relieve(membership):
            membership.ended_at = rules.end_of_day(membership.term_ends_on, zone)
            vacate(membership.person_id, [membership.group_id])
            audit.record(None, "group.term_ended", membership, about=membership.person_id)
