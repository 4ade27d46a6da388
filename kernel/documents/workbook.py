"""Read the first sheet of a workbook from standard input to JSON on standard output.

This is a program of its own, started by `tables`, because a workbook of 5 KB with one far-away cell
makes the reader ask for 67 GB at once, which aborts the process it runs in. Here that ends nothing
else.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree import ElementTree

import python_calamine

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 20

YEAR, MONTH = len("2015"), len("2015-08")
BUILT_IN = {17: MONTH}
"""Formats that a workbook names by number alone and that show less than a day: 17 is `mmm-yy`."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OF_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def main() -> None:
    """Limit this process, then print `[[row number, [cell, …]], …]` of the rows with content."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(list(rows(sys.stdin.buffer.read())), sys.stdout)


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first worksheet, numbered from the top of the sheet, as text."""
    with python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
        sheet = workbook.get_sheet_by_index(0)
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [as_text(cell) for cell in row]
            for position, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    shown = shortened(content).get((number, position))
                    cells[position] = cells[position][:shown]
            if any(cells):
                yield number, cells


def as_text(value: object) -> str:
    """Return a cell as a person would type it: `180` for 180.0, `2026-03-12` for a date."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case _:
            return str(value)


@cache
def shortened(content: bytes) -> Mapping[tuple[int, int], int]:
    """How much of an ISO date the cells show that show less than a day, by row from 1 and column from 0.

    Who types 2015-08 sees Aug-15, and the workbook keeps 1 August: a day that nobody wrote. Nothing for
    workbooks of other kinds, whose dates are then read whole.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            styles = _styles(archive)
            with archive.open(_first_sheet(archive)) as sheet:
                return {
                    _place(cell.get("r", "")): styles[cell.get("s")]
                    for _, cell in ElementTree.iterparse(sheet)  # noqa: S314 - this process is limited
                    if cell.tag == f"{MAIN}c" and cell.get("s") in styles
                }
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, StopIteration, ValueError):
        return {}


def _styles(archive: zipfile.ZipFile) -> Mapping[str | None, int]:
    """How much of a date each style shows that shows less than a day, by its number."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    formats = BUILT_IN | {
        int(one.get("numFmtId", 0)): shown
        for one in styles.iter(f"{MAIN}numFmt")
        if (shown := _shown(one.get("formatCode", ""))) is not None
    }
    used = styles.find(f"{MAIN}cellXfs")
    return {
        str(number): formats[int(style.get("numFmtId", 0))]
        for number, style in enumerate([] if used is None else used)
        if int(style.get("numFmtId", 0)) in formats
    }


def _shown(code: str) -> int | None:
    """How much of an ISO date a format shows: a year or a month; None for a day, a time or no date."""
    letters = set(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower())
    if "y" not in letters or letters & set("dhs"):
        return None
    return MONTH if "m" in letters else YEAR


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Where in the archive the first worksheet lies."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    wanted = next(book.iter(f"{MAIN}sheet")).get(OF_OFFICE)
    parts = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(part.get("Target", "") for part in parts if part.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _place(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of a cell: (2, 5) for F2."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :] or 0), column - 1


if __name__ == "__main__":
    main()
