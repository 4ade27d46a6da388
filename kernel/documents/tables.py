"""Read a table a person uploads: CSV or XLSX, whatever their office saves.

Every cell comes back as text, trimmed and in composed Unicode (NFC); an empty cell is `""`. Nothing
is ever taken for a missing value: `NA` is Namibia.
"""

import csv
import io
import itertools
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

from kernel.documents.sheets import original
from kernel.errors import N_, Refused

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 200
_PATIENCE_SECONDS: Final = 30
_WORKBOOK_READER: Final = Path(__file__).with_name("workbook.py")

_DELIMITERS: Final = ",;\t|"
_WORKBOOK_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .ods; .xls
_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_OFFICE_ENCODINGS: Final = ["cp1252", "cp1256"]
"""What Windows saves in western Europe, Africa, the Americas and the Pacific; in Arabic."""


NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True)
class Row:
    """The cells of one row; `number` is the row a person sees, headings being 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What was read. `encoding` and `delimiter` say how a CSV was understood (empty for XLSX)."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""


def read_table(content: bytes) -> Table:
    """Read an uploaded CSV or XLSX; empty lines are left out but keep their row number.

    Raises Refused, saying what to upload instead, when it is too large, empty, or no such file.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            N_("The file is larger than %(megabytes)s MB. Upload it in parts."),
            field="file",
            megabytes=MOST_BYTES // (1024 * 1024),
        )
    if content.startswith(_WORKBOOK_STARTS):
        return _table(_workbook_rows(content))
    encoding, text = _decode(content)
    delimiter = _delimiter(text)
    return _table(_csv_rows(text, delimiter), encoding=encoding, delimiter=delimiter)


def _unreadable() -> Refused:
    return Refused(
        N_(
            "This file cannot be read. "
            "Save it as an Excel workbook (.xlsx) or as CSV, then upload it."
        ),
        field="file",
    )


def _table(rows: Iterable[NumberedRow], *, encoding: str = "", delimiter: str = "") -> Table:
    """Clean the rows, drop the empty ones, and take the first that is left for the headings."""
    filled: list[Row] = []
    for number, raw in rows:
        cells = tuple(_clean(cell) for cell in raw)
        if not any(cells):
            continue
        if len(filled) > MOST_ROWS:
            raise Refused(
                N_("The file has more than %(rows)s rows. Upload it in parts."),
                field="file",
                rows=MOST_ROWS,
            )
        filled.append(Row(number, _without_empty_tail(cells)))
    if not filled:
        raise Refused(N_("The file is empty. Upload a file with a row of headings."), field="file")
    headers, *data = filled
    if max(len(row.cells) for row in filled) > MOST_COLUMNS:
        raise Refused(
            N_("The file has more than %(columns)s columns. Keep only those to import."),
            field="file",
            columns=MOST_COLUMNS,
        )
    return Table(headers.cells, tuple(data), encoding, delimiter)


def _without_empty_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    length = len(cells)
    while length and not cells[length - 1]:
        length -= 1
    return cells[:length]


def _clean(cell: str) -> str:
    """Normalise a cell: composed Unicode, no stray or doubled spaces, line breaks as `\\n`."""
    text = unicodedata.normalize("NFC", original(cell))
    lines = re.split(r"\r\n|\r|\n", text)
    return "\n".join(" ".join(line.split()) for line in lines).strip()


# CSV


def _decode(content: bytes) -> tuple[str, str]:
    """Return the encoding of a file and its text: as marked, else UTF-8, else what offices save."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decode_as(content, encoding)
    if (
        content[:200].count(0) > len(content[:200]) // 4
    ):  # UTF-16 without a mark: every other byte is 0
        return _decode_as(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be")
    if b"\x00" in content:
        raise _unreadable()
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError:
        guess = from_bytes(content, cp_isolation=_OFFICE_ENCODINGS).best()
        return _decode_as(content, guess.encoding if guess else "latin-1")


def _decode_as(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return encoding.removesuffix("-sig"), content.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _delimiter(text: str) -> str:
    """Return the separator that splits the first lines most evenly into more than one column."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        sample = itertools.islice(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 20
        )
        try:
            widths = [len(row) for row in sample if any(row)]
        except csv.Error:
            continue
        if not widths or widths[0] == 1:
            continue
        score = (widths.count(widths[0]), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _csv_rows(text: str, delimiter: str) -> Iterator[NumberedRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise Refused(
            N_("Line %(line)s of the file cannot be read. Check its quotation marks."),
            field="file",
            line=reader.line_num,
        ) from None


# XLSX


def _workbook_rows(content: bytes) -> Iterator[NumberedRow]:
    """Yield the rows of the first sheet; a program of its own reads it (`workbook` says why)."""
    try:
        reader = subprocess.run(  # noqa: S603 - our own program, the upload is only its input
            [sys.executable, "-I", str(_WORKBOOK_READER)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        raise _unreadable() from None
    yield from json.loads(reader.stdout)
