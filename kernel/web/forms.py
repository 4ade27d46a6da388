"""A form on a page: draws a marshmallow schema, loads what was typed, keeps it when it is refused."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError

from kernel.db import db
from kernel.db.constraints import refusal
from kernel.errors import Conflict, DomainError, Invalid, Message, TooMany
from kernel.fields import FieldView, Schema, describe
from kernel.web.finding import Finder, found_for, is_looking
from kernel.web.idempotency import FIELD as KEY_FIELD
from kernel.web.render import render

GENERAL = ""
"""Errors that belong to no field stand under this name."""
VERSION_FIELD = "version"
PREVIEW = "preview"
"""The name of a second button that only shows what was typed as it will look."""

T = TypeVar("T")
Choices = Mapping[str, Sequence[Sequence[str]]]


class Form:
    """One form of one request.

    `values` is the record or mapping that the fields show before anything was typed; `choices` fill selects
    whose options come from the database, `people` those of fields for which somebody is looked for by words;
    `version` is the version of the record being edited.
    """

    def __init__(
        self,
        schema: Schema,
        values: object = None,
        *,
        choices: Choices | None = None,
        people: Mapping[str, Finder] | None = None,
        version: int | None = None,
    ) -> None:
        self.schema = schema
        self.values: dict[str, str | list[str]] = schema.form_values(values or {})
        self.people = people or {}
        found = {
            name: found_for(name, find, self.values.get(name)) for name, find in self.people.items()
        }
        self.fields: list[FieldView] = describe(schema, {**(choices or {}), **found})
        self.errors: dict[str, list[str]] = {}
        self.conflict: Conflict | None = None
        self.retry_after: int | None = None
        self.key = str(uuid4())
        self.version = version
        self.preview = False

    def __getitem__(self, name: str) -> FieldView:
        """A field by its name, for pages that place fields one by one."""
        return next(field for field in self.fields if field.name == name)

    def accepts(self, act: Callable[[dict[str, Any]], object]) -> bool:
        """Whether the form was posted, understood and carried out.

        `act` receives the loaded data and calls one service verb. When the schema or the service
        refuses, everything written is rolled back and the form keeps what was typed. Nothing is carried
        out when the button was that of a preview: the page shows `preview` with what was typed; nor when
        somebody is looked for: the page shows who was found.
        """
        if request.method != "POST":
            return False
        self._keep_typed()
        if PREVIEW in request.form:
            self.preview = True
            return False
        if any(is_looking(name) for name in self.people):
            return False
        try:
            act(self._load())
            db.session.flush()
        except Invalid as invalid:
            self.errors.update(invalid.fields)
        except Conflict as conflict:
            self.conflict = self._written(conflict)
        except DomainError as refused:
            self._refuse(refused)
        except IntegrityError as violated:
            foreseen = refusal(violated)
            if foreseen is None:
                raise
            self._refuse(foreseen)
        else:
            return True
        db.session.rollback()
        return False

    def outcome_of(self, act: Callable[[dict[str, Any]], T]) -> T | None:
        """What `act` answered, where the form `accepts` it; else None."""
        answered: list[T] = []
        return answered[0] if self.accepts(lambda data: answered.append(act(data))) else None

    def render(self, template: str, **context: Any) -> ResponseReturnValue:
        """The page with this form: 422 or 429 with its errors, 409 with both versions, or the page."""
        if self.conflict is not None:
            return render("shell/conflict.html", form=self, **context), 409
        if self.retry_after is not None:
            return (
                render(template, form=self, **context),
                429,
                {"Retry-After": str(self.retry_after)},
            )
        return render(template, form=self, **context), 422 if self.errors else 200

    @property
    def posted_version(self) -> int | None:
        """The version the person had before her eyes when she typed."""
        return posted_version()

    def _keep_typed(self) -> None:
        self.key = request.form.get(KEY_FIELD) or self.key
        if self.version is not None:
            # Not the one that stands now: what was typed still answers what its writer had read.
            self.version = posted_version()
        for field in self.fields:
            typed = request.form.getlist(field.name)
            self.values[field.name] = typed if field.multiple else (typed[0] if typed else "")

    def _load(self) -> dict[str, Any]:
        try:
            loaded = self.schema.load_form(request.form, request.files)
        except ValidationError as error:
            raise Invalid(_flat(error.messages)) from error
        return dict(loaded)

    def _written(self, conflict: Conflict) -> Conflict:
        """The conflict with what stands now written as this form writes it."""
        stored = {k: v for k, v in conflict.current.items() if not isinstance(v, str)}
        as_typed = self.schema.form_values(stored)
        conflict.current.update({name: as_typed[name] for name in stored if name in as_typed})
        return conflict

    def _refuse(self, refused: DomainError) -> None:
        if isinstance(refused, TooMany):
            self.retry_after = refused.retry_after
        known = {field.name for field in self.fields}
        name = refused.field if refused.field in known else GENERAL
        self.errors.setdefault(name or GENERAL, []).append(translate(refused.message))


def posted_version() -> int | None:
    """The version a posted form was drawn from; None when it names none."""
    text = request.form.get(VERSION_FIELD, "")
    readable = text.isascii() and text.isdigit() and len(text) <= len("2147483647")
    return int(text) if readable else None


def translate(message: Message) -> str:
    """A message in the language of the page."""
    text = str(gettext(message.text))
    params = {name: _worded(value) for name, value in message.params.items()}
    return text % params if params else text


def _worded(value: object) -> object:
    """What stands in a message as the reader writes it: other messages, and days."""
    if isinstance(value, Message):
        return translate(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_date(value, "long")
    return value


def _flat(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """Marshmallow's nested messages by dotted field name."""
    if isinstance(messages, list):
        return {prefix: [str(text) for text in messages]}
    flat: dict[str, list[str]] = {}
    for name, inner in messages.items():
        dotted = f"{prefix}.{name}" if prefix else str(name)
        flat.update(_flat(inner, GENERAL if name == "_schema" and not prefix else dotted))
    return flat
