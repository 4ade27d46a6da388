"""Spreadsheets we hand out: typed cells, nothing executable, the same text back."""

import datetime
import io
import unicodedata
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.documents.sheets import Sheet, csv, neutral, original, xlsx
from kernel.documents.tables import read_table
from kernel.values.money import Money

DAY = datetime.date(2026, 3, 12)


at = datetime.datetime.fromisoformat


def sheet(*rows, totals=(), title="Members"):
    return Sheet(title, ("Name", "Value"), rows, totals)


def workbook(*sheets):
    return openpyxl.load_workbook(io.BytesIO(xlsx(sheets)))


def test_cells_of_a_workbook_keep_their_type():
    money = Money(Decimal("48000.50"), "GBP")
    rows = [["Fiji", 1970], ["Rate", Decimal("1.5")], ["Day", DAY], ["Cost", money], ["None", None]]
    worksheet = workbook(sheet(*rows)).active
    values = [row[1].value for row in worksheet.iter_rows()]
    assert values == ["Value", 1970, 1.5, at("2026-03-12"), 48000.5, None]
    assert worksheet["B2"].number_format == "0"
    assert worksheet["B4"].number_format == "yyyy-mm-dd"
    assert worksheet["B5"].number_format == r'#,##0.00\ "GBP"'


def test_a_currency_without_minor_unit_shows_no_decimals():
    worksheet = workbook(sheet(["Vatu", Money(Decimal(1250), "VUV")])).active
    assert worksheet["B2"].number_format == r'#,##0\ "VUV"'


def test_a_time_in_utc_is_written_as_a_time():
    moment = at("2026-03-12T09:30+00:00")
    assert workbook(sheet(["At", moment])).active["B2"].value == at("2026-03-12T09:30")


def test_a_formula_in_text_is_text_in_a_workbook():
    worksheet = workbook(sheet(['=HYPERLINK("http://127.0.0.1")', 1])).active
    assert worksheet["A2"].data_type == "s"
    assert worksheet["A2"].value == '=HYPERLINK("http://127.0.0.1")'


def test_headings_are_bold_and_stay_in_view_and_totals_are_bold():
    worksheet = workbook(sheet(["Travel", 5], totals=[["Total", 5]])).active
    assert worksheet.freeze_panes == "A2"
    assert [worksheet[f"A{row}"].font.bold for row in (1, 2, 3)] == [True, False, True]


def test_a_right_to_left_sheet_lays_columns_out_from_the_right():
    rtl = Sheet("الأعضاء", ["البلد"], [["ناميبيا"]], rtl=True)
    assert workbook(rtl).active.sheet_view.rightToLeft


def test_sheet_names_fit_excel_and_differ():
    title = "Budget: the mission [draft] of 2026, lines and rates"
    names = workbook(sheet(title=title), sheet(title=title), sheet(title="[]")).sheetnames
    assert names == ["Budget  the mission  draft  of", "Budget  the mission  draft  o 2", "Sheet"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20 7946 0000", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", " =1+1", "＝1+1"],
)
def test_what_a_spreadsheet_would_execute_is_neutralised_in_csv(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "-12.50", "-1,5", "Fiji", "", "a=b", "2026-03-12", "'Mam"])
def test_harmless_text_and_negative_numbers_stay_as_they_are(text):
    assert neutral(text) == text


@given(st.text())
def test_neutralising_can_be_undone_exactly(text):
    assert original(neutral(text)) == text


def test_numbers_in_csv_are_plain_and_never_neutralised():
    rows = [["a", -5], ["b", Decimal("-1E+3")], ["c", Money(Decimal("-7.50"), "GBP")], ["d", DAY]]
    assert csv(sheet(*rows), bom=False).decode().splitlines()[1:] == [
        '"a","-5"',
        '"b","-1000"',
        '"c","-7.50"',
        '"d","2026-03-12"',
    ]


def test_csv_begins_with_a_byte_order_mark_for_excel_unless_asked_not_to():
    assert csv(sheet(["Élodie", 1])).startswith(b"\xef\xbb\xbf")
    assert csv(sheet(["Élodie", 1]), bom=False).startswith(b'"Name"')


def test_csv_quotes_every_cell_and_ends_lines_with_crlf():
    written = csv(sheet(["Bahamas, The", None]), bom=False)
    assert written == b'"Name","Value"\r\n"Bahamas, The",""\r\n'


# What a person types: no control characters, single spaces inside, composed.
words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
texts = (
    st.lists(words, min_size=1, max_size=3)
    .map(" ".join)
    .map(lambda text: unicodedata.normalize("NFC", text))
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=2, max_size=6)
)


@given(tables)
def test_csv_we_write_reads_back_the_same(rows):
    headings, *data = rows
    table = read_table(csv(Sheet("x", headings, data)))
    assert table.headers == tuple(headings)
    assert [row.cells for row in table.rows] == [tuple(row) for row in data]


@settings(max_examples=10, deadline=None)
@given(tables)
def test_xlsx_we_write_reads_back_the_same(rows):
    headings, *data = rows
    table = read_table(xlsx([Sheet("x", headings, data)]))
    assert table.headers == tuple(headings)
    assert [row.cells for row in table.rows] == [tuple(row) for row in data]
