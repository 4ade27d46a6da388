"""Fields in which one picks: yes or no, one of a list, several of a list, a record, a file."""

import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField, translate

_TRUE = frozenset({"on", "true", "1", "yes"})
_FALSE = frozenset({"off", "false", "0", "no"})
# What people write into spreadsheets, in the languages of the product.
_YES = _TRUE | {"y", "oui", "نعم"}
_NO = _FALSE | {"n", "non", "لا"}


class Boolean(BaseField):
    """Yes or no; a checkbox left empty is no, as is a JSON body that leaves it out."""

    widget = "checkbox"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "boolean"}
    default_error_messages: ErrorMessages = {
        "invalid": N_("Answer “%(label)s” with yes or no (in JSON: true or false)."),
    }

    def __init__(self, *, load_default: bool = False, **options: Any) -> None:
        super().__init__(load_default=load_default, **options)

    def to_form(self, value: Any) -> str:
        """Return ``on`` for yes, as a ticked box sends it."""
        return "on" if value else ""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> bool:
        if isinstance(value, bool):
            return value
        text = value.strip().lower() if isinstance(value, str) else ""
        if text not in _TRUE | _FALSE:
            raise self.make_error("invalid")
        return text in _TRUE


class Choice(BaseField):
    """One of a list: loads as the member of ``enum``, or as text where the page gives the list.

    :param enum: the words of the domain that may be chosen.
    :param labels: English label of each, marked with ``N_``; its value where none is given.
    """

    widget = "select"
    default_error_messages: ErrorMessages = {
        "required": N_("Choose an option for “%(label)s”."),
        "invalid": N_("Choose one of the listed options for “%(label)s”."),
    }

    def __init__(
        self,
        enum: type[StrEnum] | None = None,
        *,
        labels: Mapping[Any, str] | None = None,
        **options: Any,
    ) -> None:
        self.enum = enum
        self.labels = labels or {}
        values: list[str | None] = [member.value for member in enum or ()]
        # OpenAPI: what may be left out may be null.
        listed = {"enum": values if options.get("required") else [*values, None]} if enum else {}
        super().__init__(metadata={**listed, **options.pop("metadata", {})}, **options)

    def form_choices(self) -> list[tuple[str, str]]:
        """Return the members in the order of the enumeration."""
        return [(m.value, translate(self.labels.get(m, m.value))) for m in self.enum or ()]

    def to_form(self, value: Any) -> str | list[str]:
        """Return the value of the member."""
        return "" if value is None else str(getattr(value, "value", value))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return getattr(value, "value", value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Any:
        return self.pick(value)

    def pick(self, value: Any) -> Any:
        """Return what one option stands for.

        :raises ValidationError: it is not on the list.
        """
        if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
            raise self.make_error("invalid")
        if self.enum is None:
            return value
        try:
            return self.enum(value)
        except ValueError as error:
            raise self.make_error("invalid") from error


class YesNo(Choice):
    """Yes, no, or left empty because it is not known; loads as True, False or None."""

    openapi: ClassVar[Mapping[str, Any]] = {"type": "boolean"}
    default_error_messages: ErrorMessages = {
        "invalid": N_("Answer “%(label)s” with yes or no, or leave it empty."),
    }

    def form_choices(self) -> list[tuple[str, str]]:
        """Return the three answers."""
        answers = (("", N_("Not known")), ("yes", N_("Yes")), ("no", N_("No")))
        return [(value, translate(label)) for value, label in answers]

    def to_form(self, value: Any) -> str:
        """Return the answer that stands for a stored value."""
        return "" if value is None else "yes" if value else "no"

    def pick(self, value: Any) -> bool:
        """Return what an answer means, in any language of the product.

        :raises ValidationError: it is neither yes nor no.
        """
        word = str(value).strip().lower()
        if word not in _YES | _NO:
            raise self.make_error("invalid")
        return word in _YES


class Choices(Choice):
    """Several of a list, each once, in the order they were given."""

    widget = "checkboxes"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "array", "items": {"type": "string"}}
    default_error_messages: ErrorMessages = {
        "required": N_("Choose at least one option for “%(label)s”."),
        "list": N_("Send a list for “%(label)s”."),
    }

    def __init__(
        self, enum: type[StrEnum] | None = None, *, required: bool = False, **options: Any
    ) -> None:
        if not required:
            options.setdefault("load_default", list)
        super().__init__(enum, required=required, **options)
        if listed := self.metadata.get("enum"):
            # In OpenAPI the list is said of the items, not of the array.
            unlisted = {key: entry for key, entry in self.metadata.items() if key != "enum"}
            self.metadata = {
                **unlisted,
                "items": {
                    "type": "string",
                    "enum": [value for value in listed if value is not None],
                },
            }

    def to_form(self, value: Any) -> str | list[str]:
        """Return the values of the members."""
        return [str(getattr(member, "value", member)) for member in value or ()]

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else [getattr(member, "value", member) for member in value]

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> list[Any]:
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, Sequence):
            raise self.make_error("list")
        picked = list(dict.fromkeys(self.pick(option) for option in given if option != ""))
        if not picked and self.required:
            raise self.make_error("required")
        return picked


class Identifier(BaseField):
    """The id of a record; drawn as a list where the page gives the records to pick from."""

    widget = "select"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "uuid"}
    default_error_messages: ErrorMessages = {
        "required": N_("Choose an option for “%(label)s”."),
        "invalid": N_("Choose one of the listed options for “%(label)s”."),
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> uuid.UUID:
        if isinstance(value, uuid.UUID):
            return value
        try:
            if isinstance(value, str):
                return uuid.UUID(value.strip())
        except ValueError as error:
            raise self.make_error("invalid") from error
        raise self.make_error("invalid")


class Upload(BaseField):
    """A file sent with a form, left as the web server received it; kernel/files checks and keeps.

    :param multiple: several files, loaded as a list.
    """

    widget = "file"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "binary"}
    default_error_messages: ErrorMessages = {
        "required": N_("Choose a file for “%(label)s”."),
        "invalid": N_("Choose a file for “%(label)s”."),
    }

    def __init__(self, *, multiple: bool = False, **options: Any) -> None:
        self.multiple = multiple
        if multiple and not options.get("required"):
            options.setdefault("load_default", list)
        super().__init__(load_only=True, **options)

    def form_attrs(self) -> dict[str, str]:
        """Say whether several files may be chosen."""
        return {**({"multiple": "multiple"} if self.multiple else {}), **self.attrs}

    def to_form(self, value: Any) -> str:
        """Return nothing: a browser never fills in a file."""
        return ""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Any:
        received = value if isinstance(value, list) else [value]
        chosen = [file for file in received if getattr(file, "filename", None)]
        if any(not hasattr(file, "stream") for file in received):
            raise self.make_error("invalid")
        if not chosen and self.required:
            raise self.make_error("required")
        if self.multiple:
            return chosen
        return chosen[0] if chosen else None
