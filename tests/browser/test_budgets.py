"""A budget in a real browser: planned, submitted, approved, moved; readable in every mode."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from demo.budgets import load_budget
from kernel.identity.actor import Actor
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision
from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.browser.steps import fill, look_in_every_mode
from tests.factories import Factory


@pytest.fixture
def planner(factory: Factory) -> Actor:
    """A planner at the secretariat, and a member country to go to."""
    factory.organisation("Electoral Commission of Solomon Islands", country="SB")
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    return factory.actor("Petra Fictional", organisation=secretariat, roles=["planner"])


@pytest.fixture
def approver(factory: Factory) -> Actor:
    """Somebody who approves what the planner submits."""
    return factory.actor("Amadou Fictional", roles=["approver"])


@pytest.fixture
def mission_id(planner: Actor, inside: Callable[[], Any]) -> UUID:
    """An observation mission with polling day on 14 March 2027."""
    with inside():
        return missions.create_mission(
            planner,
            kind=MissionKind.OBSERVATION,
            title="General election, Solomon Islands (fictional)",
            country="SB",
            polling_day=date(2027, 3, 14),
            precision=Precision.DAY,
            time_zone="Pacific/Guadalcanal",
            observers=12,
            staff=4,
        ).id


@pytest.fixture
def budgeted(planner: Actor, mission_id: UUID, inside: Callable[[], Any]) -> UUID:
    """The mission with the demonstration budget, waiting for approval."""
    with inside():
        load_budget(planner, mission_id, date(2026, 11, 2))
    return mission_id


def add_line(page: Page, **typed: str) -> None:
    """Add a line from the budget's page."""
    page.get_by_role("link", name="Add line").first.click()
    fill(page, **typed)
    page.get_by_role("button", name="Add line").click()
    expect(page.get_by_role("link", name=typed["description"], exact=True)).to_be_visible()


def test_a_budget_is_planned_approved_and_moved_without_scripts(
    people: People, planner: Actor, approver: Actor, mission_id: UUID
) -> None:
    page = people.page(planner, scripts=False)
    page.goto(f"/missions/{mission_id}")
    page.locator("main, .side").get_by_role("link", name="Budget", exact=True).first.click()
    page.get_by_role("button", name="Start the budget").click()
    page.get_by_role("link", name="Add an exchange rate").click()
    fill(
        page,
        currency="USD",
        units_per_base="1.25",
        quoted_on="2026-11-02",
        source="Sample (fictional)",
    )
    page.get_by_role("button", name="Save rate").click()
    add_line(
        page,
        category="subsistence",
        description="Daily allowance",
        driver="person_units",
        persons="12",
        measure="days",
        phase="deployment",
        rate="94",
        currency="USD",
    )
    add_line(
        page,
        category="transport",
        description="Vehicles",
        driver="units",
        measure="number",
        units="15",
        rate="780",
    )
    add_line(page, category="reporting", description="Printing", driver="lump_sum", rate="3650")
    expect(page.get_by_text("12 persons × 15 days")).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("Waiting for approval")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    other = people.page(approver, scripts=False)
    other.goto(f"/missions/{mission_id}/budget")
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_text("Approved by Amadou Fictional")).to_be_visible()
    with other.expect_download() as download:
        other.get_by_text("Download", exact=True).click()
        other.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    page.goto(f"/missions/{mission_id}/plan/move-polling-day")
    fill(page, polling_day="2027-03-28")
    page.get_by_role("button", name="Show what moves").click()
    expect(page.get_by_role("heading", name="1 budget line changes")).to_be_visible()
    page.get_by_role("button", name="Move polling day").click()
    page.goto(f"/missions/{mission_id}/budget")
    expect(page.get_by_text("This revision was opened by itself")).to_be_visible()
    why = re.compile("Mission in the country is now 20 Mar.+3 Apr: still 15 days")
    expect(page.get_by_text(why)).to_be_visible()


@pytest.mark.slow
def test_the_budget_page_is_accessible_in_every_mode(
    people: People, approver: Actor, budgeted: UUID
) -> None:
    look_in_every_mode(people, approver, [f"/missions/{budgeted}/budget"], "budget")


def test_a_refused_line_is_accessible(people: People, planner: Actor, mission_id: UUID) -> None:
    page = people.page(planner, width=320)
    page.goto(f"/missions/{mission_id}/budget")
    page.get_by_role("button", name="Start the budget").click()
    page.get_by_role("link", name="Add line").first.click()
    page.get_by_role("button", name="Add line").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    people.screenshot(page, "budget-line-refused")
    assert overflow(page) <= 0
    check_axe(page)
