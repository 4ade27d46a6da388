"""Signing in: the password, then the second factor where there is one.

Known and unknown addresses are treated alike: the same counters, the same queries, one hash
verified. Attempts are counted before they are made, by address (whether it is known or not) and by
where they come from; successes are taken back.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.models import RecoveryCode
from kernel.accounts.passwords import hash_password, needs_new_hash, verify_password
from kernel.accounts.rules import (
    SECOND_STEP_LIFE,
    matching_counter,
    typed_recovery_code,
)
from kernel.accounts.services import sessions
from kernel.db import db
from kernel.errors import N_, NotNow, Refused
from kernel.identity.models import Account
from kernel.mail.sealing import sealer
from kernel.values import clock
from kernel.web import limits
from kernel.web.limits import Limit

_WINDOW = timedelta(minutes=15)
ADDRESS_LIMIT = Limit("sign-in.address", 10, _WINDOW)
SOURCE_LIMIT = Limit("sign-in.source", 10, _WINDOW)
CODE_LIMIT = Limit("sign-in.code", 10, _WINDOW)


@dataclass(frozen=True)
class SignedIn:
    """The way is open: the token of the new session."""

    token: str


@dataclass(frozen=True)
class CodeNeeded:
    """The password was right; this ticket, and a code, open the way."""

    ticket: str


def sign_in(address: str, password: str, *, source: str, device: str) -> SignedIn | CodeNeeded:
    """Check an address and its password.

    `source` is where the attempt comes from. Raises Refused, in the same words for every reason,
    and TooMany after ten failures of the address or the source within 15 minutes.
    """
    address = address.lower()
    limits.count(SOURCE_LIMIT, source)
    limits.count(ADDRESS_LIMIT, address)
    account = queries.account_by_address(address)
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        raise Refused(
            N_("The address or the password is not right. Check both and try again."),
            field="password",
        )
    limits.clear(ADDRESS_LIMIT, address)
    limits.forgive(SOURCE_LIMIT, source)
    _renew_hash(account, password)
    if account.totp_secret is not None:
        return CodeNeeded(links.sign(Purpose.SECOND_STEP, account, SECOND_STEP_LIFE))
    return SignedIn(sessions.begin(account, device))


def second_step(ticket: str, code: str, *, device: str) -> SignedIn:
    """Check the code of the second factor, or a recovery code in its place.

    Raises Refused for a wrong or spent code and for a ticket that no longer stands, TooMany after
    ten attempts on the account within 15 minutes.
    """
    account = account_of_ticket(ticket)
    if account is None:
        raise NotNow(N_("This took too long. Start again with your address and password."))
    limits.count(CODE_LIMIT, str(account.id))
    if not spend_code(account, code):
        raise Refused(
            N_("This code is not right or was used before. Enter the one your app shows now."),
            field="code",
        )
    limits.clear(CODE_LIMIT, str(account.id))
    return SignedIn(sessions.begin(account, device))


def account_of_ticket(ticket: str) -> Account | None:
    """The account whose password was right a moment ago, if nothing changed since."""
    claim = links.read(Purpose.SECOND_STEP, ticket)
    account = queries.account_by_id(claim.account_id) if claim else None
    if claim is None or account is None or account.disabled_at is not None:
        return None
    return account if links.stamp(account, Purpose.SECOND_STEP) == claim.stamp else None


def spend_code(account: Account, code: str) -> bool:
    """Spend a TOTP code or a recovery code; of many attempts at once with one code, one succeeds."""
    if account.totp_secret is None:
        return False
    counter = matching_counter(sealer().open(account.totp_secret), code, clock.now())
    if counter is not None:
        return _spend_counter(account.id, counter)
    return _spend_recovery_code(account.id, code)


def recovery_digest(code: str) -> bytes:
    """How recovery codes are kept: random enough that a plain hash suffices."""
    return hashlib.sha256(typed_recovery_code(code).encode()).digest()


def _spend_counter(account_id: UUID, counter: int) -> bool:
    spent = db.session.execute(
        update(Account)
        .where(Account.id == account_id, Account.totp_counter < counter)
        .values(totp_counter=counter)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(spent) == 1


def _spend_recovery_code(account_id: UUID, code: str) -> bool:
    spent = db.session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.digest == recovery_digest(code))
        .returning(RecoveryCode.id)
    ).all()
    return len(spent) == 1


def _renew_hash(account: Account, password: str) -> None:
    """Hash anew when the configured cost has changed since the password was set."""
    if account.password_hash is not None and needs_new_hash(account.password_hash):
        account.password_hash = hash_password(password)
        db.session.flush()
