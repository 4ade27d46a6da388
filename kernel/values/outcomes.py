"""What a row of a file does to the record it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What importing a row does to the record it is about."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One value that an import changes."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Compared:
    """A row beside the record that is stored: `values` are what is to be written."""

    outcome: Outcome
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()


def compared(given: Mapping[str, Any], stored: Mapping[str, Any] | None) -> Compared:
    """Tell what the values a row gives do to a stored record, or to none."""
    if stored is None:
        return Compared(Outcome.CREATED, given)
    changes = tuple(
        Change(field, stored[field], value)
        for field, value in given.items()
        if stored[field] != value
    )
    outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
    return Compared(outcome, {change.field: change.after for change in changes}, changes)
