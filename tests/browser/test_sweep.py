"""Every page of the product, as somebody with every role finds it by its links."""

import gzip
from itertools import product

import pytest
from flask import Flask

from tests.browser.axe import check_axe
from tests.browser.crawl import addresses
from tests.browser.people import People, overflow
from tests.browser.story import Story, tell
from tests.factories import Factory
from tests.pages import Browser as PlainBrowser

STRANGERS = ["/sign-in", "/reset", "/reset/asked", "/dev/mail"]
NOT_FOUND_BY_LINKS: set[str] = set()
USUAL = [("en", 1280, "light"), ("ar", 390, "dark")]
MODES = [
    pytest.param(*mode, marks=() if mode in USUAL else pytest.mark.slow)
    for mode in product(["en", "ar"], [1280, 390], ["light", "dark"])
]
SMALL = 15 * 1024
PICTURED = 30 * 1024
"""Bytes under gzip that a page may have; more with a map or a long table."""


@pytest.fixture
def story(app: Flask, factory: Factory) -> Story:
    return tell(app, factory)


@pytest.fixture
def pages(app: Flask, story: Story, people: People) -> dict[str, str]:
    """One address of every page, by endpoint."""
    browser = PlainBrowser.at(app, people.tenant.host, story.everybody)
    return addresses(app, browser, ["/"])


@pytest.mark.parametrize(("lang", "width", "theme"), MODES)
def test_axe_finds_nothing_on_any_page(
    people: People, story: Story, pages: dict[str, str], lang: str, width: int, theme: str
) -> None:
    page = people.page(story.everybody, lang=lang, width=width, theme=theme)
    faults = []
    for address in pages.values():
        page.goto(address)
        faults += _faults(page, address)
    stranger = people.page(lang=lang, width=width, theme=theme)
    for address in STRANGERS:
        stranger.goto(address)
        faults += _faults(stranger, address)
    assert not faults, "\n\n".join(faults)


def _faults(page: object, address: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    if overflow(page) > 0:
        found.append(f"{address} is {overflow(page)} px too wide")
    try:
        check_axe(page)
    except AssertionError as error:
        found.append(str(error))
    return found


def test_no_page_overflows_at_320_px(people: People, story: Story, pages: dict[str, str]) -> None:
    for lang in ("en", "ar"):
        page = people.page(story.everybody, lang=lang, width=320)
        for address in pages.values():
            page.goto(address)
            assert overflow(page) <= 0, f"{address} in {lang}"


def test_pages_stay_small(app: Flask, people: People, story: Story, pages: dict[str, str]) -> None:
    browser = PlainBrowser.at(app, people.tenant.host, story.everybody)
    for address in pages.values():
        html = browser.get(address).response.data
        pictured = b'class="worldmap"' in html or html.count(b"<tr") > 200
        assert len(gzip.compress(html, 6)) <= (PICTURED if pictured else SMALL), address


def test_every_page_can_be_found_by_its_links(app: Flask, pages: dict[str, str]) -> None:
    drawn = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.startswith(("/api/", "/assets/", "/dev/"))
    }
    missing = drawn - pages.keys() - NOT_FOUND_BY_LINKS
    assert not missing, ", ".join(sorted(missing))
