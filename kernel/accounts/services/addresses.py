"""Changing the mail address: asked for at the old one, confirmed at the new one."""

from datetime import timedelta

from sqlalchemy import update

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.rules import LINK_LIFE
from kernel.accounts.services.passwords import checked_account
from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from kernel.identity.queries import actor_by_person
from kernel.mail import Recipient, bounces, queue, recipient_of
from kernel.values import clock
from kernel.web import limits
from kernel.web.limits import Limit

ADDRESS_LIMIT = Limit("address.change", 5, timedelta(hours=1))

_SPENT = N_("This link no longer works. Ask for a new one.")

explain(
    "uq_account_tenant_id_address",
    N_("This address cannot be used. Enter another one."),
    field="address",
)


def ask_for_address(actor: Actor, password: str, address: str) -> None:
    """Mail a confirmation link to the new address; nothing changes until it is followed.

    The answer is the same whether or not somebody else uses the address. Raises Refused for a
    wrong password or the present address, TooMany after five an hour.
    """
    account = checked_account(actor, password, field="password")
    limits.count(ADDRESS_LIMIT, str(actor.account_id))
    if address.lower() == account.address:
        raise Refused(N_("This is your address already. Enter another one."), field="address")
    token = links.sign(Purpose.ADDRESS, account, LINK_LIFE, value=address.lower())
    to = Recipient(address.lower(), actor.name, actor.language, actor.time_zone, actor.person_id)
    queue(to, "address_confirm", {"token": token})


def ask_to_confirm(actor: Actor) -> None:
    """Mail a link to the address the account has, to prove that mail arrives there.

    Raises TooMany after five an hour.
    """
    account = queries.account_by_id(actor.account_id)
    if account is None:
        raise NotFound
    limits.count(ADDRESS_LIMIT, str(actor.account_id))
    token = links.sign(Purpose.ADDRESS, account, LINK_LIFE, value=account.address)
    to = Recipient(account.address, actor.name, actor.language, actor.time_zone, actor.person_id)
    queue(to, "address_check", {"token": token})


def address_of_link(token: str) -> tuple[Account, str]:
    """The account and the new address of a link; raises NotFound when the link no longer works."""
    claim = links.read(Purpose.ADDRESS, token)
    account = queries.account_by_id(claim.account_id) if claim else None
    if claim is None or account is None or links.stamp(account, Purpose.ADDRESS) != claim.stamp:
        raise NotFound(_SPENT)
    return account, claim.value


def confirm_address(token: str) -> None:
    """Make the address of a link the account's, and tell the old one where it was another.

    Mail is sent to it again if it had stopped. The link works once. Raises NotFound when it no longer
    does; an address somebody took meanwhile is refused by the database.
    """
    account, address = address_of_link(token)
    old = recipient_of(account.person_id)
    former = account.address
    changed = db.session.execute(
        update(Account)
        .where(Account.id == account.id, Account.address == former)
        .values(address=address, confirmed_at=clock.now(), version=Account.version + 1)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    ).all()
    if len(changed) != 1:
        raise NotFound(_SPENT)
    db.session.refresh(account)
    bounces.reset(account.id)
    actor = actor_by_person(account.person_id, clock.now())
    if address == former:
        record(actor, "account.address_confirmed", account, label="")
        return
    record(
        actor,
        "account.address_changed",
        account,
        {"address": former},
        {"address": address},
        personal=("address",),
        about=account.person_id,
        label="",
    )
    if old is not None:
        queue(old, "address_changed", {"at": clock.now()})
