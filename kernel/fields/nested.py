"""Lists and objects inside a JSON body or answer; forms are flat and do not use them."""

from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import translate


class ListOf(fields.List[Any]):
    """A list of one kind of field."""

    default_error_messages: ErrorMessages = {
        "required": N_("Send a list, which may be empty."),
        "null": N_("Send a list, which may be empty."),
        "invalid": N_("Send a list."),
    }

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Return the error of that key, translated."""
        return ValidationError(translate(str(self.error_messages[key])))


class Nested(fields.Nested):
    """An object, or with ``many`` a list of them, of another schema."""

    default_error_messages: ErrorMessages = {
        "required": N_("Send an object with its fields."),
        "null": N_("Send an object with its fields."),
        "type": N_("Send an object with its fields."),
    }

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Return the error of that key, translated."""
        return ValidationError(translate(str(self.error_messages[key])))
