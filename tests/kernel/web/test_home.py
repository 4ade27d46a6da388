from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from flask import Flask

from kernel.questions import waiting as question
from kernel.questions.waiting import Waiting, register_waiting
from kernel.values import clock
from kernel.web.menu import Menu
from kernel.web.routes import SIGNED_IN
from tests.factories import Factory
from tests.pages import Browser, Page

CLOSED = "styleguide.conflict"
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> list[Waiting]:
    """What waits in missions, whoever asks; nothing else does."""
    monkeypatch.setattr(question, "_PROVIDERS", {})
    given: list[Waiting] = []
    register_waiting(lambda _actor: given, module="missions")
    return given


@pytest.fixture
def sample_menu(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sections: one half open, one closed, one empty."""
    menu = Menu()
    for order, key in enumerate(("half", "closed", "empty")):
        menu.section(key, f"Section {key}", order)
    menu.add("half", "Forms", "styleguide.plain_form", about="Where forms are looked at.")
    menu.add("half", "Locked", CLOSED)
    menu.add("closed", "Locked too", CLOSED)
    monkeypatch.setitem(app.extensions, "comitia_menu", menu)
    monkeypatch.setattr(
        import_module("kernel.web.menu"),  # the package has a function of that name
        "permission_of",
        lambda _app, endpoint: "nobody:may" if endpoint == CLOSED else SIGNED_IN,
    )


def headings(page: Page) -> list[str | None]:
    return [h.text for h in page.document.iter("h3")]


def test_home_greets_by_name(browser_for: Callable[..., Browser], factory: Factory) -> None:
    page = browser_for(factory.actor("Ama Serwaa")).get("/")
    assert page.status == 200
    assert "Ama Serwaa" in page.text


@pytest.mark.usefixtures("sample_menu")
def test_home_offers_what_the_person_may_open_and_says_what_for(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    page = browser_for(factory.actor()).get("/")
    assert page.links()["Forms"] == "/dev/ui/form"
    assert "Where forms are looked at." in page.text
    assert "Locked" not in page.text


@pytest.mark.usefixtures("sample_menu")
def test_sections_without_an_open_entry_are_left_out(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    assert headings(browser_for(factory.actor()).get("/")) == ["Section half"]


def test_somebody_without_any_entry_is_told_whom_to_ask(
    app: Flask,
    browser_for: Callable[..., Browser],
    factory: Factory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "comitia_menu", Menu())
    assert "administrator gives you a role" in browser_for(factory.actor()).get("/").text


def test_home_says_what_waits_with_its_name_and_leads_there(
    browser_for: Callable[..., Browser], factory: Factory, things: list[Waiting]
) -> None:
    things.append(Waiting("sample", "Approve the budget", "/there", "Election (fictional)"))
    page = browser_for(factory.actor()).get("/")
    assert "1 thing waits for you Missions Approve the budget Election (fictional)" in page.text
    assert page.links()["Approve the budget"] == "/there"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW + timedelta(days=3), "Due: in 3 days"),
        (NOW + timedelta(hours=5), "Due: in 5 hours"),
        (NOW - timedelta(days=2), "Overdue: 2 days ago"),
        (NOW + timedelta(days=30), "Due: 21 Dec 2026"),
    ],
)
def test_home_says_when_a_thing_is_due(
    browser_for: Callable[..., Browser],
    factory: Factory,
    things: list[Waiting],
    due: datetime,
    said: str,
) -> None:
    things.append(Waiting("sample", "Apply", "/there", due=due))
    browser = browser_for(factory.actor())
    with clock.frozen(NOW):
        assert said in browser.get("/").text


def test_much_that_waits_is_cut_short_and_the_rest_is_a_link_away(
    browser_for: Callable[..., Browser], factory: Factory, things: list[Waiting]
) -> None:
    things += [Waiting("sample", f"Thing {number:02}", "/there") for number in range(17)]
    browser = browser_for(factory.actor())
    page = browser.get("/")
    assert "17 things wait for you" in page.text
    assert "Thing 04" in page.text
    assert "Thing 05" not in page.text
    whole = browser.get(page.links()["and 12 more – Missions"].partition("#")[0])
    assert "Thing 16" in whole.text
    assert "more" not in whole.text


def test_home_says_so_when_nothing_waits_and_where_to_go(
    browser_for: Callable[..., Browser], factory: Factory, things: list[Waiting]
) -> None:
    page = browser_for(factory.actor()).get("/")
    assert "Nothing waits for you" in page.text
    assert "Discussions" in page.links()


def test_the_api_tells_the_same_as_the_page(
    factory: Factory,
    things: list[Waiting],
    waiting: Callable[..., list[dict[str, object]]],
) -> None:
    things.append(Waiting("sample", "Apply", "/there", "Placement", NOW, 3))
    assert waiting(factory.actor()) == [
        {
            "module": "missions",
            "kind": "sample",
            "text": "Apply",
            "about": "Placement",
            "url": "/there",
            "due": "2026-11-21T10:00:00+00:00",
            "count": 3,
        }
    ]
