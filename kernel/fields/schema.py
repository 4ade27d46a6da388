"""The schema of a command: one for the HTML form and the JSON body alike."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage, MultiDict

from kernel.errors import N_
from kernel.fields.base import BaseField, reading_form, translate
from kernel.fields.choices import Boolean, Choices, Upload


class Schema(ma.Schema):
    """Base of all schemas: an unknown field is refused, and every message is translated."""

    error_messages: dict[str, str] = {
        "unknown": N_("This field is not known here. Remove it."),
        "type": N_("Send an object with the fields of this request."),
    }

    class Meta(ma.Schema.Meta):
        """What holds unless a schema says otherwise."""

        unknown = ma.RAISE

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **_: Any) -> None:
        """Translate marshmallow's two messages of its own; a field's messages are already."""
        error.messages = _translated(error.messages, set(self.error_messages.values()))

    def load_form(
        self, form: "MultiDict[str, str]", files: "MultiDict[str, FileStorage] | None" = None
    ) -> dict[str, Any]:
        """Return the data of a submitted form, numbers read in the reader's locale.

        What the schema does not know is left aside: a button's name, the shell's own hidden fields.

        :raises ValidationError: with the messages of each field by its name.
        """
        given: dict[str, Any] = {}
        for name, field in self.load_fields.items():
            if isinstance(field, Choices):
                given[name] = form.getlist(name) or None
            elif isinstance(field, Upload):
                given[name] = (files.getlist(name) if files else []) or None
            elif isinstance(field, Boolean):
                given[name] = form.get(name, False)
            elif name in form:
                given[name] = form[name]
        with reading_form():
            loaded: dict[str, Any] = self.load(given)
        return loaded

    def form_values(self, record: Any) -> dict[str, str | list[str]]:
        """Return what the controls are filled with from a record or a mapping of values."""
        with reading_form():
            return {
                name: field.to_form(_value(record, field.attribute or name))
                for name, field in self.load_fields.items()
                if isinstance(field, BaseField)
            }


def _value(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)


def _translated(messages: Any, own: set[str]) -> Any:
    if isinstance(messages, dict):
        return {key: _translated(value, own) for key, value in messages.items()}
    if isinstance(messages, list):
        return [_translated(message, own) for message in messages]
    return translate(messages) if messages in own else messages
