"""Participants in a real browser: imported without scripts, locked, readable in every mode."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory
from tests.factories.training import AGENDA, make_workshop
from training.participants import service

DATA = Path(__file__).parents[2] / "demo" / "data"


@pytest.fixture
def officer(factory: Factory) -> Any:
    """Somebody who runs workshops."""
    factory.organisation("Electoral Commission of Namibia", country="NA")
    return factory.actor("Officer (fictional)", roles=["programme_officer"])


@pytest.fixture
def workshop_id(inside: Any, officer: Any) -> Any:
    """A workshop with an agenda and nobody registered."""
    with inside():
        return make_workshop(title="Africa region workshop (fictional)", minutes=AGENDA).id


@pytest.fixture
def imported(inside: Any, officer: Any, workshop_id: Any) -> str:
    """The list of 29 people."""
    content = (DATA / "participants_clean_fictional.csv").read_bytes()
    with inside():
        service.import_file(officer, workshop_id, "people.csv", content)
    return f"/training/workshops/{workshop_id}/participants"


def test_an_office_file_is_imported_and_locked_without_scripts(
    people: People, officer: Any, workshop_id: Any
) -> None:
    page = people.page(officer, scripts=False)
    page.goto(f"/training/workshops/{workshop_id}/participants")
    page.get_by_role("link", name="Import participants").click()
    page.get_by_label("File of participants").set_input_files(
        DATA / "participants_dirty_fictional.csv"
    )
    page.get_by_role("button", name="Go on").click()
    for row in range(32, 37):
        page.get_by_label(f"Row {row}").check()
    page.get_by_role("button", name="Leave out the rows ticked").click()
    page.get_by_role("button", name="Import 30 participants").click()
    expect(page.get_by_text("30 participants added.")).to_be_visible()
    page.get_by_role("link", name="Lock attendance").click()
    page.get_by_role("button", name="Lock attendance").click()
    expect(page.get_by_text("29 participations were recorded.")).to_be_visible()


@pytest.mark.slow
def test_the_list_is_accessible_in_every_mode(people: People, officer: Any, imported: str) -> None:
    look_in_every_mode(people, officer, [imported], "participants")
