"""What was posted, as the form called it, for the page that gives it back when the database is away."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext

from kernel.fields import FieldView, Schema, describe
from kernel.web.idempotency import FIELD as KEY_FIELD

_OURS: Final = frozenset({"csrf_token", KEY_FIELD, "version"})
_SECRET: Final = frozenset({"password", "current", "code"})


def posted() -> list[tuple[str, str]]:
    """What the form can be sent again with, its own hidden fields too; secrets are not given back."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _SECRET]


def typed() -> list[tuple[str, str]]:
    """What somebody entered, by the label she entered it under; nothing is asked of the database.

    Whom or what she chose among records is an id by now, which would tell her nothing: it is sent again
    unseen.
    The view was not reached, and its form with it: the schema that knows most of the names was the form's.
    """
    fields = {field.name: field for field in _fields()}
    return [
        (_label(fields.get(name)), _value(fields.get(name), value))
        for name, value in posted()
        if value
        and name not in _OURS
        and not _is_hidden(fields.get(name))
        and not _is_id(_value(fields.get(name), value))
    ]


def _fields() -> list[FieldView]:
    names = request.form.keys() - _OURS
    schemas = [schema for schema in _schemas(Schema) if names & schema._declared_fields.keys()]
    if not schemas:
        return []
    best = max(
        schemas,
        key=lambda schema: (
            len(names & schema._declared_fields.keys()),
            -len(schema._declared_fields),
        ),
    )
    return describe(best())


def _schemas(of: type[Schema]) -> Iterator[type[Schema]]:
    """The schemas of the feature that the request went to."""
    blueprint = current_app.blueprints.get(request.blueprint or "")
    feature = blueprint.import_name.partition(".pages")[0] if blueprint else ""
    for schema in of.__subclasses__():
        if schema.__module__.startswith(f"{feature}."):
            yield schema
        yield from _schemas(schema)


def _label(field: FieldView | None) -> str:
    return (field.label if field else "") or gettext("What you entered")


def _value(field: FieldView | None, value: str) -> str:
    chosen = [option.label for option in field.choices if option.value == value] if field else []
    return chosen[0] if chosen else value


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _is_hidden(field: FieldView | None) -> bool:
    return field is not None and field.widget in ("hidden", "password")
