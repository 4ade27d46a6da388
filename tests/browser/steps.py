"""What people do on any page of the product: fill in, press, download, look."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import check_axe, rules_for
from tests.browser.people import WIDTHS, People, overflow


def fill(page: Page, **typed: str) -> None:
    """Fill in fields by their names, whatever kind they are."""
    for name, value in typed.items():
        control = page.locator(f"main [name={name}]")
        if control.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def choose(page: Page, label: str, text: str) -> None:
    """Choose the option of a list in which a text occurs."""
    lists = page.get_by_label(label).and_(page.locator("select"))
    chosen = lists.locator("option", has_text=text)
    lists.select_option(chosen.get_attribute("value"))


def tab_to(page: Page, target: Locator, key: str = "Tab", most: int = 60) -> None:
    """Press a key until an element has the focus, as who uses no mouse does; fails if it never has."""
    for _ in range(most):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by {key}")


def find(page: Page, name: str) -> None:
    """Find a person by name in the only form that asks for one, and choose her."""
    page.locator("main [name$=_words]").fill(name)
    press(page, "Find")
    page.locator("main label.choice", has_text=name).get_by_role("radio").check()


def press(page: Page, button: str) -> None:
    """Press a button by its whole label."""
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    """Follow the first link on the page with this label, the menu's apart."""
    page.locator("main").get_by_role("link", name=link, exact=True).first.click()


def read(page: Page, text: str) -> None:
    """Wait until a text can be read on the page."""
    expect(page.get_by_text(text).first).to_be_visible()


def download(page: Page, link: str) -> Path:
    """Follow a link to a file; where the file was saved."""
    with page.expect_download() as waiting:
        follow(page, link)
    return waiting.value.path()


def status_of(page: Page, address: str) -> int:
    """What an address of the page's own site answers to whoever is signed in there."""
    return int(page.evaluate("address => fetch(address).then(answer => answer.status)", address))


def look_at(people: People, page: Page, address: str, name: str) -> None:
    """Open an address, keep a picture, and fail on anything inaccessible."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    people.screenshot(page, name)
    assert overflow(page) <= 0, address
    check_axe(page)


def look_in_every_mode(people: People, actor: Any, addresses: Iterable[str], name: str) -> None:
    """Open addresses in both languages, and look at each in every mode of this run.

    `actor` has chosen no theme of her own; None is a stranger.
    """
    for lang in ("en", "ar"):
        page = people.page(actor, lang=lang, axe=True)
        for number, address in enumerate(addresses):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            look_around(people, page, lang, f"{name}-{number}")


def look_around(people: People, page: Page, lang: str, name: str) -> None:
    """Look at the page as it is in the modes of this run, which change under it; keep pictures."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        assert overflow(page) <= 0, page.url
        for theme in ("light", "dark"):
            if (lang, width, theme) not in people.modes:
                continue
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            check_axe(page, rules_for(lang, theme))
            people.screenshot(page, f"{name}-{lang}-{width}-{theme}")
