"""Guests: people of no organisation, or of another, who see one group until a day is over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kernel import audit
from kernel.accounts.services import guests as doors
from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupMembership, GuestInvitation
from network.groups.rules import GroupState
from network.groups.service.common import group_to_change, group_to_manage, today
from network.permissions import GUEST

if TYPE_CHECKING:
    from kernel.accounts.models import Invitation


@dataclass(frozen=True)
class InvitedGuest:
    """A guest who has not accepted yet, as whoever invited her typed her name and address."""

    id: UUID
    name: str
    address: str
    guest_until: datetime
    invited_at: datetime
    expires_at: datetime

    @property
    def expired(self) -> bool:
        """Whether the link works no more."""
        return self.expires_at <= clock.now()


def invite_guest(
    actor: Actor, group_id: UUID, *, name: str, address: str, last_day: date
) -> InvitedGuest:
    """Invite somebody by mail to see a group until the end of a day, by the calendar of the network.

    She is a guest once she accepts. What is answered is the same whoever is known at the address. An
    earlier invitation of the address into the group works no more. Raises NotFound, Forbidden, and
    Refused for a day that is over or too far off.
    """
    group = group_to_change(actor, group_id)
    until = _moment(last_day)
    earlier = {one.invitation_id: one for one in queries.guest_invitations_into(group.id)}
    invitation = doors.invite(
        actor,
        name=name,
        address=address,
        role=GUEST.name,
        place=group.name,
        last_day=last_day,
        instead_of=earlier,
    )
    for one in doors.open_invitations(earlier):
        del earlier[one.id]
    for replaced in earlier.values():
        _forget(actor, group, replaced)
    asked = GuestInvitation(
        group_id=group.id,
        invitation_id=invitation.id,
        guest_until=until,
        invited_by=actor.person_id,
    )
    db.session.add(asked)
    db.session.flush()
    audit.record(
        actor, "group.guest_invited", asked, after={"last_day": last_day}, label=group.name
    )
    return _seen(asked, invitation)


def invited_guests(actor: Actor, group_id: UUID) -> list[InvitedGuest]:
    """The guests of a group who have not accepted yet, by name. Raises NotFound and Forbidden."""
    group = group_to_manage(actor, group_id)
    asked = {one.invitation_id: one for one in queries.guest_invitations_into(group.id)}
    return [_seen(asked[one.id], one) for one in doors.open_invitations(asked)] if asked else []


def withdraw_guest(actor: Actor, guest_invitation_id: UUID) -> UUID:
    """Take the invitation of a guest back who has not accepted; returns the group's id.

    Raises NotFound, and Forbidden for who does not look after the group.
    """
    asked = queries.guest_invitation_by_id(guest_invitation_id)
    if asked is None:
        raise NotFound
    group = group_to_manage(actor, asked.group_id)
    doors.take_back(asked.invitation_id)
    _forget(actor, group, asked)
    return group.id


def _forget(actor: Actor, group: Group, asked: GuestInvitation) -> None:
    audit.record(actor, "group.invitation_withdrawn", asked, label=group.name)
    db.session.delete(asked)


def guest_came(invitation_id: UUID, person_id: UUID) -> None:
    """Let somebody see the group she was invited to, when she accepts.

    Who is a member by now stays one, and a group that was closed takes nobody in.
    """
    asked = queries.guest_invitation_of(invitation_id)
    if asked is None:
        return
    group = queries.group_by_id(asked.group_id)
    db.session.delete(asked)
    if group.state == GroupState.ACTIVE and not queries.is_current_member(group.id, person_id):
        _take_in(group, asked, person_id)
    elif not queries.is_guest_somewhere(person_id):
        doors.let_out(person_id, GUEST.name)


def _take_in(group: Group, asked: GuestInvitation, person_id: UUID) -> None:
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        membership = GroupMembership(group_id=group.id, person_id=person_id)
        db.session.add(membership)
    membership.organisation_id, membership.ended_at = None, None
    membership.guest_until, membership.term_ends_on = asked.guest_until, None
    membership.came, membership.added_by = rules.Came.HAND, asked.invited_by
    membership.joined_at = clock.now()
    db.session.flush()
    actor = actor_by_person(person_id, clock.now())
    _record(actor, "group.invitation_accepted", group, membership)


def _seen(asked: GuestInvitation, invitation: "Invitation") -> InvitedGuest:
    return InvitedGuest(
        id=asked.id,
        name=invitation.name,
        address=invitation.address,
        guest_until=asked.guest_until,
        invited_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )


def guest_for(actor: Actor, group_id: UUID, person_id: UUID) -> GroupMembership:
    """A guest of a group the actor looks after, of now or before. Raises NotFound and Forbidden."""
    return _guest_of(group_to_change(actor, group_id), person_id)


def _guest_of(group: Group, person_id: UUID) -> GroupMembership:
    membership = queries.membership_of(group.id, person_id)
    if membership is None or membership.guest_until is None:
        raise NotFound
    return membership


def last_day_of(guest_until: datetime | None) -> date | None:
    """The last day on which a guest sees the group, by the calendar of the network; None for a member."""
    return rules.last_day(guest_until, mail_network().time_zone)


def extend_guest(
    actor: Actor, group_id: UUID, *, person_id: UUID, version: int | None, last_day: date
) -> GroupMembership:
    """Set another last day for a guest, of now or before.

    Raises NotFound, Forbidden, Conflict, and Refused for a day that is over or too far off.
    """
    group = group_to_change(actor, group_id)
    membership = _guest_of(group, person_id)
    before = membership.guest_until
    membership.expect(version, {"last_day": last_day_of(before)})
    membership.guest_until, membership.ended_at = _moment(last_day), None
    db.session.flush()
    doors.let_in_again(person_id, GUEST.name)
    _record(actor, "group.guest_extended", group, membership, before=before)
    return membership


def end_guest(actor: Actor, group_id: UUID, *, person_id: UUID) -> GroupMembership:
    """End a guest's time at once. Raises NotFound and Forbidden."""
    group = group_to_change(actor, group_id)
    membership = _guest_of(group, person_id)
    end_as_guest(actor, group, membership)
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
    actor: Actor | None,
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
        before={"last_day": last_day_of(before)} if before else None,
        after={"last_day": last_day_of(membership.guest_until)},
        about=membership.person_id,
        label=group.name,
    )
