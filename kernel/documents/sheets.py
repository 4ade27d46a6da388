"""Spreadsheets to hand out: one `Sheet` of typed cells, written as XLSX or as CSV.

The type of a cell decides how it is written::

    sheet = Sheet(
        title=_("Members"),
        headings=[_("Country"), _("Joined"), _("Contribution")],
        rows=[["Fiji", 1970, Money(Decimal("1250.00"), "GBP")]],
    )
    xlsx([sheet]); csv(sheet)

Text stays text: in XLSX it is written as a string, in CSV what a spreadsheet would execute is
neutralised by an apostrophe, which `tables.read_table` takes off again.
"""

import csv as csv_writer
import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kernel.values.currencies import minor_unit
from kernel.values.money import Money

Cell = str | int | Decimal | Money | datetime.date | None
"""A `Money` shows its currency in XLSX and its bare amount in CSV; a datetime is in UTC."""

_LONGEST_TEXT: Final = 32_767  # a cell of XLSX holds no more characters
_NARROWEST, _WIDEST = 8, 60  # columns, in characters
_BOM: Final = "\ufeff"

# What a spreadsheet may execute, after OWASP "CSV injection": = + - @ (also full width), tab and CR
# at the start. Leading apostrophes are part of the pattern so that taking one off again is exact.
_EXECUTABLE: Final = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
_PLAIN_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Sheet:
    """A titled table. `totals` are bold below the rows; `rtl` lays columns out from the right."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = ()
    rtl: bool = False


def neutral(text: str) -> str:
    """Return text that no spreadsheet executes; a plain number such as `-12.5` stays as it is."""
    if _EXECUTABLE.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def original(text: str) -> str:
    """Return what `neutral` was given."""
    if text.startswith("'") and _EXECUTABLE.match(text):
        return text[1:]
    return text


def csv(sheet: Sheet, *, bom: bool = True) -> bytes:
    """Write a sheet as UTF-8 CSV (RFC 4180); Excel reads accents right only with the `bom`.

    Every cell is quoted, so that no program takes a semicolon or a tab in a text for a separator.
    """
    text = io.StringIO()
    writer = csv_writer.writer(text, lineterminator="\r\n", quoting=csv_writer.QUOTE_ALL)
    writer.writerow([neutral(heading) for heading in sheet.headings])
    for row in (*sheet.rows, *sheet.totals):
        writer.writerow([_csv_cell(cell) for cell in row])
    return ((_BOM if bom else "") + text.getvalue()).encode()


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return neutral(cell)
        case Money():
            return f"{cell.amount:f}"
        case Decimal():
            return f"{cell:f}"
        case datetime.date():  # and datetime, which is one
            return cell.isoformat()
        case _:
            return str(cell)


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets as one XLSX workbook: typed cells, frozen bold headings, fitted columns."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        formats = _Formats(workbook)
        taken: set[str] = set()
        for sheet in sheets:
            worksheet = workbook.add_worksheet(_sheet_name(sheet.title, taken))
            _write_sheet(worksheet, sheet, formats)
    return content.getvalue()


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool], Format] = {}

    def get(self, number_format: str, *, bold: bool) -> Format:
        key = (number_format, bold)
        if key not in self._made:
            look = {"num_format": number_format, "bold": bold, "valign": "top"}
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]


def _write_sheet(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    if sheet.rtl:
        worksheet.right_to_left()
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    first_total = 1 + len(sheet.rows)
    for number, row in enumerate((sheet.headings, *sheet.rows, *sheet.totals)):
        bold = number == 0 or number >= first_total
        for column, cell in enumerate(row):
            _write_cell(worksheet, number, column, cell, formats, bold=bold)
    for column, width in enumerate(_widths(sheet)):
        worksheet.set_column(column, column, width)


def _write_cell(
    worksheet: Worksheet, row: int, column: int, cell: Cell, formats: _Formats, *, bold: bool
) -> None:
    cell_format = formats.get(_number_format(cell), bold=bold)
    match cell:
        case None:
            return
        case str():
            worksheet.write_string(row, column, cell[:_LONGEST_TEXT], cell_format)
        case Money():
            worksheet.write_number(row, column, cell.amount, cell_format)
        case datetime.datetime():
            worksheet.write_datetime(row, column, cell.replace(tzinfo=None), cell_format)
        case datetime.date():
            worksheet.write_datetime(row, column, cell, cell_format)
        case _:
            worksheet.write_number(row, column, cell, cell_format)


def _number_format(cell: Cell) -> str:
    match cell:
        case Money():
            digits = minor_unit(cell.currency)
            decimals = "." + "0" * digits if digits else ""
            return f'#,##0{decimals}\\ "{cell.currency}"'
        case str():
            return "@"
        case datetime.datetime():
            return "yyyy-mm-dd hh:mm"
        case datetime.date():
            return "yyyy-mm-dd"
        case int():
            return "0"
        case _:
            return "General"


def _widths(sheet: Sheet) -> list[int]:
    """Width of each column in characters: its longest cell, within reason."""
    widths = [len(heading) for heading in sheet.headings]
    for row in (*sheet.rows, *sheet.totals):
        for column, cell in enumerate(row[: len(widths)]):
            shown = f"{cell.amount:,f} {cell.currency}" if isinstance(cell, Money) else str(cell)
            widths[column] = max(widths[column], len(shown))
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in widths]


def _sheet_name(title: str, taken: set[str]) -> str:
    """A worksheet name Excel accepts: 31 characters, none of []:*?/\\, unique whatever the case."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title)[:31].strip(" '") or "Sheet"
    name, number = clean, 2
    while name.lower() in taken:
        suffix = f" {number}"
        name, number = clean[: 31 - len(suffix)] + suffix, number + 1
    taken.add(name.lower())
    return name
