"""Fields of text: one line, many lines, addresses, secrets."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField

# Control characters, lone surrogates (no UTF-8 holds them) and the two overrides of direction,
# with which a name can be made to read as another one.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e]")
_LINE_BREAK = re.compile("\r\n|\r|\u2028|\u2029|\x85")
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[\w-]{2,63}"
)


def normalise(text: str) -> str:
    """Return the text with one kind of line break, NFC characters and no blanks at either end."""
    return unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text)).strip()


class Text(BaseField):
    """One line of text: trimmed, runs of blanks made one, NFC.

    :param max_length: most characters, 200 unless given.
    :param min_length: fewest characters once something is entered.
    """

    default_error_messages: ErrorMessages = {
        "invalid": N_("Enter text."),
        "characters": N_(
            "Type “%(label)s” again: it contains characters that cannot be shown, "
            "often brought along by copying."
        ),
        "too_long": N_("Shorten “%(label)s” to %(max)s characters or fewer; it has %(length)s."),
        "too_short": N_("Enter at least %(min)s characters for “%(label)s”."),
    }

    def __init__(self, *, max_length: int = 200, min_length: int = 0, **options: Any) -> None:
        self.max_length = max_length
        self.min_length = min_length
        limits: dict[str, Any] = {"maxLength": max_length}
        if min_length:
            limits["minLength"] = min_length
        super().__init__(metadata={**limits, **options.pop("metadata", {})}, **options)

    def form_attrs(self) -> dict[str, str]:
        """Let the browser stop at the same length."""
        return {"maxlength": str(self.max_length), **self.attrs}

    def clean(self, text: str) -> str:
        """Return the text as it is stored."""
        return " ".join(normalise(text).split())

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = self.clean(value)
        if _REFUSED.search(text):
            raise self.make_error("characters")
        if len(text) > self.max_length:
            raise self.make_error("too_long", max=self.max_length, length=len(text))
        if len(text) < self.min_length:
            raise self.make_error("too_short", min=self.min_length)
        return text


class LongText(Text):
    """Several lines of text, blanks inside kept; 20,000 characters unless told otherwise."""

    widget = "textarea"

    def __init__(self, *, max_length: int = 20_000, rows: int = 8, **options: Any) -> None:
        self.rows = rows
        super().__init__(max_length=max_length, **options)

    def form_attrs(self) -> dict[str, str]:
        """Add the height of the box in lines."""
        return {"rows": str(self.rows), **super().form_attrs()}

    def clean(self, text: str) -> str:
        """Return the text as it is stored: blanks at the ends of lines go, the others stay."""
        return "\n".join(line.rstrip() for line in normalise(text).split("\n"))


class Lines(LongText):
    """A list of short texts, typed one to a line, in JSON a list; loads as a list, each entry once.

    :param max_length: most characters of one entry.
    :param most: most entries.
    """

    openapi: ClassVar[Mapping[str, Any]] = {"type": "array", "items": {"type": "string"}}
    default_error_messages: ErrorMessages = {
        "too_many": N_("Enter at most %(most)s lines for “%(label)s”; there are %(count)s."),
    }

    def __init__(
        self, *, max_length: int = 200, most: int = 50, rows: int = 6, **options: Any
    ) -> None:
        self.most = most
        if not options.get("required"):
            options.setdefault("load_default", list)
        super().__init__(max_length=max_length, rows=rows, **options)
        # In OpenAPI the length is said of the items, not of the array.
        listed = {key: entry for key, entry in self.metadata.items() if key != "maxLength"}
        items = {"type": "string", "maxLength": max_length}
        self.metadata = {**listed, "items": items, "maxItems": most}

    def form_attrs(self) -> dict[str, str]:
        """The box holds all entries, so the length of one does not bound it."""
        return {name: text for name, text in super().form_attrs().items() if name != "maxlength"}

    def to_form(self, value: Any) -> str:
        """Return the entries, one to a line."""
        return "\n".join(value or ())

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> list[str] | None:
        return None if value is None else list(value)

    def _deserialize(  # type: ignore[override]
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> list[str]:
        given = normalise(value).split("\n") if isinstance(value, str) else value
        if not isinstance(given, list):
            raise self.make_error("invalid")
        lines = [
            " ".join(super(Lines, self)._deserialize(each, attr, data, **options).split())
            for each in given
        ]
        entries = list(dict.fromkeys(line for line in lines if line))
        if not entries and self.required:
            raise self.make_error("required")
        if len(entries) > self.most:
            raise self.make_error("too_many", most=self.most, count=len(entries))
        return entries


class Email(Text):
    """A mail address, in lower case."""

    widget = "email"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "email"}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter a mail address, for example name@example.org."),
        "address": N_("Enter a mail address like name@example.org."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)

    def form_attrs(self) -> dict[str, str]:
        """Let the browser offer the addresses it knows."""
        return {"autocomplete": "email", "spellcheck": "false", **super().form_attrs()}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        address = super()._deserialize(value, attr, data, **options).lower()
        if not _EMAIL.fullmatch(address) or ".." in address:
            raise self.make_error("address")
        return address


class Url(Text):
    """A web address, http or https."""

    widget = "url"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "uri"}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter a web address, for example https://www.example.org."),
        "address": N_("Enter a web address that begins with https:// or http://."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2_000, **options)

    def form_attrs(self) -> dict[str, str]:
        """Keep the browser from correcting addresses."""
        return {"spellcheck": "false", **super().form_attrs()}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        address = super()._deserialize(value, attr, data, **options)
        try:
            parts = urlsplit(address)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable or " " in address:
            raise self.make_error("address")
        return address


class Password(Text):
    """A secret: taken as typed, apart from NFKC, so that every keyboard gives the same bytes.

    NIST SP 800-63B 5.1.1.2 asks for NFKC or NFKD before hashing. Never filled in again.
    """

    widget = "password"

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        self.autocomplete = autocomplete
        super().__init__(load_only=True, **options)

    def form_attrs(self) -> dict[str, str]:
        """Tell password managers whether a new secret or the present one is asked for."""
        return {"autocomplete": self.autocomplete, **super().form_attrs()}

    def clean(self, text: str) -> str:
        """Return the secret as it is hashed."""
        return unicodedata.normalize("NFKC", text)

    def to_form(self, value: Any) -> str:
        """Return nothing: a secret never goes back to a page."""
        return ""
