"""What a good password is, which codes are right, and where a sign-in may lead."""

import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pyotp

from kernel.errors import N_, Refused

SHORTEST_PASSWORD = 12
INVITATION_LIFE = timedelta(days=2)
LINK_LIFE = timedelta(hours=2)
SECOND_STEP_LIFE = timedelta(minutes=10)
RECOVERY_CODES = 10

_STEP_SECONDS = 30
# One step of clock drift either way, as RFC 6238 (5.2) recommends.
_DRIFT = 1
# Without letters and digits that are taken for one another when written down.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def check_password(password: str, *, name: str, address: str) -> None:
    """Refuse passwords that are guessed first; length counts, not kinds of characters.

    Raises Refused on the field `password`. NIST SP 800-63B asks for no composition rules, and to
    refuse what repeats or is made of the person's own name.
    """
    folded = password.casefold()
    own = [address.partition("@")[0], *name.split()]
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            N_("Enter a password of at least %(count)s characters; several words are fine."),
            field="password",
            count=SHORTEST_PASSWORD,
        )
    if len(set(folded)) < 5:
        raise Refused(
            N_("Enter a password with more different characters; this one repeats a few."),
            field="password",
        )
    rest = folded
    for word in own:
        if len(word) >= 3:
            rest = rest.replace(word.casefold(), "")
    if len(rest) < SHORTEST_PASSWORD // 2:
        raise Refused(
            N_("Enter a password that is not made of your own name or address."),
            field="password",
        )


def matching_counter(secret: str, code: str, at: datetime) -> int | None:
    """Return the 30-second step a TOTP code (RFC 6238) belongs to, or None when it is wrong."""
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    generator = pyotp.HOTP(secret)
    present = int(at.timestamp()) // _STEP_SECONDS
    for counter in range(present - _DRIFT, present + _DRIFT + 1):
        if hmac.compare_digest(generator.at(counter), digits):
            return counter
    return None


def new_recovery_code() -> str:
    """Make a code of 60 bits in three groups, to be written down."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def typed_recovery_code(text: str) -> str:
    """Return a code as `new_recovery_code` made it from however it was typed."""
    letters = "".join(char for char in text.lower() if char in _ALPHABET)
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def safe_target(target: str | None) -> str | None:
    """Return a path of this host, or None for anything that could lead elsewhere.

    Browsers read `//host`, `/\\host` and paths with control characters as other hosts.
    """
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(char) < 33 for char in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
