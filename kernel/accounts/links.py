"""Signed links in mails: each for one purpose, one tenant, one account, and one state of it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from kernel.db.scope import require_scope
from kernel.identity.models import Account
from kernel.values import clock


class Purpose(StrEnum):
    """What a link is for; a link of one purpose opens nothing else."""

    RESET = "reset"
    ADDRESS = "address"
    INVITATION = "invitation"
    SECOND_STEP = "second-step"


@dataclass(frozen=True)
class Claim:
    """What a good link says: whose it is, the state it was made for, and one value of its own."""

    account_id: UUID
    stamp: str
    value: str


def stamp(account: Account, purpose: Purpose) -> str:
    """A digest of what a link depends on: password, address and confirmation.

    When one of them changes, every link made before is spent. An invitation depends on the address
    alone: it is spent by its own secret, and who accepts one, choosing a password, keeps the others.
    """
    confirmed = account.confirmed_at.isoformat() if account.confirmed_at else ""
    parts: tuple[str, ...] = (account.address,)
    if purpose is not Purpose.INVITATION:
        parts = (account.password_hash or "", account.address, confirmed)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def sign(purpose: Purpose, account: Account, life: timedelta, value: str = "") -> str:
    """Make the token of a link that is good for `life`."""
    expires = int((clock.now() + life).timestamp())
    parts = [require_scope().tenant, account.id.hex, stamp(account, purpose), expires, value]
    return str(_serializer(purpose).dumps(parts))


def read(purpose: Purpose, token: str) -> Claim | None:
    """Return what a token claims, or None when it is not ours, not for this, or too old.

    Whether the account is still as it was when the link was made is told by its `stamp`.
    """
    try:
        tenant, account, made_for, expires, value = _serializer(purpose).loads(token)
    except BadData:
        return None
    if tenant != require_scope().tenant or clock.now().timestamp() >= expires:
        return None
    return Claim(UUID(account), made_for, value)


def _serializer(purpose: Purpose) -> URLSafeSerializer:
    """Keys oldest first, as itsdangerous wants them: the last one signs."""
    keys = [str(key) for key in reversed(current_app.config["KEYS"])]
    return URLSafeSerializer(
        keys, salt=f"comitia.{purpose}", signer_kwargs={"digest_method": hashlib.sha256}
    )
