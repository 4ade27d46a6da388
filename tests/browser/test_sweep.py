"""Every page of the demonstration, found by its links, looked at by machine in every mode."""

import gzip
from itertools import product

import pytest
from flask import Flask
from playwright.sync_api import Page

from demo.world import World
from kernel.identity.actor import Actor
from tests.browser.axe import violations
from tests.browser.crawl import Reached
from tests.browser.people import People, overflow
from tests.pages import Browser as PlainBrowser

CAST = ("administrator", "planner", "approver", "kenya_focal", "kenya_member")
"""People of the demonstration who between them see every page."""
START = ["/", "/search?q=ink", "/dev/mail"]
STRANGERS = ["/sign-in", "/reset", "/reset/asked", "/dev/mail"]
WITHOUT_LINK = {
    # behind a letter, or behind a form that was sent
    "accounts.accept_invitation",
    "accounts.confirm_address",
    "accounts.confirm_second_factor",
    "accounts.reset_password",
    "accounts.second_step",
    "members.check",
    "plan.preview",
    # pictures and files inside pages
    "accounts.second_factor_picture",
    # for machines
    "healthz",
    "metrics",
    "readyz",
}
USUAL = [("en", 1280, "light"), ("ar", 390, "dark")]
MODES = [
    pytest.param(*mode, marks=() if mode in USUAL else pytest.mark.slow)
    for mode in product(["en", "ar"], [1280, 390], ["light", "dark"])
]
SMALL, PICTURED = 15 * 1024, 30 * 1024
"""Bytes under gzip that a page may have; the second with a map or a table of 300 lines."""


@pytest.fixture(scope="session")
def cast(demo: World) -> dict[str, Actor]:
    """The people by their key."""
    actors = {}
    for key in CAST:
        with demo.acting(key) as actor:
            actors[key] = actor
    return actors


@pytest.fixture(scope="session")
def reached(app: Flask, demo_host: str, cast: dict[str, Actor]) -> Reached:
    """What the people find between them; strangers first, whose pages nobody else is shown."""
    found = Reached()
    found.crawl(app, PlainBrowser.at(app, demo_host), "", STRANGERS)
    for key, actor in cast.items():
        found.crawl(app, PlainBrowser.at(app, demo_host, actor), key, START)
    return found


@pytest.mark.parametrize(("lang", "width", "theme"), MODES)
def test_axe_finds_nothing_on_any_page(
    demo_people: People,
    cast: dict[str, Actor],
    reached: Reached,
    lang: str,
    width: int,
    theme: str,
) -> None:
    windows = {
        key: demo_people.page(cast.get(key), lang=lang, width=width, theme=theme)
        for key in ("", *CAST)
    }
    faults: list[str] = []
    for person, address in reached.pages.values():
        windows[person].goto(address)
        faults += _faults(windows[person])
    assert not faults, "\n".join(faults)


def _faults(page: Page) -> list[str]:
    found = violations(page)
    if overflow(page) > 0:
        found.append(f"{page.url} is {overflow(page)} px too wide")
    return found


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_overflows_at_320_px(
    demo_people: People, cast: dict[str, Actor], reached: Reached, lang: str
) -> None:
    windows = {key: demo_people.page(cast.get(key), lang=lang, width=320) for key in ("", *CAST)}
    wide = []
    for person, address in reached.pages.values():
        windows[person].goto(address)
        if overflow(windows[person]) > 0:
            wide.append(address)
    assert not wide


def test_pages_stay_small(
    app: Flask, demo_host: str, cast: dict[str, Actor], reached: Reached
) -> None:
    browsers = {key: PlainBrowser.at(app, demo_host, cast.get(key)) for key in ("", *CAST)}
    for person, address in reached.pages.values():
        html = browsers[person].get(address).response.data
        pictured = b'class="worldmap"' in html or html.count(b"<tr") > 200
        size = len(gzip.compress(html, 6))
        assert size <= (PICTURED if pictured else SMALL), f"{address} has {size} bytes"


def test_every_page_has_one_heading_and_says_whose_it_is(
    app: Flask, demo_host: str, cast: dict[str, Actor], reached: Reached
) -> None:
    browsers = {key: PlainBrowser.at(app, demo_host, cast.get(key)) for key in ("", *CAST)}
    for person, address in reached.pages.values():
        page = browsers[person].get(address)
        headings = list(page.document.iter("h1"))
        assert len(headings) == 1, f"{address} has {len(headings)} first headings"
        assert page.title.endswith("Commonwealth Electoral Network"), address
