"""The sender on the envelope of each mail: it tells which mail it was that came back (VERP).

The address names the mail by its id, with a code that only we can make: nobody can claim that somebody
else's mail came back.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from kernel.mail.sealing import derived_keys

BOUNCE: Final = "bounce"
_PURPOSE: Final = "bounce address"
_CODE: Final = 9
_FORM: Final = re.compile(rf"{BOUNCE}\+([a-z2-7]{{40}})")


def local_part(mail_id: UUID) -> str:
    """The local part of the envelope sender of one mail."""
    return _made(mail_id, derived_keys(_PURPOSE)[0])


def mail_id_in(local: str) -> UUID | None:
    """The mail a local part names; None where we did not make it, under none of our keys."""
    return read(local, derived_keys(_PURPOSE))


def read(local: str, keys: Sequence[bytes]) -> UUID | None:
    """As `mail_id_in`, under given keys."""
    found = _FORM.fullmatch(local.lower())
    if found is None:
        return None
    try:
        mail_id = UUID(bytes=base64.b32decode(found.group(1).upper())[:16])
    except (binascii.Error, ValueError):
        return None
    candidates = (_made(mail_id, key) for key in keys)
    return mail_id if any(hmac.compare_digest(each, local.lower()) for each in candidates) else None


def _made(mail_id: UUID, key: bytes) -> str:
    code = hmac.digest(key, mail_id.bytes, hashlib.sha256)[:_CODE]
    return f"{BOUNCE}+{base64.b32encode(mail_id.bytes + code).decode().lower()}"
