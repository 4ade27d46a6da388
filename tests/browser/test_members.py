"""The members in a real browser: imported without scripts, found on the map, readable in every mode."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from network.members import service
from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory

DATA = Path(__file__).parents[2] / "demo" / "data" / "commonwealth_members.csv"


@pytest.fixture
def imported(factory: Factory, inside: object) -> object:
    """The 56 members, and an administrator of theirs."""
    administrator = factory.actor(
        "Adaeze Fictional",
        organisation=factory.organisation("Secretariat", kind="secretariat"),
        roles=["network_administrator"],
    )
    with inside():  # type: ignore[operator]
        service.imports.import_file(administrator, DATA.name, DATA.read_bytes())
    return administrator


def test_members_are_imported_in_a_browser_without_scripts(
    people: People, factory: Factory
) -> None:
    administrator = factory.actor(
        organisation=factory.organisation("Secretariat", kind="secretariat"),
        roles=["network_administrator"],
    )
    page = people.page(administrator, scripts=False)
    page.goto("/network/members")
    page.get_by_role("link", name="Import members").first.click()
    page.get_by_label("File of members").set_input_files(DATA)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Import 56 members").click()
    expect(page.get_by_text("56 members added.")).to_be_visible()


def test_all_56_members_are_on_the_map_and_lead_to_their_page(
    people: People, imported: object
) -> None:
    page = people.page(imported)
    page.goto("/network/members")
    names = page.locator(".worldmap:not(.inset) a title").all_text_contents()
    assert len(names) == 56
    assert {"Nauru", "Tuvalu", "Namibia", "St. Kitts & Nevis"} <= set(names)
    page.locator(".worldmap:not(.inset) a", has_text="Nauru").click()
    expect(page.locator("h1")).to_have_text("Nauru Electoral Commission")


@pytest.mark.slow
def test_the_directory_is_accessible_in_every_mode(people: People, imported: object) -> None:
    look_in_every_mode(people, imported, ["/network/members"], "members")


@pytest.mark.parametrize(("lang", "width", "theme"), [("en", 1280, "light"), ("ar", 390, "dark")])
def test_the_pages_of_a_member_are_accessible(
    people: People, imported: object, lang: str, width: int, theme: str
) -> None:
    page = people.page(imported, lang=lang, width=width, theme=theme)
    page.goto("/network/members?q=Tuvalu")
    member = page.locator(".list a").get_attribute("href")
    for address in (member, f"{member}/edit", "/network/members/import", "/network/members?q=zz"):
        page.goto(str(address))
        assert overflow(page) <= 0, address
        check_axe(page)


def test_a_refused_import_is_accessible(people: People, imported: object, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("iso,emb name\nXX,Nowhere\nNA,=1+1\nNA,Other\n")
    page = people.page(imported, width=390)
    page.goto("/network/members/import")
    page.get_by_label("File of members").set_input_files(bad)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="2 things to mend")).to_be_visible()
    assert overflow(page) <= 0
    check_axe(page)
