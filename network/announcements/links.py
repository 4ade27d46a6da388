"""The links in mails at which one acknowledges an announcement without signing in.

A link is signed for one person, one announcement and the mailbox it went to: it opens nothing else, and
nothing of it is kept.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

from kernel.db.scope import require_scope
from kernel.mail.network import mail_network
from kernel.mail.sealing import address_digest, derived_keys
from kernel.values import clock

LIFE: Final = timedelta(days=90)
"""How long a link works; each reminder brings another."""
_BYTES: Final = 16 + 16 + 16 + 4
"""Announcement, person, mailbox, and the second it expires."""


@dataclass(frozen=True)
class Claim:
    """What a link of ours says, whether it still works or not."""

    announcement_id: UUID
    person_id: UUID
    mailbox: bytes
    is_over: bool


def acknowledge_link(announcement_id: UUID, person_id: UUID, address: str) -> str:
    """The full address at which a person acknowledges, for a mail to one of her addresses."""
    expires = int((clock.now() + LIFE).timestamp())
    parts = (
        announcement_id.bytes,
        person_id.bytes,
        address_digest(address),
        expires.to_bytes(4, "big"),
    )
    claim = base64.urlsafe_b64encode(b"".join(parts)).rstrip(b"=")
    token = _signer().sign(claim).decode()
    return mail_network().link("announcements.acknowledge_by_mail", token=token)


def claim_of(token: str) -> Claim | None:
    """What a token says; None for one that we did not make, or made for another network."""
    try:
        raw = base64.urlsafe_b64decode(_signer().unsign(token) + b"==")
    except (BadSignature, binascii.Error, UnicodeError):
        return None
    if len(raw) != _BYTES:
        return None
    expires = int.from_bytes(raw[48:], "big")
    return Claim(
        announcement_id=UUID(bytes=raw[:16]),
        person_id=UUID(bytes=raw[16:32]),
        mailbox=raw[32:48],
        is_over=clock.now().timestamp() >= expires,
    )


def _signer() -> Signer:
    """Keys oldest first, as itsdangerous wants them: the last one signs."""
    keys = list(reversed(derived_keys("announcement")))
    salt = f"acknowledge {require_scope().tenant}"
    return Signer(keys, salt=salt, digest_method=hashlib.sha256)
