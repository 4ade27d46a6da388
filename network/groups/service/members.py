"""Who is in a group: taken in, joining, leaving, and gone with the organisation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import access, queries, rules
from network.groups.models import Group, GroupMembership
from network.groups.service.guests import end_as_guest
from network.groups.service.letters import tell


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
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, chairs=queries.chairs(actor, group))
    rules.check_active(group.state)
    rules.check_by_hand(group.joining)
    rules.check_term(term_ends_on, clock.today(mail_network().time_zone))
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

    Raises NotFound, Forbidden, and Refused for the chair (another is named first) and for the members of
    a group by office.
    """
    group = queries.group_known_to(actor, group_id)
    if person_id != actor.person_id:
        access.require_manage(actor, chairs=queries.chairs(actor, group))
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        raise NotFound
    if membership.guest_until is not None:
        end_as_guest(actor, group, membership)
        return
    rules.check_may_leave(person_id, group.chair_id)
    if membership.ended_at is None:
        rules.check_by_hand(group.joining)
    db.session.delete(membership)
    audit.record(actor, "group.member_removed", group, before={"person_id": person_id})


def end_memberships(person_id: UUID, organisation_id: UUID, ended_at: datetime) -> None:
    """End what a person had joined for an organisation when she left it; she may be added again.

    Where she chaired, the member who has been there the longest takes over and is told by mail. A
    group in which nobody is left keeps her name, which no longer counts: administrators see it flagged.
    """
    ended = [
        membership
        for membership in queries.memberships_for(person_id, organisation_id)
        if membership.joined_at <= ended_at
    ]
    for membership in ended:
        membership.ended_at = ended_at
        audit.record(None, "group.membership_ended", membership, about=person_id)
    for group in queries.chaired_by(person_id, [membership.group_id for membership in ended]):
        hand_on(group)


def hand_on(group: Group) -> bool:
    """Make the member who has been there the longest the chair, and tell her; false where nobody is left."""
    successor = queries.longest_member(group.id, but=group.chair_id)
    if successor is None:
        return False
    before, group.chair_id, group.chair_term_ends_on = group.chair_id, successor, None
    audit.record(
        None,
        "group.chair_followed",
        group,
        before={"chair_id": before},
        after={"chair_id": successor},
    )
    tell(successor, "group_chair", group)
    return True


def take_in(
    actor: Actor | None,
    group: Group,
    person_id: UUID,
    *,
    came: rules.Came = rules.Came.HAND,
    organisation_id: UUID | None = None,
    term_ends_on: date | None = None,
    field: str = "person_id",
) -> GroupMembership:
    """Make somebody a member, for an organisation or the first she is with; a guest becomes one too.

    What waited for an answer between her and the group is settled. `actor` is None for what follows by
    itself. Raises Refused, at the field, for somebody who is with no active organisation.
    """
    organisation_id = organisation_id or queries.affiliation_of(person_id)
    if organisation_id is None:
        raise Refused(N_("Choose somebody who works for a member of the network."), field=field)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        membership = GroupMembership(group_id=group.id, person_id=person_id)
        db.session.add(membership)
    elif membership.ended_at is not None or membership.guest_until is not None:
        membership.ended_at, membership.joined_at = None, clock.now()
    # Somebody who changed to another organisation stands again for the one she is with now.
    membership.organisation_id, membership.guest_until = organisation_id, None
    membership.came, membership.term_ends_on = came.value, term_ends_on
    membership.added_by = actor.person_id if actor else person_id
    _settle(actor, group.id, person_id)
    db.session.flush()
    return membership


def _settle(actor: Actor | None, group_id: UUID, person_id: UUID) -> None:
    request = queries.open_request(group_id, person_id)
    if request is not None:
        request.answered_by = actor.person_id if actor else None
    for waiting in (request, queries.open_invitation(group_id, person_id)):
        if waiting is not None:
            waiting.state, waiting.answered_at = rules.Answer.ACCEPTED, clock.now()
