from collections.abc import Callable
from importlib import import_module

import pytest
from flask import Flask

from kernel.web.menu import Menu
from kernel.web.routes import SIGNED_IN
from tests.factories import Factory
from tests.pages import Browser, Page

CLOSED = "styleguide.conflict"


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
    return [h.text for h in page.document.iter("h2") if (h.get("id") or "").startswith("group-")]


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
