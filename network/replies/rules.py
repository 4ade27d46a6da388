"""How the addresses look by which topics are answered and opened."""

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final

TOKEN_LIFE: Final = timedelta(days=180)
RENEWED: Final = timedelta(days=90)
"""A token with less than this left is replaced: whatever we mail can be answered for so long."""
KEPT: Final = timedelta(days=365)
"""How long an expired token is known, so that its owner is told what happened to her answer."""

REPLY: Final = "reply"
_LONGEST: Final = 40
_RESERVED: Final = frozenset(
    {
        *(
            "abuse",
            "admin",
            "administrator",
            "bounce",
            "ftp",
            "hostmaster",
            "info",
            "mailer-daemon",
        ),
        *("marketing", "no-reply", "noc", "noreply", "postmaster", "reply", "root", "sales"),
        *("secretariat", "security", "support", "usenet", "webmaster", "www"),
    }
)
"""Mailboxes with a meaning of their own (RFC 2142 among them), and those of Comitia itself."""


def token_of(key: bytes, seed: bytes) -> str:
    """The token of a seed under one of the configured keys: 24 letters and digits, 120 bits."""
    return base64.b32encode(hmac.digest(key, seed, hashlib.sha256)[:15]).decode().lower()


def digest_of(token: str) -> bytes:
    """What is kept of a token. Mail servers may change the case of an address."""
    return hashlib.sha256(token.lower().encode()).digest()


def reply_local_part(token: str) -> str:
    """The local part of the address with a token."""
    return f"{REPLY}+{token}"


def token_in(local_part: str) -> str | None:
    """The token in a local part; None where it is no reply address."""
    name, plus, token = local_part.lower().partition("+")
    return token if name == REPLY and plus and re.fullmatch(r"[a-z2-7]{24}", token) else None


def is_fresh(expires_at: datetime, now: datetime) -> bool:
    """Whether a token may still be put into a mail."""
    return expires_at - now > RENEWED


def slug(name: str) -> str:
    """A readable local part of a group's name: ASCII letters, digits and hyphens.

    A name without any, for example one in Arabic, becomes "group".
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    return "group" if not made or made in _RESERVED else made


def mailbox_name(name: str, *, secret: str, guessable: bool, taken: bool) -> str:
    """The local part of a group's address.

    A group that not everybody may know of gets a random ending, so that no guess at an address tells
    that there is such a group; so does one whose readable name is taken.
    """
    readable = slug(name)
    return readable if guessable and not taken else f"{readable}-{secret}"
