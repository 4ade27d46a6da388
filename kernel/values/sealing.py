"""Secrets at rest: what the database keeps is unreadable without the operator's keys."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBrokenError(ValueError):
    """The sealed bytes were changed, or sealed with a key that is no longer configured."""


class Sealer:
    """Seals with the newest key, opens with any, so that keys can be rotated."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys])

    def seal(self, text: str) -> bytes:
        """Encrypt and authenticate a text."""
        return self.seal_bytes(text.encode())

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt and authenticate bytes."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> str:
        """Return the text; raises SealBrokenError when it is not as it was sealed."""
        return self.open_bytes(sealed).decode()

    def open_bytes(self, sealed: bytes) -> bytes:
        """Return the bytes; raises SealBrokenError when they are not as they were sealed."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SealBrokenError from None


def _derived(key: str) -> bytes:
    """A Fernet key of a configured secret; a key of its own, not the one that signs cookies."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"comitia sealing\0" + key.encode()).digest())
