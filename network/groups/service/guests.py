"""Guests: people of no organisation, or of another, who see one group until a day is over."""

from datetime import date, datetime
from uuid import UUID

from kernel import audit
from kernel.accounts.services import guests as doors
from kernel.db import db
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupMembership
from network.groups.service.common import group_to_change, today
from network.groups.service.letters import tell
from network.permissions import GUEST


def invite_guest(
    actor: Actor, group_id: UUID, *, name: str, address: str, last_day: date
) -> GroupMembership:
    """Let somebody see a group until the end of a day, by the calendar of the network.

    Who has no account gets a link by mail with which she opens one. Raises NotFound, Forbidden, and Refused
    for a day that is over or too far off, somebody who is in the group already, or a closed account.
    """
    group = group_to_change(actor, group_id)
    until = _moment(last_day)
    person_id = doors.let_in(actor, name=name, address=address, role=GUEST.name, place=group.name)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        membership = GroupMembership(group_id=group.id, person_id=person_id)
        db.session.add(membership)
    elif queries.is_in(group.id, person_id):
        raise Refused(N_("This person is in the group already."), field="address")
    membership.organisation_id, membership.ended_at = None, None
    membership.guest_until, membership.term_ends_on = until, None
    membership.came, membership.added_by = rules.Came.HAND, actor.person_id
    membership.joined_at = clock.now()
    db.session.flush()
    _record(actor, "group.guest_invited", group, membership)
    tell([person_id], "group_guest", group_id, inviter=actor.name, until=until)
    return membership


def guest_for(actor: Actor, group_id: UUID, person_id: UUID) -> GroupMembership:
    """A guest of a group the actor looks after, of now or before. Raises NotFound and Forbidden."""
    group = group_to_change(actor, group_id)
    membership = queries.membership_of(group.id, person_id)
    if membership is None or membership.guest_until is None:
        raise NotFound
    return membership


def last_day_of(membership: GroupMembership) -> date | None:
    """The last day on which a guest sees the group, by the calendar of the network; None for a member."""
    return rules.last_day(membership.guest_until, mail_network().time_zone)


def extend_guest(
    actor: Actor, group_id: UUID, *, person_id: UUID, last_day: date
) -> GroupMembership:
    """Set another last day for a guest; who never opened her account gets a new link.

    Raises NotFound, Forbidden, and Refused for a day that is over or too far off.
    """
    membership = guest_for(actor, group_id, person_id)
    group = group_to_change(actor, group_id)
    before = membership.guest_until
    membership.guest_until, membership.ended_at = _moment(last_day), None
    db.session.flush()
    doors.let_in_again(actor, person_id, role=GUEST.name, place=group.name)
    _record(actor, "group.guest_extended", group, membership, before=before)
    return membership


def end_guest(actor: Actor, group_id: UUID, *, person_id: UUID) -> GroupMembership:
    """End a guest's time at once. Raises NotFound and Forbidden."""
    membership = guest_for(actor, group_id, person_id)
    end_as_guest(actor, group_to_change(actor, group_id), membership)
    return membership


def end_as_guest(actor: Actor, group: Group, membership: GroupMembership) -> None:
    """End a guest's time at once: for whoever may, the guest herself among them."""
    _end(membership, clock.now())
    _record(actor, "group.guest_ended", group, membership)


def end_expired() -> None:
    """Mark guests whose time is over as gone, and take back the role of who is a guest nowhere any more.

    They see nothing from the moment their time is over, whenever this runs.
    """
    for membership in queries.expired_guests(clock.now()):
        if membership.guest_until is not None:
            _end(membership, membership.guest_until)
            audit.record(None, "group.guest_ended", membership, about=membership.person_id)


def _end(membership: GroupMembership, moment: datetime) -> None:
    if membership.guest_until is None or membership.guest_until > moment:
        membership.guest_until = moment
    membership.ended_at = moment
    db.session.flush()
    if not queries.is_guest_somewhere(membership.person_id):
        doors.let_out(membership.person_id, GUEST.name)


def _moment(last_day: date) -> datetime:
    rules.check_guest_until(last_day, today())
    return rules.end_of_day(last_day, mail_network().time_zone)


def _record(
    actor: Actor,
    action: str,
    group: Group,
    membership: GroupMembership,
    *,
    before: datetime | None = None,
) -> None:
    audit.record(
        actor,
        action,
        membership,
        before={"guest_until": before} if before else None,
        after={"guest_until": membership.guest_until},
        about=membership.person_id,
        label=group.name,
    )
