"""Refusals a person can understand, raised by rules and services and worded by the web shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark an English text for extraction without translating it yet."""
    return text


INFLECTED: dict[str, str] = {}
"""The plain text of every message made by `P_`."""


def P_(context: str, text: str) -> str:  # noqa: N802 - as N_
    """Mark a word that other languages inflect by what it is said of, such as the state of a thing.

    The message is the key under which gettext keeps a text with its context, so that `gettext` finds it;
    where a catalogue has none, it is the plain text (see `kernel.web.languages`).
    """
    key = f"{context}\x04{text}"
    INFLECTED[key] = text
    return key


@dataclass(frozen=True)
class Message:
    """An English message id with its named parameters, translated when it is shown."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


class DomainError(Exception):
    """A request that was understood and refused.

    `message` says in English what to do instead; `params` fill its named placeholders; `field` names
    the form field it belongs to; `data` carries facts an API client may want.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        data: Mapping[str, Any] | None = None,
        **params: object,
    ) -> None:
        super().__init__(message)
        self.message = Message(message, params)
        self.field = field
        self.data = dict(data or {})

    def __str__(self) -> str:
        return str(self.message)


class Refused(DomainError):
    """A rule says no to what was entered in `field`; the message says what to enter there."""

    def __init__(
        self, message: str, *, field: str, data: Mapping[str, Any] | None = None, **params: object
    ) -> None:
        super().__init__(message, field=field, data=data, **params)


class NotNow(Refused):
    """A rule says no because of how things stand, whatever is entered.

    The message says how they stand and what to do instead, or that there is nothing to do.
    """

    def __init__(
        self, message: str, *, data: Mapping[str, Any] | None = None, **params: object
    ) -> None:
        DomainError.__init__(self, message, field=None, data=data, **params)


class NotFound(DomainError):
    """The thing does not exist, or this person may not know that it does."""

    code = "not-found"
    status = 404

    def __init__(
        self, message: str = N_("There is nothing at this address."), **params: Any
    ) -> None:
        super().__init__(message, **params)


class Forbidden(DomainError):
    """The person may see the thing but not do this with it."""

    code = "forbidden"
    status = 403

    def __init__(
        self, message: str = N_("You do not have permission to do this."), **params: Any
    ) -> None:
        super().__init__(message, **params)


class Conflict(DomainError):
    """Somebody else changed the record meanwhile; `current` is what stands now, by field name."""

    code = "conflict"
    status = 409

    def __init__(
        self,
        message: str = N_("Somebody else changed this while you were working on it."),
        *,
        current: Mapping[str, object] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)
        self.current = dict(current or {})


class TooMany(DomainError):
    """Too many attempts; `retry_after` is in seconds."""

    code = "too-many"
    status = 429

    def __init__(
        self,
        message: str = N_("Too many attempts. Wait a few minutes, then try again."),
        *,
        retry_after: int = 60,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after


class Invalid(DomainError):
    """Input that failed its schema: every field with its messages, already in the reader's language."""

    code = "invalid"

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__(N_("Some of what was entered cannot be used."))
        self.fields = {name: list(texts) for name, texts in fields.items()}
