"""Import a table: match its columns to fields, check every row, all or nothing.

The steps of an import, none of which touches the database::

    table = read_table(content)
    mapping = guess_mapping(table.headers, {"code": ["country code", "iso 3166"], …})
    # the person importing looks at the mapping and may change it
    report = check_rows(table, mapping, MemberRow())
    report = merge_repeats(report, key=lambda row: row["code"])
    if report.errors: ...  # show them; nothing is loaded
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import marshmallow
from flask_babel import gettext

from kernel.documents.tables import Row, Table

ColumnOf = Mapping[str, int]
"""The position of the column, from 0, that each field is read from; fields left out are empty."""


@dataclass(frozen=True)
class RowError:
    """Why a row is refused: where it stands in the file, what it says, what to enter instead.

    `column` is the heading, empty when the whole row is meant or the file has no such column. `against` is
    the earlier row it contradicts, 0 when it is wrong by itself: either of the two may go.
    """

    row: int
    column: str
    value: str
    reason: str
    against: int = 0


@dataclass(frozen=True)
class RowNote:
    """Something done with a row that its author should know, but which refuses nothing."""

    row: int
    text: str


@dataclass(frozen=True)
class CheckedRow:
    """A row that passed its schema: its number in the file and the loaded values.

    `given` are the fields whose cell was filled in; the others have their default in `data`.
    """

    number: int
    data: Mapping[str, Any]
    given: frozenset[str]


@dataclass(frozen=True)
class Report:
    """What checking found. Rows are loaded only when there is no error at all."""

    rows: tuple[CheckedRow, ...]
    errors: tuple[RowError, ...] = ()
    notes: tuple[RowNote, ...] = ()

    def with_errors(self, errors: Sequence[RowError]) -> "Report":
        """Return the report with more errors, in the order of the file."""
        merged = sorted((*self.errors, *errors), key=lambda error: error.row)
        return replace(self, errors=tuple(merged))


def guess_mapping(headers: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Match headings to fields by the `names` each field is known under, in any language.

    Case, accents, spaces and punctuation do not matter. Of several columns that fit, the earliest
    of the names decides; the field's own name comes last. A column serves one field at most.
    """
    mapping: dict[str, int] = {}
    plain_headers = [_plain(header) for header in headers]
    for field, synonyms in names.items():
        for known in map(_plain, (*synonyms, field)):
            if known in plain_headers and plain_headers.index(known) not in mapping.values():
                mapping[field] = plain_headers.index(known)
                break
    return mapping


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in letters if not unicodedata.combining(c)))


def check_rows(table: Table, mapping: ColumnOf, schema: marshmallow.Schema) -> Report:
    """Load every row through the schema; one error for each cell that cannot be used."""
    rows: list[CheckedRow] = []
    errors: list[RowError] = []
    for row in table.rows:
        if len(row.cells) > len(table.headers):
            errors.append(_too_many_cells(row, len(table.headers)))
            continue
        cells = {field: _cell(row, position) for field, position in mapping.items()}
        given = {field: cell for field, cell in cells.items() if cell}
        try:
            data = schema.load(given)
        except marshmallow.ValidationError as refused:
            errors.extend(_row_errors(row.number, refused, cells, table.headers, mapping))
        else:
            rows.append(CheckedRow(row.number, data, frozenset(given)))
    return Report(tuple(rows), tuple(errors))


def _cell(row: Row, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""


def _too_many_cells(row: Row, width: int) -> RowError:
    reason = gettext(
        "This row has more cells than there are headings. "
        "Put text that contains a separator in quotation marks."
    )
    return RowError(row.number, "", " | ".join(row.cells[width:]), reason)


def _row_errors(
    number: int,
    refused: marshmallow.ValidationError,
    cells: Mapping[str, str],
    headers: Sequence[str],
    mapping: ColumnOf,
) -> list[RowError]:
    """Return one error per refused cell, in the order of the columns of the file."""
    errors = []
    messages = refused.messages_dict
    for field in sorted(messages, key=lambda name: mapping.get(name, len(headers))):
        column = headers[mapping[field]] if field in mapping else ""
        reason = " ".join(_flat(messages[field]))
        errors.append(RowError(number, column, cells.get(field, ""), reason))
    return errors


def _flat(messages: Any) -> list[str]:
    """Return marshmallow's messages of one field, which nest for fields made of parts."""
    if isinstance(messages, Mapping):
        return [text for part in messages.values() for text in _flat(part)]
    return [str(text) for text in messages]


def merge_repeats(
    report: Report, key: Callable[[Mapping[str, Any]], Hashable], *, column: str = ""
) -> Report:
    """Keep one of rows that are the same, saying so, and refuse rows that contradict another.

    `key` tells what a row is about; `column` is the heading a person would look under.
    """
    first: dict[Hashable, CheckedRow] = {}
    errors: list[RowError] = []
    notes: list[RowNote] = []
    for row in report.rows:
        earlier = first.setdefault(key(row.data), row)
        if earlier is row:
            continue
        if earlier.data == row.data:
            text = gettext("Same as row %(row)s, taken once.", row=earlier.number)
            notes.append(RowNote(row.number, text))
        else:
            reason = gettext(
                "Row %(row)s is about the same one and says something else. Keep one of them.",
                row=earlier.number,
            )
            value = str(key(row.data))
            errors.append(RowError(row.number, column, value, reason, against=earlier.number))
    merged = replace(report, rows=tuple(first.values()), notes=(*report.notes, *notes))
    return merged.with_errors(errors)
