"""What stands in the documents of a budget."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pikepdf
import pytest
from pypdf import PdfReader

from kernel.db import db
from kernel.identity.models import Person
from kernel.values import clock
from missions.budgets import service
from missions.budgets.rules.catalogue import Driver
from tests.missions.budgets.conftest import TWELVE_DAYS, entry, lock


@pytest.fixture
def download(browser_for, planner, drafted):
    """`download(".pdf", "fr")` is the version of the draft with that ending, in that language."""

    def get(ending, language="en"):
        page = browser_for(planner).get(
            f"/missions/{drafted.id}/budget/versions/1{ending}",
            headers={"Accept-Language": language},
        )
        assert page.status == 200
        assert "attachment" in page.response.headers["Content-Disposition"]
        return page.response.data

    return get


def pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u2066", "").replace("\u2069", "").split())


def test_the_pdf_has_every_number_of_the_budget(download):
    text = pdf_text(download(".pdf"))
    for number in ("81,000.00", "36,000.00", "117,900.00", "5,895.00", "8,665.65", "132,460.65"):
        assert number in text
    assert "45 persons × 10 days × GBP 180" in text
    assert "Central bank (fictional)" in text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_pdf_is_accessible_in_every_language(download, language):
    with pikepdf.open(io.BytesIO(download(".pdf", language))) as document:
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_pdf_says_why_a_line_moved(download, inside, plans, planner, drafted):
    with inside():
        service.apply_new_dates(planner, drafted, plans.move(drafted, TWELVE_DAYS))
    assert "12 days instead of 10" in pdf_text(download(".pdf"))


def test_the_pdf_says_when_it_was_submitted_in_the_zone_of_its_reader(
    download, inside, planner, drafted
):
    with clock.frozen(datetime(2026, 11, 2, 13, 30, tzinfo=UTC)), inside():
        person = db.session.get(Person, (planner.tenant_id, planner.person_id))
        person.time_zone = "Pacific/Tongatapu"
        service.submit(planner, drafted, 1, lock=lock(planner, drafted))
    assert "3 Nov 2026, 02:30" in pdf_text(download(".pdf"))


def test_the_workbook_has_real_numbers_with_their_formats(download):
    workbook = openpyxl.load_workbook(io.BytesIO(download(".xlsx")))
    lines, rates = workbook.worksheets
    rows = {row[1].value: row for row in lines.iter_rows(min_row=2) if row[1].value}
    flights = rows["Flights"]
    assert [cell.value for cell in flights[3:9]] == [None, 45, 1000, "USD", 45000, 36000]
    assert "0.00" in flights[8].number_format
    assert flights[2].value == "45 units × USD 1,000"
    totals = {row[0].value: row[8].value for row in lines.iter_rows(min_row=5)}
    assert totals["Subtotal"] == 117900
    assert totals["Total"] == pytest.approx(132460.65)
    assert [cell.value for cell in rates[2]][:2] == ["USD", 1.25]


def test_the_workbook_of_an_arabic_reader_runs_from_the_right(download):
    workbook = openpyxl.load_workbook(io.BytesIO(download(".xlsx", "ar")))
    assert workbook.worksheets[0].sheet_view.rightToLeft


def test_the_csv_has_exact_amounts(download):
    rows = list(csv.reader(io.StringIO(download(".csv").decode("utf-8-sig"))))
    assert rows[0][-1] == "Amount in GBP"
    assert rows[-1][0] == "Total"
    assert rows[-1][-1] == "132460.65"
    assert ["45", "1000", "USD", "45000.00", "36000.00"] in [row[-5:] for row in rows]


def test_a_description_that_looks_like_a_formula_stays_text(download, inside, planner, drafted):
    with inside():
        formula = entry(description="=1+1", driver=Driver.LUMP_SUM)
        service.add_line(planner, drafted, 1, formula)
    workbook = openpyxl.load_workbook(io.BytesIO(download(".xlsx")))
    cells = [c for row in workbook.worksheets[0].iter_rows() for c in row if c.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert "'=1+1" in download(".csv").decode()
