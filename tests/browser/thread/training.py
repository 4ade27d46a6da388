"""Step 4: a workshop of long ago, who attended it, and the certificates they earned.

The invented agenda has 1,200 minutes, so that 960 earn a certificate; of the 29 people in the clean file
25 reached them, and one attended nothing.
"""

from pathlib import Path

import pikepdf
import pypdf
from playwright.sync_api import Page, expect

from tests.browser.steps import download, fill, follow, press, read
from tests.browser.thread.joining import RunJobs

DATA = Path(__file__).parents[3] / "demo/data"
EVENTS = DATA / "training_events.csv"
AGENDA = DATA / "sessions_fictional.csv"
CLEAN = DATA / "participants_clean_fictional.csv"
DIRTY = DATA / "participants_dirty_fictional.csv"
TITLE = "Africa region workshop"
REFUSED = (
    ("32", "Country", "XX"),
    ("33", "S8", "95"),
    ("34", "Full name", "–"),
    ("35", "E-mail", "p93[at]example.org"),
    ("36", "S1", "-5"),
)
"""The rows that cannot be loaded, the column and what stands there."""
FORMULA = '=HYPERLINK("http://127.0.0.1")'
"""The name of a person of the dirty file: text like any other, and nobody the organiser knows."""


def import_workshops(page: Page) -> None:
    """Load the six workshops from a file that tells no day of any."""
    page.goto("/training/workshops")
    follow(page, "Import workshops")
    upload(page, EVENTS)
    press(page, "Import 6 workshops")
    read(page, "6 workshops added.")
    expect(page.locator("main ul.list > li")).to_have_count(6)


def open_gaborone(page: Page) -> str:
    """Open the workshop of August 2015, whose day nobody knows; the address of its page."""
    page.goto("/training/workshops")
    follow(page, TITLE)
    expect(page.locator("h1")).to_have_text(TITLE)
    check_month_only(page)
    return page.url


def check_month_only(page: Page) -> None:
    """The workshop was held in a month; no day of it is shown as its own."""
    fact = page.locator(".facts > div").filter(has_text="When it is held")
    expect(fact.locator("dd")).to_have_text("August 2015")


def import_agenda(page: Page, workshop: str) -> None:
    """Load the eight sessions; their days stay their own."""
    page.goto(workshop)
    page.locator("main").get_by_role("link", name="Import the agenda").first.click()
    upload(page, AGENDA)
    press(page, "Import 8 sessions")
    read(page, "8 sessions added.")
    agenda = page.get_by_role("table", name="Agenda")
    expect(agenda.get_by_role("row", name="Voter registration")).to_contain_text("3 Aug 2015")
    expect(agenda.locator("tfoot")).to_contain_text("1,200")
    check_month_only(page)


def upload(page: Page, file: Path) -> None:
    """Hand in a file for an import and go on to the check of it."""
    page.locator("main [type=file]").set_input_files(file)
    press(page, "Go on")
    expect(page.locator("h1")).to_have_text("Check the import")


def import_participants(page: Page, workshop: str) -> None:
    """Upload the file as an office sends it, leave out what it cannot mend, then the clean file.

    Nothing is loaded as long as a row is wrong: each is named with its column, its value and what to do.
    """
    page.goto(f"{workshop}/participants")
    follow(page, "Import participants")
    upload(page, DIRTY)
    told = page.get_by_role("table", name="5 things to mend").locator("tbody tr")
    for row, refused in enumerate(REFUSED):
        cells = [text.strip() for text in told.nth(row).locator("th, td").all_text_contents()]
        assert tuple(cells[:3]) == refused
        assert cells[3], "no word on what to do"
        told.nth(row).locator("[type=checkbox]").check()
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    press(page, "Leave out the rows ticked")
    read(page, "5 rows are left out.")
    read(page, "Row 31:")  # the person who stands in the file twice, word for word
    press(page, "Import 30 participants")
    read(page, "30 participants added.")
    follow(page, "Import participants")
    upload(page, CLEAN)
    press(page, "Import 29 participants")
    read(page, "29 participants were the same already.")
    remove(page, workshop, FORMULA)


def remove(page: Page, workshop: str, name: str) -> None:
    """Take somebody off the list whom the organiser does not know."""
    follow(page, name)
    press(page, "Take off the list")
    expect(page.get_by_role("link", name=name)).to_have_count(0)


def lock_attendance(page: Page) -> None:
    """From home: see what locking records, lock, and see that minutes now change with a reason only."""
    page.goto("/")
    follow(page, "Lock the attendance")
    expect(page.locator(".stats")).to_contain_text("25")
    press(page, "Lock attendance")
    read(page, "Attendance is locked. 28 participations were recorded.")
    follow(page, "Naledi Mokgosi")
    page.get_by_label("Opening and the electoral cycle").fill("80")
    press(page, "Save minutes")
    expect(page.get_by_role("alert")).to_contain_text("reason")


def issue_certificates(page: Page, run_jobs: RunJobs) -> None:
    """From home: issue to the 25 who reached the threshold, and watch the run."""
    page.goto("/")
    follow(page, "Issue 25 certificates")
    read(page, "Can be issued")
    press(page, "Issue 25 certificates")
    expect(page.locator("h1")).to_have_text("Issuing certificates")
    read(page, "0 of 25")
    run_jobs()
    expect(page.locator("h1")).to_have_text("Certificates were issued")  # by itself
    follow(page, "See the certificates")
    listed = page.locator("#certificates tbody, table tbody").first.locator("tr")
    expect(listed).to_have_count(25)
    expect(listed.filter(has_text="960 of 1,200")).to_have_count(1)
    expect(page.get_by_text("Jean-Paul Mbarga")).to_have_count(0)  # a minute less


def read_certificate(page: Page, name: str) -> str:
    """Open somebody's certificate and read its document; the code it is verified by."""
    follow(page, name)
    code = page.locator(".facts > div").filter(has_text="Code").locator("dd").inner_text()
    path = download(page, "Download (PDF)")
    text = " ".join("".join(each.extract_text() for each in pypdf.PdfReader(path).pages).split())
    for said in (name, "August 2015", code):
        assert said in text
    with pikepdf.open(path) as document:
        assert document.Root.MarkInfo.Marked
        assert "/K" in document.Root.StructTreeRoot
        assert document.open_metadata()["pdfuaid:part"] == "1"
    return code


def verify(page: Page, code: str, name: str) -> None:
    """A stranger learns from the code that the certificate stands, and never whose it is."""
    page.goto("/verify")
    page.get_by_label("Code of the certificate").fill(code.lower().replace("-", " "))
    press(page, "Verify")
    expect(page.locator("h1")).to_have_text("This certificate stands")
    read(page, TITLE)
    fill(page, code="2222-2222-2222-2222")
    stands = page.content()
    press(page, "Verify")
    expect(page.locator("h1")).to_have_text("There is no certificate with this code")
    for word in name.split():
        assert word not in stands + page.content()
