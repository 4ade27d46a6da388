"""Inviting people into an organisation; `accepting` is what happens when they follow the link."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.models import Invitation
from kernel.accounts.rules import INVITATION_LIFE
from kernel.accounts.services.invited import invited_account
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account, Membership, Organisation, Person
from kernel.identity.permissions import KernelPermission, Reach, known_roles
from kernel.identity.queries import MEMBER
from kernel.mail import Recipient, queue
from kernel.values import clock
from kernel.web import limits
from kernel.web.limits import Limit
from kernel.web.visitors import digest

SENDING_LIMIT = Limit("invitation.sender", 100, timedelta(hours=1))
SPENT = N_("This invitation no longer works. Ask whoever invited you to send it again.")


@dataclass(frozen=True)
class Offer:
    """An invitation as the person invited sees it; a personal one leads into no organisation."""

    invitation: Invitation
    account: Account
    person: Person
    organisation: Organisation | None

    @property
    def needs_password(self) -> bool:
        """Whether this is her first: somebody with a password keeps it."""
        return self.account.password_hash is None

    @property
    def place(self) -> str:
        """The name of what it leads into."""
        return self.organisation.name if self.organisation else self.invitation.place or ""


def organisation_for(actor: Actor, organisation_id: UUID) -> Organisation:
    """An organisation whose people the actor admits; raises NotFound for any other."""
    organisation = queries.organisation_by_id(organisation_id)
    if organisation is None or not actor.can(KernelPermission.PEOPLE_ADMIT, organisation_id):
        raise NotFound
    return organisation


def roles_to_give(actor: Actor, organisation_id: UUID) -> list[str]:
    """The roles the actor may give in an organisation, the plainest first.

    A network administrator gives any; an EMB administrator those that reach no further than her
    organisation; a focal point admits members.
    """
    roles = known_roles()
    if actor.can(KernelPermission.ROLES_MANAGE):
        return [
            MEMBER,
            *sorted(name for name in roles if name != MEMBER and not roles[name].personal),
        ]
    administers = any(
        held.role == "emb_administrator" and held.organisation_id == organisation_id
        for held in actor.held_roles
    )
    if administers:
        inside = (name for name, role in roles.items() if role.reach is Reach.ORGANISATION)
        return [MEMBER, *sorted(inside)]
    return [MEMBER]


def invite(
    actor: Actor,
    organisation_id: UUID,
    *,
    name: str,
    address: str,
    role: str = MEMBER,
    job_title: str = "",
) -> Invitation:
    """Invite somebody into an organisation by mail.

    An address that has an account already keeps its person and password; its owner sees the offer as
    anybody else does, and the actor is shown what she typed until it is accepted. Raises NotFound for an
    organisation the actor does not admit to, Refused where the role is not hers to give, the organisation
    is no active member, or the person is in it and has a password already; TooMany after a hundred an hour.
    """
    organisation = organisation_for(actor, organisation_id)
    if organisation.membership != Membership.ACTIVE:
        raise NotNow(
            N_(
                "Nobody is invited to an organisation that is not an active member."
                " Ask an administrator to make it one first."
            )
        )
    if role not in roles_to_give(actor, organisation_id):
        raise Refused(N_("Choose a role you may give."), field="role")
    limits.count(SENDING_LIMIT, str(actor.account_id))
    account, person = invited_account(name, address.lower())
    is_in = queries.current_affiliation(person.id, organisation_id, clock.now())
    if is_in and account.password_hash is not None:
        raise Refused(
            N_("This person is in the organisation already. Enter another address."),
            field="address",
        )
    revoke_open(account.id, organisation_id)
    invitation = Invitation(
        account_id=account.id,
        organisation_id=organisation_id,
        name=name,
        address=address.lower(),
        role=role,
        job_title=job_title,
    )
    return _send(actor, organisation, account, person, invitation)


def invite_first_administrator(address: str) -> Invitation:
    """Send the link that opens the account the operator made together with a network.

    Raises NotFound for an address without an account here, Refused once it has a password.
    """
    account = queries.account_by_address(address)
    affiliation = queries.first_affiliation(account.person_id, clock.now()) if account else None
    if account is None or affiliation is None:
        raise NotFound(N_("Nobody with this address belongs to the network."))
    if account.password_hash is not None:
        raise NotNow(N_("This account is open already. Its owner can reset the password."))
    organisation_id = affiliation.organisation_id
    organisation = queries.organisation_by_id(organisation_id)
    if organisation is None:
        raise NotFound
    revoke_open(account.id, organisation_id)
    held = sorted(queries.roles_in(account.person_id, organisation_id))
    person = queries.person_by_id(account.person_id)
    invitation = Invitation(
        account_id=account.id,
        organisation_id=organisation_id,
        name=person.name,
        address=account.address,
        role=held[0] if held else MEMBER,
        job_title=affiliation.role,
    )
    return _send(None, organisation, account, person, invitation)


def resend(actor: Actor, invitation_id: UUID) -> Invitation:
    """Send an open or expired invitation again with a new link; the old link stops working."""
    offer, organisation = _open_offer(actor, invitation_id)
    limits.count(SENDING_LIMIT, str(actor.account_id))
    old = offer.invitation
    revoke_open(old.account_id, organisation.id)
    again = Invitation(
        account_id=old.account_id,
        organisation_id=old.organisation_id,
        name=old.name,
        address=old.address,
        role=old.role,
        job_title=old.job_title,
    )
    return _send(actor, organisation, offer.account, offer.person, again)


def revoke(actor: Actor, invitation_id: UUID) -> UUID:
    """Take an invitation back; its link stops working at once. Returns the organisation's id."""
    offer, organisation = _open_offer(actor, invitation_id)
    revoke_open(offer.account.id, organisation.id)
    record(actor, "invitation.revoked", offer.invitation, label=organisation.name)
    return organisation.id


def _send(
    actor: Actor | None,
    organisation: Organisation,
    account: Account,
    person: Person,
    invitation: Invitation,
) -> Invitation:
    place = {"organisation": organisation.name}
    return send(actor, invitation, account, person, "invitation", place)


def send(
    actor: Actor | None,
    invitation: Invitation,
    account: Account,
    person: Person,
    template: str,
    context: Mapping[str, Any],
) -> Invitation:
    """Give an invitation its secret, keep it and mail the link; `context` names what it leads into."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    invitation.digest = digest(secret)
    invitation.invited_by = actor.person_id if actor else None
    invitation.created_at, invitation.expires_at = now, now + INVITATION_LIFE
    db.session.add(invitation)
    record(
        actor,
        "invitation.sent",
        invitation,
        after=told_of(invitation),
        label=next(iter(context.values())),
    )
    token = links.sign(Purpose.INVITATION, account, INVITATION_LIFE, value=secret)
    queue(
        Recipient(account.address, person.name, person.language, person.time_zone, person.id),
        template,
        {
            "token": token,
            "inviter": actor.name if actor else None,
            "expires_at": invitation.expires_at,
            **context,
        },
    )
    return invitation


def told_of(invitation: Invitation) -> dict[str, str | None]:
    """What the trail says of an invitation: where it leads, and with which role."""
    organisation_id = invitation.organisation_id
    return {
        "organisation": str(organisation_id) if organisation_id else None,
        "role": invitation.role,
    }


def offer_of(invitation: Invitation) -> Offer:
    """An invitation with whom it is for; raises NotFound where she or the organisation is gone."""
    account = queries.account_by_id(invitation.account_id)
    organisation_id = invitation.organisation_id
    organisation = queries.organisation_by_id(organisation_id) if organisation_id else None
    if account is None or (organisation_id is not None and organisation is None):
        raise NotFound(SPENT)
    return Offer(invitation, account, queries.person_by_id(account.person_id), organisation)


def _open_offer(actor: Actor, invitation_id: UUID) -> tuple[Offer, Organisation]:
    invitation = queries.invitation_by_id(invitation_id)
    if invitation is None or invitation.organisation_id is None:
        raise NotFound
    organisation = organisation_for(actor, invitation.organisation_id)
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise NotNow(
            N_(
                "This invitation was accepted or taken back already. Invite again if that is needed."
            )
        )
    if invitation.role not in roles_to_give(actor, invitation.organisation_id):
        raise NotNow(
            N_("This invitation gives a role that is not yours to give. Ask an administrator.")
        )
    return offer_of(invitation), organisation


def revoke_open(account_id: UUID, organisation_id: UUID) -> None:
    """Let the open invitations of an account into an organisation work no more."""
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.account_id == account_id,
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session=False)
    )
