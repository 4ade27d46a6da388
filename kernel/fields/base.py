"""What every field of a form or a JSON body has in common.

A field carries its label, its hint and the widget that draws it, says in the reader's language what
to enter, and treats an empty string, a blank one and ``null`` alike: as "nothing was entered".
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from babel import Locale
from flask import has_app_context
from flask_babel import get_locale, gettext
from marshmallow import ValidationError, fields, missing
from marshmallow.types import ErrorMessages

from kernel.errors import N_

_form_locale: ContextVar[Locale | None] = ContextVar("form_locale", default=None)


def translate(text: str, **params: object) -> str:
    """Return the message in the reader's language as a plain string, English outside the app.

    marshmallow keeps messages in lists and dicts and compares them, which a lazy string breaks. No text
    stays no text: under the empty key catalogues keep their own header.
    """
    translated = str(gettext(text)) if text and has_app_context() else text
    return translated % params if params else translated


def form_locale() -> Locale | None:
    """Return the locale numbers are typed in, or None when reading JSON, which has only one way."""
    return _form_locale.get()


@contextmanager
def reading_form() -> Iterator[None]:
    """Read what follows as typed by a person: numbers in the locale of the reader."""
    locale = get_locale() if has_app_context() else None
    token = _form_locale.set(locale or Locale("en", "GB"))
    try:
        yield
    finally:
        _form_locale.reset(token)


class BaseField(fields.Field[Any]):
    """A marshmallow field that knows how to show itself and to say what is wrong.

    :param label: English label, marked with ``N_``.
    :param hint: English help text shown with the label, marked with ``N_``.
    :param widget: name of the form macro that draws it, when not the usual one of the type.
    :param required: an empty value is refused; otherwise it loads as ``load_default``.
    :param load_default: value (or function giving one) of what was left empty, None unless given.
    :param error_messages: English texts, marked with ``N_``, replacing those of the type.
    :param attrs: further HTML attributes of the control.
    """

    widget = "text"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string"}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter “%(label)s”."),
        "null": N_("Enter “%(label)s”."),
        "validator_failed": N_("Enter another value for “%(label)s”: this one is not accepted."),
    }

    def __init__(
        self,
        *,
        label: str = "",
        hint: str = "",
        widget: str | None = None,
        required: bool = False,
        load_default: Any = missing,
        attrs: Mapping[str, str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        if not required and load_default is missing:
            load_default = None
        described = {"title": label, "description": hint}
        super().__init__(
            required=required,
            load_default=load_default,
            metadata={
                **self.openapi,
                **{key: text for key, text in described.items() if text},
                **(metadata or {}),
            },
            **options,
        )
        self.label = label
        self.hint = hint
        self.widget = widget or type(self).widget
        self.attrs = dict(attrs or {})

    def make_error(self, key: str, **params: Any) -> ValidationError:
        """Return the error of that key, translated and naming the field by its label."""
        label = translate(self.label) if self.label else self.name
        return ValidationError(translate(str(self.error_messages[key]), label=label, **params))

    def deserialize(
        self,
        value: Any,
        attr: str | None = None,
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Any:
        """Load one value; nothing entered gives the default, or the error "required"."""
        if value is None or (isinstance(value, str) and not value.strip()):
            value = missing
        return super().deserialize(value, attr, data, **options)

    def form_attrs(self) -> dict[str, str]:
        """Return the HTML attributes of the control, those of the type and those given."""
        return self.attrs

    def form_choices(self) -> list[tuple[str, str]]:
        """Return the options as (value, label in the reader's language), none for free entry."""
        return []

    def to_form(self, value: Any) -> str | list[str]:
        """Return a stored value as the text the control is filled with."""
        return "" if value is None else str(value)
