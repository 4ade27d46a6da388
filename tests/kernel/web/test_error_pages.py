"""Error pages of somebody signed in: the way on, and nothing that tells what exists."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from kernel.web import home
from kernel.web.menu import Menu
from tests.factories.training import make_workshop
from tests.pages import Browser, Page

NOWHERE = "/nowhere"
NO_WORKSHOP = "/training/workshops/00000000-0000-7000-8000-000000000000"


@pytest.fixture
def browser(browser_for: Callable[..., Browser], factory) -> Browser:
    """Somebody who runs workshops."""
    return browser_for(factory.actor("Officer Fictional", roles=["programme_officer"]))


def ask(browser: Browser, method: str, address: str, **options: object) -> Page:
    return Page(browser.client.open(address, method=method, base_url=browser.base_url, **options))


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", NOWHERE, 404),
        ("GET", NO_WORKSHOP, 404),
        ("GET", "/admin/people", 403),
        ("POST", "/account/profile", 400),
    ],
)
def test_somebody_signed_in_finds_the_way_on(browser, method, address, status):
    page = ask(browser, method, address)
    assert page.status == status
    assert {"Network", "Training", "Your account", "Go to the home page"} <= page.links().keys()
    assert page.document.find(".//main").get("class") == "fault"
    assert page.document.find("body").get("data-fault") == str(status)


def test_a_refusal_and_too_large_a_body_keep_the_navigation(browser, inside, app, monkeypatch):
    with inside():
        workshop_id = make_workshop().id
    refused = browser.get(f"/training/workshops/{workshop_id}/participants/lock")
    assert refused.status == 422
    assert "This workshop has no agenda yet." in refused.text
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10)
    large = ask(browser, "POST", "/account/profile", data={"name": "A" * 100})
    assert large.status == 413
    for page in (refused, large):
        assert "Network" in page.links()


def test_no_tab_tells_whether_an_address_exists(browser_for, factory):
    member = browser_for(factory.actor())
    hidden, nothing = told(member.get("/missions/new")), told(member.get(NOWHERE))
    assert hidden == nothing
    assert "aria-current" not in nothing


def told(page: Page) -> str:
    assert page.status == 404
    return re.sub(r'(csrf_token" value=|X-CSRFToken": )"[^"]*"', "", page.html)


def test_a_stranger_and_a_fault_of_ours_have_the_plain_page(
    browser_for, browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(home, "render", broken)
    for page, status in ((browser_for().get(NOWHERE), 404), (browser.get("/"), 503)):
        assert page.status == status
        assert "Go to the home page" in page.links()
        assert "Network" not in page.links()


def broken(*_: object, **__: object) -> None:
    raise OperationalError("select 1", {}, Exception("the server closed the connection"))


@pytest.mark.parametrize("step", ["sections", "side"])
def test_an_error_page_does_not_fail_itself(browser, monkeypatch: pytest.MonkeyPatch, step):
    monkeypatch.setattr(Menu, step, broken)
    page = browser.get(NOWHERE)
    assert page.status == 404
    assert page.text.startswith("Skip to main content")
    assert "Page not found" in page.text
