"""What an entry looks like as plain values, and how the chain's digests are computed."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

ENCRYPTED = "encrypted"
"""A value {"encrypted": token} stands for a personal value under its person's key."""

GENESIS = bytes(32)
"""What the first link follows."""


@dataclass(frozen=True)
class StoredEntry:
    """An entry exactly as the database holds it; what a digest is computed over."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    action: str
    object_kind: str
    object_id: str
    object_label: str
    about_id: UUID | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def plain(value: Any) -> Any:
    """A value as JSON keeps it unchanged: dates, decimals and ids become text.

    Raises TypeError for a float, which does not come back from a database as it went in.
    """
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return str(value)
        case UUID() | Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case set() | frozenset():
            return sorted(plain(inner) for inner in value)
        case _:
            raise TypeError(f"the audit trail cannot keep a {type(value).__name__}")


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Both sides as JSON, of a change only what differs."""
    old = None if before is None else {key: plain(value) for key, value in before.items()}
    new = None if after is None else {key: plain(value) for key, value in after.items()}
    if old is None or new is None:
        return old, new
    same = {key for key in old.keys() & new.keys() if old[key] == new[key]}
    return (
        {key: value for key, value in old.items() if key not in same},
        {key: value for key, value in new.items() if key not in same},
    )


def encrypted(
    values: dict[str, Any] | None, names: frozenset[str], encrypt: Callable[[str], str]
) -> dict[str, Any] | None:
    """The values with those of the given names encrypted; nothing to hide in an empty one."""
    if values is None:
        return None
    return {
        key: {ENCRYPTED: encrypt(json.dumps(value))}
        if key in names and value is not None
        else value
        for key, value in values.items()
    }


def link_digest(previous: bytes, tenant_id: int, entry: StoredEntry) -> bytes:
    """SHA-256 over the link before and the canonical JSON of the entry: sorted keys, UTC, no blanks."""
    fields = {"tenant_id": tenant_id, **{k: plain(v) for k, v in asdict(entry).items()}}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous + text.encode()).digest()
