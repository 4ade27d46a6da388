"""Accepting an invitation: its link works once, and admits whom it was sent to."""

from sqlalchemy import update

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.models import Invitation
from kernel.accounts.passwords import hash_password
from kernel.accounts.rules import check_password
from kernel.accounts.services.arrivals import arrived
from kernel.accounts.services.invitations import SPENT, Offer, offer_of, roles_to_give, told_of
from kernel.audit import record
from kernel.db import db
from kernel.errors import NotFound
from kernel.events import emit
from kernel.events.people import PersonChanged, RoleChanged
from kernel.identity.grants import give_role
from kernel.identity.models import Account, Affiliation, Membership
from kernel.identity.permissions import KernelPermission
from kernel.identity.queries import MEMBER, actor_by_person
from kernel.mail.network import mail_network
from kernel.values import clock
from kernel.values.sorting import sort_key
from kernel.web.visitors import digest


def offer_of_link(token: str) -> Offer:
    """What a link offers.

    Raises NotFound when it is spent, revoked, too old or not ours, or when whoever sent it may no longer
    admit people there or give that role.
    """
    claim = links.read(Purpose.INVITATION, token)
    invitation = queries.invitation_by_digest(digest(claim.value)) if claim else None
    if claim is None or invitation is None or invitation.account_id != claim.account_id:
        raise NotFound(SPENT)
    offer = offer_of(invitation)
    stands = (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.expires_at > clock.now()
        and links.stamp(offer.account, Purpose.INVITATION) == claim.stamp
        and offer.account.disabled_at is None
        and (offer.organisation is None or offer.organisation.membership == Membership.ACTIVE)
        and _may_still_invite(invitation)
    )
    if not stands:
        raise NotFound(SPENT)
    return offer


def accept(token: str, *, name: str | None = None, password: str | None = None) -> Account:
    """Accept an invitation: its link works once, and admits the person with the role offered.

    Somebody new chooses a password and may correct her name; both are ignored for an account that
    has a password. Raises NotFound for a link that no longer works, Refused for a poor password.
    """
    offer = offer_of_link(token)
    called = name or offer.person.name
    if offer.needs_password:
        check_password(password or "", name=called, address=offer.account.address)
    if not _spend(offer.invitation):
        raise NotFound(SPENT)
    if offer.needs_password:
        _open_account(offer, called, password or "")
    _admit(offer)
    arrived(offer.invitation.role, offer.invitation.id, offer.person.id)
    emit(PersonChanged(offer.person.id))
    record(
        actor_by_person(offer.person.id, clock.now()),
        "invitation.accepted",
        offer.invitation,
        after=told_of(offer.invitation),
        label=offer.place,
    )
    return offer.account


def _may_still_invite(invitation: Invitation) -> bool:
    """An invitation is worth what its sender may do now; the operator's always stands.

    A personal one stands until whoever keeps its place takes it back.
    """
    if invitation.invited_by is None or invitation.organisation_id is None:
        return True
    inviter = actor_by_person(invitation.invited_by, clock.now())
    return (
        inviter is not None
        and inviter.can(KernelPermission.PEOPLE_ADMIT, invitation.organisation_id)
        and invitation.role in roles_to_give(inviter, invitation.organisation_id)
    )


def _spend(invitation: Invitation) -> bool:
    """Of many attempts at once with one link, one succeeds."""
    now = clock.now()
    spent = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(accepted_at=now)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(spent) == 1


def _open_account(offer: Offer, name: str, password: str) -> None:
    offer.person.name = name
    offer.person.sort_key = sort_key(name)
    offer.account.password_hash = hash_password(password)
    offer.account.confirmed_at = clock.now()
    db.session.flush()


def _admit(offer: Offer) -> None:
    """Affiliate the person and grant the role, which ends with the affiliation; a personal one stays."""
    now = clock.now()
    person_id, organisation_id = offer.person.id, offer.invitation.organisation_id
    if organisation_id and not queries.current_affiliation(person_id, organisation_id, now):
        db.session.add(
            Affiliation(
                person_id=person_id,
                organisation_id=organisation_id,
                role=offer.invitation.job_title,
                began_on=clock.today(mail_network().time_zone),
            )
        )
    if offer.invitation.role != MEMBER:
        give_role([person_id], offer.invitation.role, organisation_id)
        if organisation_id is not None:
            emit(RoleChanged(person_id, organisation_id, offer.invitation.role))
    db.session.flush()
