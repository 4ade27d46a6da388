"""Writing a post in a real browser: by keyboard alone, without a connection, on another device."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.browser.steps import tab_to
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


@pytest.fixture
def topic(cast: dict[str, Any], inside: Any) -> Any:
    """A question of Akua's."""
    with inside():
        group = make_group(cast["administrator"], cast["akua"], [cast["kofi"]])
        return make_topic(cast["akua"], group)


def box(page: Page) -> Any:
    return page.get_by_role("textbox", name="Your text")


def test_one_writes_formats_mentions_previews_and_posts_by_keyboard_alone(
    people: People, cast: dict[str, Any], topic: Any
) -> None:
    page = people.page(cast["kofi"])
    page.goto(f"/network/discussions/{topic.id}")
    keys = page.keyboard
    keys.press("r")
    expect(box(page)).to_be_focused()
    keys.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    keys.press("Shift+Tab")
    expect(page.get_by_role("tab", name="Write")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(box(page)).to_be_focused()
    keys.type("It holds")
    for _ in "holds":
        keys.press("Shift+ArrowLeft")
    keys.press("Shift+Tab")
    keys.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    keys.press("Home")
    keys.press("Enter")
    expect(box(page)).to_have_value("It **holds**")
    expect(box(page)).to_be_focused()
    keys.press("End")
    keys.type("\n\nAsk @aku")
    offered = page.get_by_role("option", name="Akua Fictional")
    expect(offered).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == offered.get_attribute("id")
    keys.press("Enter")
    expect(box(page)).to_have_value(
        f"It **holds**\n\nAsk @[Akua Fictional](person:{cast['akua'].person_id}) "
    )
    check_axe(page)
    tab_to(page, page.get_by_role("tab", name="Write"), "Shift+Tab", most=2)
    keys.press("ArrowRight")
    panel = page.get_by_role("tabpanel", name="Preview")
    expect(panel.get_by_role("link", name="Akua Fictional")).to_be_visible()
    expect(panel.locator("strong")).to_have_text("holds")
    people.screenshot(page, "writing-preview")
    tab_to(page, page.get_by_role("button", name="Post the answer"))
    keys.press("Enter")
    expect(
        page.get_by_role("article").get_by_role("link", name="Akua Fictional").last
    ).to_be_visible()


def test_a_topic_is_begun_by_keyboard_alone_and_what_was_asked_before_is_offered(
    people: People, cast: dict[str, Any], topic: Any
) -> None:
    page = people.page(cast["kofi"])
    page.goto("/network/discussions")
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    keys.press("Enter")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="New topic"), most=3)
    keys.press("Enter")
    page.wait_for_url("**/network/discussions/new")
    tab_to(page, page.get_by_role("radio", name="Group"))
    keys.press("Space")
    title = page.get_by_role("textbox", name="Title")
    tab_to(page, title)
    keys.type("Which indelible ink holds")
    expect(page.get_by_text("Has it been answered already?")).to_be_visible()
    similar = page.get_by_role("main").get_by_role("link", name="Indelible ink")
    tab_to(page, similar, most=2)
    tab_to(page, box(page))
    keys.type("In the wet season.")
    tab_to(page, page.get_by_role("button", name="Post the topic"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which indelible ink holds")
    expect(page.get_by_role("article")).to_contain_text("In the wet season.")


def test_a_draft_survives_a_lost_connection_and_follows_to_another_device(
    people: People, cast: dict[str, Any], topic: Any
) -> None:
    here, there = people.page(cast["kofi"]), people.page(cast["kofi"], width=390)
    address = f"/network/discussions/{topic.id}"
    here.goto(address)
    saved = here.locator("output.saved")
    box(here).fill("First")
    with here.expect_response("**/network/writing/draft"):
        pass
    here.context.set_offline(True)
    box(here).fill("First and second")
    expect(saved).to_contain_text("Not connected: kept on this device")
    with here.expect_response("**/network/writing/draft"):
        here.context.set_offline(False)
    expect(saved).to_contain_text("Saved")
    there.goto(address)
    expect(box(there)).to_have_value("First and second")
    with there.expect_response("**/network/writing/draft"):
        box(there).fill("First, second and third")
    here.goto(address)
    expect(box(here)).to_have_value("First, second and third")
    here.get_by_role("button", name="Post the answer").click()
    expect(here.get_by_role("article").get_by_text("First, second and third")).to_be_visible()
    there.goto(address)
    expect(there.get_by_role("article").get_by_text("First, second and third")).to_be_visible()
    expect(box(there)).to_have_value("")
    here.get_by_role("article").get_by_text("More", exact=True).last.click()
    here.get_by_role("link", name="Change").last.click()
    with here.expect_response("**/network/writing/draft"):
        box(here).fill("First and third")
    there.goto(here.url)
    expect(box(there)).to_have_value("First, second and third")
    there.get_by_role("button", name="Use what you wrote then").click()
    expect(box(there)).to_have_value("First and third")
    people.complaints[:] = [text for text in people.complaints if "ERR_INTERNET" not in text]


@pytest.mark.parametrize(("lang", "width", "theme"), [("ar", 390, "dark"), ("en", 1280, "light")])
def test_the_box_and_the_drafts_are_accessible(
    people: People, cast: dict[str, Any], topic: Any, lang: str, width: int, theme: str
) -> None:
    page = people.page(cast["kofi"], lang=lang, width=width, theme=theme)
    page.goto("/network/discussions/new")
    with page.expect_response("**/network/writing/draft"):
        page.locator("#body").fill("# Seals\n\n- Which seals\n- How many")
    page.get_by_role("tab").nth(1).click()
    expect(page.locator("#preview-panel h3")).to_be_visible()
    people.screenshot(page, f"box-{lang}-{width}-{theme}")
    check_axe(page)
    page.goto("/network/writing/drafts")
    people.screenshot(page, f"drafts-{lang}-{width}-{theme}")
    check_axe(page)
    assert overflow(page) == 0
