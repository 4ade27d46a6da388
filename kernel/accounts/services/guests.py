"""Personal roles for people of no organisation: how a module lets a guest in, and out again.

Who may do it, and what the role opens, the module decides that registered the role.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from kernel.accounts import queries
from kernel.accounts.models import Invitation
from kernel.accounts.services import sessions
from kernel.accounts.services.invitations import SENDING_LIMIT, send
from kernel.accounts.services.invited import invited_account
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.grants import give_role
from kernel.identity.models import Account, RoleGrant
from kernel.values import clock
from kernel.web import limits


def invite(
    actor: Actor,
    *,
    name: str,
    address: str,
    role: str,
    place: str,
    last_day: date,
    instead_of: Collection[UUID],
) -> Invitation:
    """Offer the person at an address a personal role, by a link that names the `place` it leads into.

    Mail and page say that she is a guest there to the end of her `last_day` by the calendar of the network.
    Everybody gets the same mail and accepts in the same way, whoever is known at the address: nothing
    tells the actor. Who has no account opens one. Of the invitations `instead_of`, those to the same
    address work no more. Raises TooMany after a hundred an hour.
    """
    limits.count(SENDING_LIMIT, str(actor.account_id))
    account, person = invited_account(name, address.lower())
    _end(Invitation.id.in_(instead_of), Invitation.account_id == account.id)
    invitation = Invitation(
        account_id=account.id,
        place=place,
        last_day=last_day,
        role=role,
        name=name,
        address=address.lower(),
    )
    context = {"place": place, "last_day": last_day}
    return send(actor, invitation, account, person, "guest_invitation", context)


def open_invitations(invitation_ids: Collection[UUID]) -> Sequence[Invitation]:
    """Those of the invitations that were neither accepted nor taken back, expired ones among them."""
    statement = (
        select(Invitation)
        .where(
            Invitation.id.in_(invitation_ids),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.name, Invitation.id)
    )
    return db.session.scalars(statement).all()


def take_back(invitation_id: UUID) -> None:
    """Let the link of an invitation work no more."""
    _end(Invitation.id == invitation_id)


def let_in_again(person_id: UUID, role: str) -> None:
    """Give a guest of before her personal role again."""
    give_role([person_id], role)


def let_out(person_id: UUID, role: str) -> None:
    """Take a personal role back; where nothing else lets her in, her doors close."""
    db.session.execute(
        delete(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.organisation_id.is_(None),
        )
    )
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person_id))
    db.session.flush()
    if account_id is not None and not queries.has_other_access(person_id, clock.now()):
        sessions.close_account_doors(account_id, tokens=True)


def _end(*conditions: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Invitation)
        .where(*conditions, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session=False)
    )
