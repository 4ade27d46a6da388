"""Step 3: an observation mission, its plan and its budget, which follow polling day.

The figures are worked out by hand: the mission is 15 days in the country, USD 1.25 buy GBP 1.

    12 persons × 15 days × USD 94 = USD 16,920  = GBP 13,536.00
    15 units × GBP 780                              11,700.00
    lump sum                                         3,650.00
    subtotal                                        28,886.00
    contingency, 5% of 28,886.00                     1,444.30
    overhead, 7% of 30,330.30 = 2,123.121            2,123.12
    total                                           32,453.42
"""

from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pypdf
from babel.dates import format_date
from playwright.sync_api import Locator, Page, expect

from kernel.values import clock
from tests.browser.steps import download, fill, follow, press, read

TITLE = "General election, Solomon Islands (fictional)"
POLLING_DAY = clock.today("Pacific/Guadalcanal") + timedelta(days=112)
MOVED_TO = POLLING_DAY + timedelta(days=14)
MEETING = POLLING_DAY - timedelta(days=13)
PRESS, TERMS = timedelta(days=30), timedelta(days=84)
"""How long before polling day the press is briefed, and the terms of reference are agreed."""
SHARES = {"base_currency": "GBP", "contingency_percent": "5", "overhead_percent": "7"}
RATE = {"currency": "USD", "units_per_base": "1.25", "quoted_on": "2026-11-02"}
ALLOWANCE = {
    "category": "subsistence",
    "description": "Daily allowance",
    "driver": "person_units",
    "persons": "12",
    "measure": "days",
    "phase": "deployment",
    "rate": "94",
    "currency": "USD",
}
VEHICLES = {
    "category": "transport",
    "description": "Vehicles",
    "driver": "units",
    "measure": "number",
    "units": "15",
    "rate": "780",
}
PRINTING = {
    "category": "reporting",
    "description": "Printing",
    "driver": "lump_sum",
    "rate": "3650",
}
TOTAL = Decimal("32453.42")


def propose_mission(page: Page) -> str:
    """Propose an observation with its invitation and waiver; the address of the mission."""
    page.goto("/missions")
    follow(page, "New mission")
    fill(page, kind="observation", country="SB", title=TITLE, polling_day=f"{POLLING_DAY}")
    fill(page, time_zone="Pacific/Guadalcanal", observers="12", staff="4")
    press(page, "Create mission")
    expect(page.locator("h1")).to_have_text(TITLE)
    mission = page.url
    press(page, "Move on to “Being assessed”")
    follow(page, "Record the invitation")
    fill(page, state="received", on="2026-01-05", issued_by="Chair (fictional)")
    press(page, "Record")
    follow(page, "Waive the assessment")
    fill(page, reason="The election was called at short notice (fictional).")
    press(page, "Record")
    read(page, "An approver takes this step.")
    return mission


def plan_tasks(page: Page, mission: str) -> None:
    """Fill the plan; one task is done, one of its own is counted from polling day, one is fixed."""
    page.goto(f"{mission}/plan")
    press(page, "Add the starter plan")
    for task in (
        {"title": "Brief the press", "timing": "anchored", "offset_days": f"-{PRESS.days}"},
        {"title": "Meet the chair", "timing": "fixed", "starts_on": f"{MEETING}"},
    ):
        follow(page, "New task")
        fill(page, **task)
        press(page, "Save")
    page.get_by_role("row", name="Agree the terms of reference").get_by_role("button").click()
    expect(task_row(page, "Brief the press")).to_contain_text(written(POLLING_DAY - PRESS))
    expect(page.get_by_role("figure", name="Timeline").locator("svg").first).to_be_visible()
    expect(page.get_by_role("figure", name="Timeline")).to_contain_text("Brief the press")


def written(day: date) -> str:
    """A day as pages write it."""
    return format_date(day, "d MMM y", locale="en_GB")


def task_row(page: Page, title: str) -> Locator:
    """The row of a task in the table of tasks."""
    return page.get_by_role("table", name="Tasks").get_by_role("row", name=title)


def plan_budget(page: Page, mission: str) -> None:
    """Plan a budget with lines of every driver in two currencies, and submit it."""
    page.goto(f"{mission}/budget")
    fill(page, **SHARES)
    press(page, "Start the budget")
    follow(page, "Add an exchange rate")
    fill(page, source="Sample (fictional)", **RATE)
    press(page, "Save rate")
    for line in (ALLOWANCE, VEHICLES, PRINTING):
        follow(page, "Add line")
        fill(page, **line)
        press(page, "Add line")
        expect(page.get_by_role("link", name=line["description"], exact=True)).to_be_visible()
    read(page, "12 persons × 15 days")
    read(page, "GBP 32,453.42")
    press(page, "Submit for approval")
    read(page, "Waiting for approval")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def approve_budget(page: Page, mission: str) -> None:
    """Approve the budget, and read its files."""
    page.goto(f"{mission}/budget")
    press(page, "Approve")
    read(page, "Its lines and exchange rates no longer change.")
    page.get_by_text("Download", exact=True).click()
    text = "\n".join(each.extract_text() for each in pypdf.PdfReader(download(page, "PDF")).pages)
    assert "Daily allowance" in text
    assert "32,453.42" in text
    sheet = openpyxl.load_workbook(download(page, "XLSX").open("rb")).worksheets[0]
    totals = {row[0]: row[-1] for row in sheet.iter_rows(values_only=True)}
    assert Decimal(str(totals["Total"])) == TOTAL


def check_frozen(page: Page, mission: str, number: int = 1) -> None:
    """An approved version shows what it was, and no way to change it."""
    version = f"{mission}/budget/versions/{number}"
    page.goto(version)
    read(page, "GBP 32,453.42")
    expect(page.get_by_role("link", name="Add line")).to_have_count(0)
    page.goto(f"{version}/lines/1")
    read(page, "How the amount is calculated")
    expect(page.get_by_role("button", name="Save line")).to_have_count(0)


def move_polling_day(page: Page, mission: str) -> None:
    """Move polling day by two weeks: a preview, then open tasks and the budget's draft follow."""
    page.goto(f"{mission}/plan")
    follow(page, "Move polling day")
    fill(page, polling_day=f"{MOVED_TO}")
    press(page, "Show what moves")
    expect(page.get_by_role("heading", name="18 tasks move")).to_be_visible()
    expect(page.get_by_role("heading", name="2 tasks stay")).to_be_visible()
    expect(page.get_by_role("heading", name="1 budget line changes")).to_be_visible()
    read(page, "the move opens a draft revision with these changes")
    press(page, "Move polling day")
    read(page, "Polling day was moved.")
    for title, day in (
        ("Brief the press", MOVED_TO - PRESS),
        ("Meet the chair", MEETING),
        ("Agree the terms of reference", POLLING_DAY - TERMS),
    ):
        expect(task_row(page, title)).to_contain_text(written(day))

    page.goto(f"{mission}/budget")
    read(page, "This revision was opened by itself")
    link = page.get_by_role("link", name="Daily allowance", exact=True)
    allowance = page.get_by_role("row").filter(has=link)
    arrival = MOVED_TO - timedelta(days=8)
    expect(allowance).to_contain_text(f"Mission in the country is now {arrival.day} ")
    expect(allowance).to_contain_text("still 15 days")


def lengthen_stay(page: Page, mission: str) -> None:
    """Give the phase in the country two more days: the bound line's amount follows, and says why."""
    page.goto(mission)
    page.get_by_role("row", name="Mission in the country").get_by_role("link").click()
    fill(page, last_day="8")
    press(page, "Save")
    page.goto(f"{mission}/budget")
    read(page, "17 days instead of 15")
    read(page, "USD 19,176.00")
