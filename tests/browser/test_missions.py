"""A mission in a real browser: proposed, approved to plan, its polling day moved; readable in every mode."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from kernel.identity.actor import Actor
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision
from missions.plan import service as plans
from missions.plan.rules import TaskState
from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.browser.steps import fill, look_in_every_mode
from tests.factories import Factory
from tests.missions.conftest import POLLING_DAY


@pytest.fixture
def planner(factory: Factory) -> Actor:
    """A planner at the secretariat, and a member country to go to."""
    factory.organisation("Electoral Commission of Solomon Islands", country="SB")
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    return factory.actor("Petra Fictional", organisation=secretariat, roles=["planner"])


@pytest.fixture
def mission_id(planner: Actor, inside: Callable[[], Any]) -> UUID:
    """A mission with the starter plan, one of its tasks done."""
    with inside():
        mission = missions.create_mission(
            planner,
            kind=MissionKind.OBSERVATION,
            title="General election, Solomon Islands (fictional)",
            country="SB",
            polling_day=POLLING_DAY,
            precision=Precision.DAY,
            time_zone="Pacific/Guadalcanal",
            observers=12,
            staff=4,
        )
        first, *_ = plans.apply_starter(planner, mission.id, translate=str)
        plans.set_task_state(planner, mission.id, first.id, version=1, state=TaskState.DONE)
    return mission.id


def test_planner_takes_a_mission_to_a_moved_polling_day_without_scripts(
    people: People, planner: Actor
) -> None:
    page = people.page(planner, scripts=False)
    page.goto("/missions")
    page.get_by_role("link", name="New mission").first.click()
    fill(
        page,
        kind="observation",
        country="SB",
        title="General election, Solomon Islands (fictional)",
        polling_day="2027-03-14",
        time_zone="Pacific/Guadalcanal",
        observers="12",
        staff="4",
    )
    page.get_by_role("button", name="Create mission").click()
    page.get_by_role("button", name="Move on to “Being assessed”").click()
    page.get_by_role("link", name="Record the invitation").click()
    fill(page, state="received", on="2026-01-05", issued_by="Chair (fictional)")
    page.get_by_role("button", name="Record").click()
    page.get_by_role("link", name="Waive the assessment").click()
    fill(page, reason="The election was called at short notice (fictional).")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("An approver takes this step.")).to_be_visible()

    page.locator("main, .side").get_by_role("link", name="Plan", exact=True).first.click()
    page.get_by_role("button", name="Add the starter plan").click()
    page.get_by_role("link", name="New task").click()
    fill(page, title="Meet the observers’ union", offset_days="soon", timing="fixed")
    expect(page.locator("#offset_days")).to_be_hidden()
    fill(page, starts_on="2027-03-01")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#offset_days")).to_be_visible()  # what is wrong is never hidden
    fill(page, offset_days="-13", timing="anchored")
    expect(page.locator("#starts_on")).to_be_hidden()
    fill(page, timing="fixed")
    expect(page.locator("#starts_on")).to_have_value("2027-03-01")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="Deploy the advance team")
    expect(row).to_contain_text("21 Feb 2027")

    page.get_by_role("link", name="Move polling day").click()
    fill(page, polling_day="2027-03-28")
    page.get_by_role("button", name="Show what moves").click()
    expect(page.get_by_role("heading", name="18 tasks move")).to_be_visible()
    expect(page.get_by_text("It has a fixed date.")).to_be_visible()
    page.get_by_role("button", name="Move polling day").click()
    expect(page.get_by_text("Polling day was moved.")).to_be_visible()
    expect(row).to_contain_text("7 Mar 2027")


@pytest.mark.slow
def test_what_is_drawn_on_missions_is_accessible_in_every_mode(
    people: People, planner: Actor, mission_id: UUID
) -> None:
    preview = "/plan/move-polling-day/preview?polling_day=2027-04-11&precision=day"
    addresses = [f"/missions/{mission_id}{path}" for path in ("", "/plan", preview)]
    look_in_every_mode(people, planner, addresses, "mission")


def test_a_refused_mission_is_accessible(people: People, planner: Actor) -> None:
    page = people.page(planner, width=320)
    page.goto("/missions/new")
    page.get_by_role("button", name="Create mission").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert overflow(page) <= 0
    check_axe(page)
