"""What htmx gets: the content of a page, with its title, without its shell."""

from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import Factory
from tests.pages import Browser

SWAP = {"HX-Request": "true", "HX-Target": "main"}


def ask(browser: Browser, address: str, headers: dict[str, str]) -> TestResponse:
    client: FlaskClient = browser.client
    return client.get(address, base_url=browser.base_url, headers=headers)


def test_htmx_gets_the_content_with_its_title_and_nothing_round_it(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    answer = ask(browser_for(factory.actor()), "/search?q=ink", SWAP)
    assert answer.status_code == 200
    assert answer.text.startswith("<title>Search: ink ·")
    assert "<h1>" in answer.text
    assert "<html" not in answer.text
    assert "<header" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_everybody_else_gets_the_whole_page(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    for headers in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Target": "lines"}):
        assert "<html" in ask(browser_for(factory.actor()), "/search?q=ink", headers).text


def test_somebody_signed_out_meanwhile_is_sent_to_sign_in_with_the_whole_window(
    browser_for: Callable[..., Browser],
) -> None:
    answer = ask(browser_for(), "/search?q=ink", SWAP)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_a_failure_is_a_whole_page_for_htmx_too(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    answer = ask(browser_for(factory.actor()), "/nowhere", SWAP)
    assert answer.status_code == 404
    assert "<html" in answer.text
