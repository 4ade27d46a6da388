"""Changing a password, and getting a new one when the old is forgotten."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.models import ResetRequest
from kernel.accounts.passwords import hash_password, verify_password
from kernel.accounts.rules import LINK_LIFE, check_password
from kernel.accounts.services import sessions
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from kernel.identity.queries import actor_by_person
from kernel.jobs import job
from kernel.mail import Recipient, queue, recipient_of
from kernel.mail.sealing import sealer
from kernel.values import clock
from kernel.web import limits
from kernel.web.limits import Limit

_HOUR = timedelta(hours=1)
RESET_SOURCE_LIMIT = Limit("reset.source", 20, _HOUR)
RESET_ADDRESS_LIMIT = Limit("reset.address", 5, _HOUR)
CHECK_LIMIT = Limit("password.check", 10, timedelta(minutes=15))

_SPENT = N_("This link no longer works. Ask for a new one.")


def ask_for_reset(address: str, *, source: str) -> None:
    """Ask for a link to a new password.

    Nothing is looked up here: a job does, after the answer was given, so that neither the answer
    nor the time it takes tells whether the address is known. Raises TooMany.
    """
    limits.count(RESET_SOURCE_LIMIT, source)
    limits.count(RESET_ADDRESS_LIMIT, address.lower())
    wish = ResetRequest(address=sealer().seal(address.lower()))
    db.session.add(wish)
    db.session.flush()
    send_reset_link.enqueue(request_id=wish.id)


@job("accounts.send_reset_link")
def send_reset_link(*, request_id: UUID) -> None:
    """Mail a link where there is an account with a password; forget the wish in any case."""
    wish = queries.reset_request(request_id)
    if wish is None:
        return
    account = queries.account_by_address(sealer().open(wish.address))
    db.session.delete(wish)
    if account is None or account.password_hash is None or account.disabled_at is not None:
        return
    to = recipient_of(account.person_id, also_suspended=True)
    if to is not None:
        token = links.sign(Purpose.RESET, account, LINK_LIFE)
        queue(to, "password_reset", {"token": token}, message_id=None)


def account_of_reset(token: str) -> Account:
    """The account of a reset link; raises NotFound when the link is spent, too old or not ours."""
    claim = links.read(Purpose.RESET, token)
    account = queries.account_by_id(claim.account_id) if claim else None
    if claim is None or account is None or links.stamp(account, Purpose.RESET) != claim.stamp:
        raise NotFound(_SPENT)
    return account


def reset_password(token: str, password: str) -> None:
    """Set a new password by a reset link, which works once; every session and API token ends.

    Raises NotFound for a link that is spent, Refused for a poor password.
    """
    account = account_of_reset(token)
    person = queries.person_by_id(account.person_id)
    check_password(password, name=person.name, address=account.address)
    if not _replace_hash(account, hash_password(password)):
        raise NotFound(_SPENT)
    sessions.close_account_doors(account.id, tokens=True)
    record(actor_by_person(person.id, clock.now()), "account.password_reset", account, label="")
    _tell(account, person.name)


def change_password(actor: Actor, current: str, password: str, *, device: str) -> str:
    """Change the actor's password; her other sessions end, and this one gets a new token.

    Returns that token. Raises Refused for a wrong current or a poor new password.
    """
    account = checked_account(actor, current, field="current")
    check_password(password, name=actor.name, address=account.address)
    if not _replace_hash(account, hash_password(password)):
        raise NotNow(N_("Your password was changed elsewhere just now. Sign in again."))
    sessions.close_account_doors(account.id, tokens=False)
    record(actor, "account.password_changed", account, label="")
    _tell(account, actor.name)
    return sessions.begin(account, device)


def checked_account(actor: Actor, password: str, *, field: str) -> Account:
    """The actor's account, once her password has proved that it is she.

    Raises Refused on the field, and TooMany after ten wrong ones within 15 minutes.
    """
    limits.count(CHECK_LIMIT, str(actor.account_id))
    account = queries.account_by_id(actor.account_id)
    if account is None:
        raise NotFound
    if not verify_password(account.password_hash, password):
        raise Refused(N_("This is not your present password. Enter it again."), field=field)
    limits.clear(CHECK_LIMIT, str(actor.account_id))
    return account


def _replace_hash(account: Account, new: str) -> bool:
    """Replace the password it was asked for, and no other: of two at once, one succeeds."""
    spent = db.session.execute(
        update(Account)
        .where(Account.id == account.id, Account.password_hash == account.password_hash)
        .values(password_hash=new, version=Account.version + 1)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.refresh(account)
    return len(spent) == 1


def _tell(account: Account, name: str) -> None:
    to = recipient_of(account.person_id) or Recipient(account.address, name)
    queue(to, "password_changed", {"at": clock.now()})
