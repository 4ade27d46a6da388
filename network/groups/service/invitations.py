"""Invitations of the chair, and what those invited answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupInvitation, GroupMembership
from network.groups.service.common import group_to_change, group_to_manage, today
from network.groups.service.letters import tell
from network.groups.service.taking import take_in

explain(
    "uq_group_invitation_open",
    N_("This person is invited already. Choose somebody else, or wait for the answer."),
    field="person_id",
)


def invite(
    actor: Actor,
    group_id: UUID,
    *,
    person_id: UUID,
    message: str | None = None,
    term_ends_on: date | None = None,
) -> GroupInvitation:
    """Offer somebody of the network to become a member; she gets a mail and accepts or declines.

    Who has asked meanwhile is answered by it: she is told the same way. Raises NotFound, Forbidden, and
    Refused for somebody who is in the group, was invited already or is with no member, a term that is over,
    or a group whose members follow an office.
    """
    group = group_to_change(actor, group_id)
    rules.check_by_hand(group.joining)
    rules.check_term(term_ends_on, today())
    _check_can_be_invited(group_id, person_id)
    invitation = GroupInvitation(
        id=new_id(),
        group_id=group_id,
        person_id=person_id,
        invited_by=actor.person_id,
        message=message or "",
        term_ends_on=term_ends_on,
    )
    db.session.add(invitation)
    db.session.flush()
    audit.record(actor, "group.invited", invitation, about=person_id, label=group.name)
    tell([person_id], "group_invitation", group_id, inviter=actor.name, message=invitation.message)
    return invitation


def invitations_for(actor: Actor, group_id: UUID) -> Sequence[Any]:
    """The invitations into a group that wait for an answer. Raises NotFound and Forbidden."""
    group_to_manage(actor, group_id)
    return queries.invitations_into(group_id)


def accept_invitation(actor: Actor, group_invitation_id: UUID) -> GroupMembership:
    """Become a member on an invitation. Raises NotFound for another's, Refused for one that was answered."""
    invitation, group = _own(actor, group_invitation_id)
    if not actor.organisation_ids:
        raise NotNow(
            N_(
                "Only people of a member of the network join its groups."
                " Ask your organisation to admit you first."
            )
        )
    membership = take_in(actor, group, actor.person_id, term_ends_on=invitation.term_ends_on)
    audit.record(actor, "group.invitation_accepted", invitation, label=group.name)
    return membership


def decline_invitation(actor: Actor, group_invitation_id: UUID) -> GroupInvitation:
    """Say no to an invitation. Raises as `accept_invitation` does."""
    invitation, group = _own(actor, group_invitation_id)
    invitation.state, invitation.answered_at = rules.Answer.DECLINED, clock.now()
    audit.record(actor, "group.invitation_declined", invitation, label=group.name)
    return invitation


def withdraw_invitation(actor: Actor, group_invitation_id: UUID) -> GroupInvitation:
    """Take an invitation back. Raises NotFound, Forbidden, and Refused for one that was answered."""
    invitation = queries.invitation_to(actor, group_invitation_id)
    group = group_to_change(actor, invitation.group_id)
    rules.check_open(invitation.state)
    invitation.state, invitation.answered_at = rules.Answer.WITHDRAWN, clock.now()
    about = invitation.person_id
    audit.record(actor, "group.invitation_withdrawn", invitation, about=about, label=group.name)
    return invitation


def _check_can_be_invited(group_id: UUID, person_id: UUID) -> None:
    if queries.affiliation_of(person_id) is None:
        raise Refused(
            N_("Choose somebody who works for a member of the network."), field="person_id"
        )
    if queries.is_current_member(group_id, person_id):
        raise Refused(
            N_("This person is in the group already. Choose somebody else."), field="person_id"
        )
    if queries.open_invitation(group_id, person_id) is not None:
        raise Refused(
            N_("This person is invited already. Choose somebody else, or wait for the answer."),
            field="person_id",
        )


def _own(actor: Actor, group_invitation_id: UUID) -> tuple[GroupInvitation, Group]:
    invitation = queries.invitation_to(actor, group_invitation_id)
    if invitation.person_id != actor.person_id:
        raise NotFound
    rules.check_open(invitation.state)
    door = queries.door_of(actor, invitation.group_id)
    rules.check_active(door.group.state)
    return invitation, door.group
