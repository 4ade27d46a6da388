"""Files as offices save them, read into the same table."""

import datetime
import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kernel.documents import tables
from kernel.documents.tables import read_table
from kernel.errors import Refused

DATA = Path(__file__).parents[3] / "demo" / "data"
MEMBERS = Path(__file__).parents[3] / "demo" / "data" / "commonwealth_members.csv"

TEXT = 'Country,Code,Body\r\nNamibia,NA,"Comissão Nacional"\r\n"Bahamas, The",BS,Élodie\r\n'


def rows_of(content):
    return [row.cells for row in read_table(content).rows]


def workbook(rows, *, start=0):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        worksheet = book.add_worksheet()
        for number, row in enumerate(rows, start=start):
            worksheet.write_row(number, 0, row)
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),  # the same bytes for these letters
    ],
)
def test_the_encoding_of_an_office_is_recognised(encoding, said):
    table = read_table(TEXT.encode(encoding))
    assert table.encoding == said
    assert [row.cells for row in table.rows] == [
        ("Namibia", "NA", "Comissão Nacional"),
        ("Bahamas, The", "BS", "Élodie"),
    ]


def test_arabic_saved_by_windows_is_recognised():
    arabic = "البلد,الهيئة\r\nناميبيا,لجنة الانتخابات\r\n"
    assert rows_of(arabic.encode("cp1256")) == [("ناميبيا", "لجنة الانتخابات")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised_though_cells_hold_others(delimiter):
    lines = [["Name", "Note"], ["Fiji", '"one, two; three"'], ["Malta", '"a; b, c"']]
    content = "\n".join(delimiter.join(line) for line in lines).encode()
    assert read_table(content).delimiter == delimiter
    assert rows_of(content) == [("Fiji", "one, two; three"), ("Malta", "a; b, c")]


def test_a_single_column_is_a_table():
    assert rows_of(b"Country\nFiji\nMalta\n") == [("Fiji",), ("Malta",)]


def test_na_is_namibia_and_never_missing():
    assert rows_of(b"code,note\nNA,N/A\nnull,None\n") == [("NA", "N/A"), ("null", "None")]
    assert rows_of(workbook([["code"], ["NA"]])) == [("NA",)]


def test_a_quoted_line_break_stays_inside_its_cell_and_rows_keep_their_number():
    table = read_table(b'name,note\r\nFiji,"one\r\ntwo"\r\nMalta,x\r\n')
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Fiji", "one\ntwo")),
        (3, ("Malta", "x")),
    ]


def test_empty_lines_are_left_out_but_counted_as_a_person_sees_them():
    table = read_table(b"\nname,note\n\nFiji,x\n , \nMalta,y\n\n")
    assert table.headers == ("name", "note")
    assert [row.number for row in table.rows] == [4, 6]


def test_decomposed_letters_are_composed_and_stray_spaces_trimmed():
    decomposed = unicodedata.normalize("NFD", "Tšepo")
    content = f"name\n  {decomposed}   Letsie\u00a0\n".encode()
    assert rows_of(content) == [("Tšepo Letsie",)]


def test_a_neutralised_formula_is_read_as_it_was_meant():
    assert rows_of(b"name\n'=1+1\n'Mamello\n") == [("=1+1",), ("'Mamello",)]


def test_all_members_are_read_with_accents_and_commas():
    table = read_table(MEMBERS.read_bytes())
    names = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert len(table.rows) == 56
    assert names["Bahamas, The"][0] == "BS"
    assert names["Namibia"][0] == "NA"
    assert names["Togo"][3] == "Commission Électorale Nationale Indépendante"
    assert names["Tuvalu"] == ("TV", "Pacific", "1978")


def test_a_file_as_an_office_sends_it_is_read():
    table = read_table((DATA / "participants_dirty_fictional.csv").read_bytes())
    assert (table.encoding, table.delimiter) == ("utf-16", ";")
    assert len(table.headers) == 12
    by_address = {row.cells[3]: row.cells for row in table.rows}
    assert by_address["p05@example.org"][0] == "Aïssatou Ngono"
    assert by_address["p14@example.org"][0] == "Tšepo Letsie"
    assert by_address["p95@example.org"][0] == '=HYPERLINK("http://127.0.0.1")'
    assert len(table.rows) == 36


def test_values_of_a_workbook_become_what_a_person_would_type():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        worksheet = book.add_worksheet()
        worksheet.write_row(0, 0, ["a", "b", "c", "d", "e"])
        worksheet.write_row(2, 0, [180, 1.25, "NA", True])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        worksheet.write_datetime(2, 4, datetime.date(2026, 3, 12), day)
    table = read_table(content.getvalue())
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("180", "1.25", "NA", "TRUE", "2026-03-12"))
    ]


@pytest.mark.parametrize(
    ("shown_as", "read"),
    [
        (17, "2015-08"),  # Aug-15, what Excel makes of 2015-08
        ("mmmm yyyy", "2015-08"),
        ("[$-40C]mmm\\-yy;@", "2015-08"),
        ("yyyy", "2015"),
        ("yyyy-mm-dd", "2015-08-01"),
        ("d mmm", "2015-08-01"),
        (14, "2015-08-01"),
    ],
)
def test_a_workbook_that_shows_a_month_invents_no_day(shown_as, read):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        worksheet = book.add_worksheet("Second by name")
        book.add_worksheet("Another")
        worksheet.write_row(0, 0, ["event", "month", "filled on"])
        worksheet.write_string(2, 0, "Africa region workshop")
        worksheet.write_datetime(
            2, 1, datetime.date(2015, 8, 1), book.add_format({"num_format": shown_as})
        )
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        worksheet.write_datetime(2, 2, datetime.date(2026, 3, 12), day)
    [row] = read_table(content.getvalue()).rows
    assert row.cells == ("Africa region workshop", read, "2026-03-12")


def test_rows_of_a_workbook_are_numbered_from_the_top_of_the_sheet():
    assert [row.number for row in read_table(workbook([["name"], ["Fiji"]], start=3)).rows] == [5]


def test_a_workbook_with_a_far_away_cell_is_refused_without_harm():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        worksheet = book.add_worksheet()
        worksheet.write_string(0, 0, "name")
        worksheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(Refused, match="cannot be read"):
        read_table(content.getvalue())


def test_a_zip_that_is_no_workbook_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("note.txt", "hello")
    with pytest.raises(Refused, match="cannot be read"):
        read_table(content.getvalue())


def test_binary_content_is_refused():
    with pytest.raises(Refused, match="cannot be read"):
        read_table(b"\x89PNG\r\n\x1a\n" + os.urandom(500) + b"\x00")


def test_broken_utf_16_is_refused():
    with pytest.raises(Refused, match="cannot be read"):
        read_table(b"\xff\xfen\x00a\x00m")


@pytest.mark.parametrize("content", [b"", b"\n\n", b" , ,\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(Refused, match="file is empty"):
        read_table(content)


def test_a_file_with_headings_only_has_no_rows():
    table = read_table(b"name,code\n")
    assert (table.headers, table.rows) == (("name", "code"), ())


def test_too_many_bytes_rows_or_columns_are_refused(monkeypatch):
    with pytest.raises(Refused, match="larger than 5 MB"):
        read_table(b"a" * (tables.MOST_BYTES + 1))
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert len(read_table(b"name\na\nb\n").rows) == 2
    with pytest.raises(Refused, match="more than 2 rows"):
        read_table(b"name\na\nb\nc\n")
    monkeypatch.setattr(tables, "MOST_COLUMNS", 2)
    with pytest.raises(Refused, match="more than 2 columns"):
        read_table(b"a,b,c\n")


def test_a_quotation_mark_that_never_closes_is_refused_with_its_line():
    huge = b'name,note\nFiji,"' + b"x" * 200_000
    with pytest.raises(Refused, match="Line 2"):
        read_table(huge)
