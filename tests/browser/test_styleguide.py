"""Every macro in every state: all eight modes, no violation, no overflow, no complaint."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check_axe, violations
from tests.browser.people import People, overflow
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory

COLOURS_OF_ALL = """() => [...document.querySelectorAll("main *")].map(element => {
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor, style.borderTopColor, style.fill].join();
})"""
ADDRESSES = ["/dev/ui", "/dev/ui/form", "/dev/ui/pictures", "/dev/ui/conflict"]


def test_axe_finds_nothing_in_any_mode(people: People, factory: Factory) -> None:
    look_in_every_mode(people, factory.actor(), ADDRESSES, "styleguide")


def test_the_theme_somebody_chose_is_that_of_the_machine(people: People, factory: Factory) -> None:
    """Both ways to the dark give the same colours, so that looking at one of them is enough."""
    colours = []
    for actor, machine in ((factory.actor(theme="dark"), "light"), (factory.actor(), "dark")):
        page = people.page(actor, theme=machine)
        page.goto("/dev/ui")
        colours.append(page.evaluate(COLOURS_OF_ALL))
    assert colours[0] == colours[1]


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_runs_the_way_its_language_does(
    people: People, factory: Factory, lang: str, direction: str
) -> None:
    page = people.page(factory.actor(), lang=lang)
    page.goto("/dev/ui")
    assert page.locator("html").get_attribute("dir") == direction


def test_axe_is_awake(people: People, factory: Factory) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui/form")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    (found,) = violations(page)
    assert "image-alt" in found
    with pytest.raises(AssertionError, match="image-alt"):
        check_axe(page)


def test_a_breach_of_the_content_security_policy_is_heard(people: People, factory: Factory) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui/form")
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")
    assert any("Content Security Policy" in complaint for complaint in people.complaints)
    people.complaints.clear()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_overflows_at_320_px(people: People, factory: Factory, lang: str) -> None:
    page = people.page(factory.actor(), lang=lang, width=320)
    for address in ADDRESSES:
        page.goto(address)
        assert overflow(page) <= 0, address


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500, 503])
def test_error_pages_are_clean(people: People, factory: Factory, status: int) -> None:
    page = people.page(factory.actor())
    page.goto(f"/dev/ui/error/{status}")
    expect(page.locator("h1")).to_be_visible()
    check_axe(page)


def test_numbers_stand_right_in_a_right_to_left_table(people: People, factory: Factory) -> None:
    page = people.page(factory.actor(), lang="ar")
    page.goto("/dev/ui")
    assert page.locator("td.num").first.evaluate("e => getComputedStyle(e).textAlign") == "right"


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(
    people: People, factory: Factory
) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui")
    expect(page.locator(".errors")).to_be_focused()
    assert page.title().startswith("Error:")
    page.get_by_role("link", name="Enter a title").click()
    assert page.url.endswith("#title")


def test_a_draft_survives_a_reload_and_leaves_with_the_person(
    people: People, factory: Factory
) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui/form")
    page.get_by_label("Title").fill("Tuvalu by-election")
    page.get_by_label("Expert").check()
    expect(page.locator("output.saved")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Tuvalu by-election")
    expect(page.get_by_label("Expert")).to_be_checked()
    kept = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length")
    assert kept == 1
    page.evaluate("""() => {
        const form = document.querySelector('form[data-forget]');
        form.addEventListener('submit', event => event.preventDefault());
        form.requestSubmit();
    }""")
    assert page.evaluate("localStorage.length") == 0


def test_the_keyboard_reaches_search_help_and_menus(people: People, factory: Factory) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui/form")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("details.menu > summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(
    people: People, factory: Factory
) -> None:
    page = people.page(factory.actor())
    page.goto("/dev/ui/form")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_pages_work_with_scripts_off(people: People, factory: Factory) -> None:
    page = people.page(factory.actor(), scripts=False)
    page.goto("/dev/ui")
    expect(page.locator("[data-print]")).to_be_hidden()
    page.locator("details.menu > summary").click()
    expect(page.get_by_role("button", name="Dark")).to_be_visible()


def test_filters_replace_the_content_and_the_address_without_loading_the_page_again(
    people: People, factory: Factory
) -> None:
    page = people.page(factory.actor())
    page.goto("/search")
    page.evaluate("window.stillHere = true")
    page.get_by_label("Words").fill("ink")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    assert "/search?q=ink&" in page.url
    expect(page).to_have_title(re.compile("Search: ink"))
    assert page.evaluate("window.stillHere")
    expect(page.locator("main h1")).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("heading", name="What are you looking for?")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_filters_are_folded_on_a_phone_alone_and_the_fold_says_how_many_are_set(
    people: People, factory: Factory
) -> None:
    page = people.page(factory.actor(), scripts=False)
    page.goto("/dev/ui")
    words, country = page.locator("#filter-q"), page.locator("#filter-country")
    fold = page.get_by_text("Filters (1)")
    expect(words).to_be_visible()
    expect(country).to_be_visible()
    expect(fold).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(words).to_be_visible()
    expect(country).to_be_hidden()
    fold.click()
    expect(country).to_be_visible()


def test_filters_work_with_scripts_off(people: People, factory: Factory) -> None:
    page = people.page(factory.actor(), scripts=False)
    page.goto("/search")
    page.get_by_label("Words").fill("ink")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
