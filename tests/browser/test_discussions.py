"""Discussions in a real browser: drafts, writing without scripts, and the pages in every mode."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory
from tests.factories.network import make_group, make_topic


@pytest.fixture
def cast(factory: Factory) -> dict[str, Any]:
    """An administrator, and two colleagues of one body."""
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    return {
        "administrator": factory.actor("Nia Fictional", roles=["network_administrator"]),
        "kofi": factory.actor("Kofi Fictional", organisation=emb),
        "akua": factory.actor("Akua Fictional", organisation=emb),
    }


def test_what_is_being_written_survives_closing_the_page(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    with inside():
        make_group(cast["administrator"], cast["kofi"], name="Small states")
    page = people.page(cast["kofi"])
    page.goto("/network/discussions/new")
    page.get_by_role("textbox", name="Your text").fill("Half a thought")
    expect(page.locator("output.saved")).not_to_be_empty()
    page.goto("/network/discussions")
    page.goto("/network/discussions/new")
    expect(page.get_by_role("textbox", name="Your text")).to_have_value("Half a thought")


def test_one_writes_without_scripts(people: People, cast: dict[str, Any], inside: Any) -> None:
    with inside():
        group = make_group(cast["administrator"], cast["kofi"])
        topic = make_topic(cast["kofi"], group)
    page = people.page(cast["kofi"], scripts=False)
    page.goto(f"/network/discussions/{topic.id}")
    page.get_by_role("button", name="Post the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your text.")
    page.get_by_role("textbox", name="Your text").fill("By hand")
    page.get_by_role("button", name="Post the answer").click()
    expect(page.get_by_text("By hand")).to_be_visible()


@pytest.mark.slow
def test_discussions_are_accessible_in_every_mode(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    with inside():
        group = make_group(cast["administrator"], cast["kofi"], [cast["akua"]])
        topic = make_topic(cast["akua"], group, "الحبر", language="ar", body="**نص** بالعربية")
    addresses = [
        "/network/discussions",
        "/network/discussions/new",
        f"/network/discussions/{topic.id}",
        "/network/groups",
        f"/network/groups/{group.id}",
    ]
    look_in_every_mode(people, cast["kofi"], addresses, "discussions")
