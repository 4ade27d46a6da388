"""The pages every import has: upload a file, check it and its columns, confirm it.

A feature's pages draw `imports/upload.html` and a template of its own that extends `imports/check.html`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext

from kernel import fields
from kernel.documents.importing import Report, RowError
from kernel.documents.tables import Table
from kernel.errors import N_
from kernel.fields import Schema
from kernel.imports import KeptImport
from kernel.web.forms import Form

MOST_PROBLEMS_SHOWN: Final = 200


class ImportOptions(fields.Schema):
    """How a file is imported through the API."""

    dry_run = fields.Boolean(label=N_("Only tell what would happen"))


class ImportSummary(fields.Schema):
    """What an import did, or would do."""

    created = fields.Integer(label=N_("Added"))
    updated = fields.Integer(label=N_("Changed"))
    unchanged = fields.Integer(label=N_("The same already"))
    notes = fields.ListOf(fields.Text())


@dataclass(frozen=True)
class Problems:
    """What keeps a file out: the problems a page shows, and how many more there are."""

    shown: tuple[RowError, ...]
    more: int


def problems_of(report: Report) -> Problems:
    """The problems of a file, as many as one page can show."""
    count = len(report.errors)
    return Problems(report.errors[:MOST_PROBLEMS_SHOWN], max(0, count - MOST_PROBLEMS_SHOWN))


def kept_upload(form: Form, keep: Callable[[str, bytes], KeptImport]) -> UUID | None:
    """The id under which the file of a posted form was kept; None when the form is to be shown.

    The form's schema has the file under the name `file`.
    """

    def act(data: Mapping[str, Any]) -> UUID:
        file = data["file"]
        return keep(file.filename, file.stream.read()).id

    return form.outcome_of(act)


def columns_form(schema: Schema, table: Table, mapping: Mapping[str, int]) -> Form:
    """A form that lets the person choose the file's column for each field of the schema."""
    columns = [("", gettext("Not in the file"))]
    columns += [(str(position), header) for position, header in enumerate(table.headers)]
    return Form(
        schema,
        {field: str(position) for field, position in mapping.items()},
        choices=dict.fromkeys(schema.fields, columns),
    )


def positions(chosen: Mapping[str, Any]) -> dict[str, int]:
    """The columns chosen by such a form; a choice that is no number is no column of any file."""
    named = {field: text for field, text in chosen.items() if text}
    return {field: int(text) if text.isdecimal() else -1 for field, text in named.items()}
