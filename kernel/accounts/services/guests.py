"""Personal roles for people of no organisation: how a module lets a guest in, and out again.

Who may do it, and what the role opens, the module decides that registered the role.
"""

from uuid import UUID

from sqlalchemy import delete, select

from kernel.accounts import queries
from kernel.accounts.models import Invitation
from kernel.accounts.services import sessions
from kernel.accounts.services.invitations import (
    SENDING_LIMIT,
    give_role,
    invited_account,
    revoke_open,
    send,
)
from kernel.db import db
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account, RoleGrant
from kernel.values import clock
from kernel.web import limits


def let_in(actor: Actor, *, name: str, address: str, role: str, place: str) -> UUID:
    """Give the person at an address a personal role; returns her id.

    Somebody with a password holds it at once. Anybody else gets an account without an organisation, and a
    link by mail, which names the `place` she is let into, with which she opens it. Raises Refused for an
    account that was closed, TooMany after a hundred an hour.
    """
    limits.count(SENDING_LIMIT, str(actor.account_id))
    account, person = invited_account(name, address.lower())
    _open(actor, account, role, place, name=name)
    return person.id


def let_in_again(actor: Actor, person_id: UUID, *, role: str, place: str) -> None:
    """As `let_in`, for somebody known: who never opened her account gets a new link."""
    account = _account_of(person_id)
    if account is not None:
        limits.count(SENDING_LIMIT, str(actor.account_id))
        _open(actor, account, role, place, name=queries.person_by_id(person_id).name)


def let_out(person_id: UUID, role: str) -> None:
    """Take a personal role back with the links to it; where nothing else lets her in, her doors close."""
    db.session.execute(
        delete(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.organisation_id.is_(None),
        )
    )
    account = _account_of(person_id)
    if account is None:
        return
    revoke_open(account.id, None)
    db.session.flush()
    if not queries.has_other_access(person_id, clock.now()):
        sessions.close_account_doors(account.id, tokens=True)


def _open(actor: Actor, account: Account, role: str, place: str, *, name: str) -> None:
    if account.disabled_at is not None:
        raise Refused(
            N_("The account at this address was closed. Ask a network administrator."),
            field="address",
        )
    if account.password_hash is not None:
        give_role(account.person_id, role, None)
        return
    revoke_open(account.id, None)
    invitation = Invitation(
        account_id=account.id, place=place, role=role, name=name, address=account.address
    )
    person = queries.person_by_id(account.person_id)
    send(actor, invitation, account, person, "guest_invitation", {"place": place})


def _account_of(person_id: UUID) -> Account | None:
    return db.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()
