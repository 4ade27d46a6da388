"""A private group in a real browser: made, written in, answered, and unknown to everybody else."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.factories import Factory
from tests.factories.network import make_group, make_topic

MODES = list(product(["en", "ar"], [1280, 390], ["light", "dark"]))
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 plan"}


@pytest.fixture
def cast(factory: Factory) -> dict[str, Any]:
    """An administrator, two colleagues of one body, and somebody of another."""
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    return {
        "administrator": factory.actor("Nia Fictional", roles=["network_administrator"]),
        "kofi": factory.actor("Kofi Fictional", organisation=emb),
        "akua": factory.actor("Akua Fictional", organisation=emb),
        "stranger": factory.actor("Sam Fictional"),
    }


def make_private_group(page: Page) -> None:
    """Make a group in which Kofi has the chair, and add Akua."""
    page.goto("/network/groups")
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Name of the group").fill("Voter registration")
    page.get_by_label("Only members may read").check()
    page.get_by_label("Chair").select_option(label="Kofi Fictional · Electoral Commission of Ghana")
    page.get_by_role("button", name="Create group").click()
    expect(page.locator("h1")).to_have_text("Voter registration")
    page.get_by_label("Person to add").select_option(
        label="Akua Fictional · Electoral Commission of Ghana"
    )
    page.get_by_role("button", name="Add to the group").click()
    expect(page.get_by_text("The person was added.")).to_be_visible()


def open_topic(page: Page) -> None:
    """Write a topic with a file in the group."""
    page.goto("/network/discussions")
    page.get_by_role("link", name="New topic").first.click()
    page.get_by_label("Voter registration").check()
    expect(page.get_by_text("1 person will be mailed.")).to_be_visible()
    page.get_by_label("Title").fill("Indelible ink in the tropics")
    page.get_by_role("textbox", name="Your text").fill("Does it hold in **humid** heat?")
    page.get_by_label("Files").set_input_files(PLAN)  # type: ignore[arg-type]
    page.get_by_role("button", name="Post the topic").click()
    expect(page.locator("h1")).to_have_text("Indelible ink in the tropics")


def test_a_private_group_talks_and_nobody_else_can_tell(
    people: People, cast: dict[str, Any], run_jobs: Callable[[], list[str]]
) -> None:
    make_private_group(people.page(cast["administrator"]))
    kofi, akua, stranger = (people.page(cast[who]) for who in ("kofi", "akua", "stranger"))
    open_topic(kofi)
    people.screenshot(kofi, "topic")

    run_jobs()
    akua.goto("/dev/mail")
    expect(akua.get_by_text("[Voter registration] Indelible ink in the tropics")).to_be_visible()
    akua.goto("/network/discussions")
    akua.get_by_role("link", name="Indelible ink in the tropics").click()
    expect(akua.get_by_text("Only members of the group can see this.")).to_be_visible()
    akua.get_by_role("textbox", name="Your text").fill("It does, if the finger is dry.")
    akua.get_by_role("button", name="Post the answer").click()
    expect(akua.get_by_text("It does, if the finger is dry.")).to_be_visible()
    run_jobs()
    akua.goto("/dev/mail")
    expect(
        akua.get_by_text("Re: [Voter registration] Indelible ink in the tropics")
    ).to_be_visible()

    kofi.reload()
    file = kofi.get_by_role("link", name="plan.pdf").get_attribute("href")
    for path in (kofi.url, kofi.url.replace(people.address, "") + "?page=1", str(file)):
        answer = stranger.goto(path)
        assert answer is not None
        assert answer.status == 404
    stranger.goto("/network/discussions")
    expect(stranger.get_by_text("No topics yet")).to_be_visible()
    stranger.goto("/search?q=humid")
    expect(stranger.get_by_text("Nothing found")).to_be_visible()
    kofi.goto("/search?q=humid")
    expect(kofi.get_by_role("link", name="Indelible ink in the tropics")).to_be_visible()


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


@pytest.mark.parametrize(("lang", "width", "theme"), MODES)
def test_discussions_are_accessible_in_every_mode(
    people: People, cast: dict[str, Any], inside: Any, lang: str, width: int, theme: str
) -> None:
    with inside():
        group = make_group(cast["administrator"], cast["kofi"], [cast["akua"]])
        topic = make_topic(cast["akua"], group, "الحبر", language="ar", body="**نص** بالعربية")
    page = people.page(cast["kofi"], lang=lang, width=width, theme=theme)
    for path in (
        "/network/discussions",
        "/network/discussions/new",
        f"/network/discussions/{topic.id}",
        "/network/groups",
        f"/network/groups/{group.id}",
    ):
        page.goto(path)
        check_axe(page)
        assert overflow(page) == 0, path
    people.screenshot(page, f"topic-{lang}-{width}-{theme}")
