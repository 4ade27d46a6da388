"""What every place that keeps file bytes can do, and the keys they are kept under."""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from kernel.errors import N_, DomainError

CHUNK = 64 * 1024
"""Bytes handed over at a time when a file is read."""

_KEY = re.compile(r"[1-9][0-9]*/[0-9a-f]{40}")


class FileMissing(LookupError):
    """No bytes are kept under the key."""


class StorageUnavailable(DomainError):
    """The place that keeps the bytes does not answer; trying again later may work."""

    code = "storage_unavailable"
    status = 503

    def __init__(self) -> None:
        super().__init__(N_("Files cannot be reached at the moment. Try again in a few minutes."))


class FileStorage(Protocol):
    """A place for bytes. Every method raises `StorageUnavailable` when it cannot be reached."""

    def put(self, key: str, stream: BinaryIO) -> None:
        """Keep everything from the stream's position to its end; whole or not at all."""

    def get(self, key: str) -> Iterator[bytes]:
        """Yield the bytes in chunks; raise `FileMissing` before the first one."""

    def delete(self, key: str) -> None:
        """Forget the bytes; nothing happens when there are none."""

    def exists(self, key: str) -> bool:
        """Tell whether bytes are kept under the key."""

    def keys(self, tenant_id: int, before: datetime) -> Iterator[str]:
        """Yield the keys of a tenant whose bytes were put before a moment, in any order."""

    def discard_parts(self, tenant_id: int, before: datetime) -> None:
        """Forget what writing that never came to its end left behind before a moment."""


def new_key(tenant_id: int) -> str:
    """Make a key that begins with the tenant and cannot be guessed (160 random bits)."""
    return f"{tenant_id}/{secrets.token_hex(20)}"


def is_key(text: str) -> bool:
    """Whether `new_key` could have made this."""
    return _KEY.fullmatch(text) is not None


def checked(key: str) -> str:
    """Return the key when `new_key` could have made it, else raise ValueError.

    Backends call this first, so that no key can walk out of the folder or bucket.
    """
    if not is_key(key):
        raise ValueError("not a file key")
    return key
