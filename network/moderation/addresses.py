"""Addresses at which moderators decide on a post: only the mails to them tell it."""

import base64
import hashlib
import hmac
import re
from typing import Final
from uuid import UUID

from kernel.mail.network import mail_network
from kernel.mail.sealing import derived_keys

_PURPOSE: Final = "decision address"
_NAME: Final = "decide"
_FORM: Final = re.compile(rf"{_NAME}\+([a-z2-7]{{26}})([a-z2-7]{{24}})")


def decision_address(post_id: UUID) -> str | None:
    """The address that takes decisions on a post; None where mail in is not configured."""
    domain = mail_network().mail_domain
    if domain is None:
        return None
    return f"{_NAME}+{_text(post_id.bytes)}{_seal(derived_keys(_PURPOSE)[0], post_id)}@{domain}"


def post_of(local_part: str) -> UUID | None:
    """The post whose decisions a local part takes; None for one we did not make."""
    match = _FORM.fullmatch(local_part.lower())
    if match is None:
        return None
    raw = base64.b32decode(match[1].upper() + "======")
    post_id = UUID(bytes=raw)
    seals = (_seal(key, post_id) for key in derived_keys(_PURPOSE))
    return post_id if any(hmac.compare_digest(seal, match[2]) for seal in seals) else None


def _seal(key: bytes, post_id: UUID) -> str:
    """24 letters and digits, 120 bits."""
    return _text(hmac.digest(key, post_id.bytes, hashlib.sha256)[:15])


def _text(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
