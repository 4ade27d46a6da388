"""Every page of the demonstration, found by its links, looked at by machine in every mode."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from demo import HOST
from demo.world import World
from kernel.identity.actor import Actor
from tests.browser.axe import rules_for, violations
from tests.browser.crawl import Reached
from tests.browser.people import MODES, USUAL, People, overflow
from tests.contracts.examples import Example
from tests.contracts.routes import is_api, routes
from tests.contracts.test_pages import ELSEWHERE
from tests.factories import TestTenant
from tests.pages import Browser as PlainBrowser

CAST = (
    "administrator",
    "planner",
    "approver",
    "officer",
    "alumna",
    "kenya_focal",
    "kenya_member",
)
"""People of the demonstration who between them see every page."""
START = ["/", "/search?q=ink", "/dev/mail"]
STRANGERS = ["/sign-in", "/reset", "/reset/asked", "/apply", "/apply/received", "/dev/mail"]
NARROWEST = 320
WIDEST_WORDS = ("fr", 1280, "light")
"""French takes the most room: where it fits the narrowest window, English does."""
SWEPT = [
    pytest.param(*WIDEST_WORDS),
    *(pytest.param(*mode, marks=() if mode == USUAL[-1] else pytest.mark.slow) for mode in MODES),
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
def reached(app: Flask, demo: World, cast: dict[str, Actor]) -> Reached:
    """What the people find between them; strangers first, whose pages nobody else is shown."""
    found = Reached()
    found.crawl(app, PlainBrowser.at(app, HOST), "", STRANGERS)
    for key, actor in cast.items():
        found.crawl(app, PlainBrowser.at(app, HOST, actor), key, START)
    return found


@pytest.mark.parametrize(("lang", "width", "theme"), SWEPT)
def test_axe_finds_nothing_on_any_page(
    people_for: Callable[[TestTenant], People],
    demo: World,
    cast: dict[str, Actor],
    reached: Reached,
    lang: str,
    width: int,
    theme: str,
) -> None:
    crowd = people_for(TestTenant(demo.tenant_id, HOST))
    windows = {
        key: crowd.page(cast.get(key), lang=lang, width=width, theme=theme, axe=True)
        for key in ("", *CAST)
    }
    faults: list[str] = []
    for person, page in reached.pages.values():
        windows[person].goto(page.address)
        faults += _faults(windows[person], rules_for(lang, theme))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("lang", "width", "theme"), SWEPT)
def test_axe_finds_nothing_on_pages_the_demonstration_does_not_lead_to(
    app: Flask,
    people_for: Callable[[TestTenant], People],
    example: Example,
    reached: Reached,
    lang: str,
    width: int,
    theme: str,
) -> None:
    crowd = people_for(example.tenant)
    page = crowd.page(example.actor, lang=lang, width=width, theme=theme, axe=True)
    faults: list[str] = []
    for rule, method in routes(app):
        if method != "GET" or is_api(rule) or rule.endpoint in reached.endpoints | ELSEWHERE:
            continue
        address = example.path(rule)
        if example.visitor.browser.get(address).response.mimetype == "text/html":
            page.goto(address)
            faults += _faults(page, rules_for(lang, theme))
    assert not faults, "\n".join(faults)


def _faults(page: Page, rules: list[str]) -> list[str]:
    """What axe finds, and sideways overflow, also when the page is squeezed."""
    found = violations(page, rules)
    size = page.viewport_size
    assert size is not None
    for width in (size["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": size["height"]})
        if overflow(page) > 0:
            found.append(f"{page.url} is {overflow(page)} px wider than {width}")
    page.set_viewport_size(size)
    return found


def test_pages_stay_small(reached: Reached) -> None:
    for _, page in reached.pages.values():
        pictured = 'class="worldmap"' in page.html or page.html.count("<tr") > 200
        size = len(gzip.compress(page.response.data, 6))
        assert size <= (PICTURED if pictured else SMALL), f"{page.address} has {size} bytes"


def test_every_page_has_one_heading_and_says_whose_it_is(reached: Reached) -> None:
    for _, page in reached.pages.values():
        headings = list(page.document.iter("h1"))
        assert len(headings) == 1, f"{page.address} has {len(headings)} first headings"
        assert page.title.endswith("Commonwealth Electoral Network"), page.address
