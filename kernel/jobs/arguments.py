"""Arguments of jobs and fields of events, to JSON and back by the annotations of their receiver."""

import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def encode(value: Any) -> Any:
    """A value as JSON can carry it.

    Raises TypeError for a kind of value that could not be read back, such as a database row.
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case UUID() | Decimal():
            return str(value)
        case date():  # and datetime, which is one
            return value.isoformat()
        case list() | tuple() | frozenset():
            return [encode(item) for item in value]
        case Mapping():
            return {str(key): encode(item) for key, item in value.items()}
    raise TypeError(f"a job cannot carry a {type(value).__name__}; give it the id instead")


def decode(kind: Any, value: Any) -> Any:
    """The value that `encode` turned into JSON, as the annotation `kind` says."""
    origin = typing.get_origin(kind)
    if value is None or kind is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        return decode(next(k for k in typing.get_args(kind) if k is not type(None)), value)
    if origin in (list, tuple, frozenset):
        return origin(decode(typing.get_args(kind)[0], item) for item in value)
    if origin in (dict, Mapping):
        return {key: decode(typing.get_args(kind)[1], item) for key, item in value.items()}
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if kind in (UUID, Decimal) or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind(value)
    return value


def decode_all(receiver: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Named values as the annotations of a function or a dataclass say."""
    hints = typing.get_type_hints(receiver)
    return {name: decode(hints.get(name, Any), value) for name, value in values.items()}
