from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from kernel.db import new_id
from kernel.search import Entry, SearchKind, Visibility, index, known_kinds, register_kind
from kernel.search import kinds as kinds_module
from tests.factories import Factory
from tests.pages import Browser

Inside = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def sample_kind() -> Iterator[str]:
    before = dict(known_kinds())
    register_kind(
        SearchKind("sample", "Samples", "styleguide.error", "status", "kernel:members:see")
    )
    yield "sample"
    kinds_module._kinds.clear()
    kinds_module._kinds.update(before)


def add(inside: Inside, *titles: str, visibility: Visibility = Visibility.NETWORK) -> None:
    with inside():
        for title in titles:
            audience = () if visibility == Visibility.NETWORK else (new_id(),)
            index(Entry("sample", new_id(), title, visibility=visibility, audience=audience))


@pytest.fixture(autouse=True)
def _open_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a hit of the invented kind lead somewhere."""
    monkeypatch.setattr("kernel.web.search.addresses", lambda *_: str)


def test_words_in_the_address_are_found(
    browser_for: Callable[..., Browser], factory: Factory, inside: Inside, sample_kind: str
) -> None:
    add(inside, "Indelible ink", "Ballot boxes")
    page = browser_for(factory.actor()).get("/search?q=ink")
    assert "Indelible ink" in page.text
    assert "Ballot boxes" not in page.text
    assert page.title.startswith("Search: ink")


def test_what_others_may_see_is_not_found(
    browser_for: Callable[..., Browser], factory: Factory, inside: Inside, sample_kind: str
) -> None:
    add(inside, "Indelible ink", visibility=Visibility.CONFIDENTIAL)
    assert "Nothing found" in browser_for(factory.actor()).get("/search?q=ink").text


def test_many_hits_are_paged(
    browser_for: Callable[..., Browser], factory: Factory, inside: Inside, sample_kind: str
) -> None:
    add(inside, *(f"Ink {number}" for number in range(26)))
    browser = browser_for(factory.actor())
    first, second = browser.get("/search?q=ink"), browser.get("/search?q=ink&page=2")
    assert "Next" in first.links()
    assert "Previous" not in first.links()
    assert "Next" not in second.links()
    assert "Previous" in second.links()


def test_no_words_find_nothing_and_say_what_to_enter(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    browser = browser_for(factory.actor())
    assert "What are you looking for?" in browser.get("/search").text
    assert browser.get("/search?q=ink&page=nonsense&kind=unknown").status == 200


@pytest.mark.parametrize("address", ["?q=ink%00", "?q=ink&page=99999999999999999999"])
def test_odd_addresses_find_nothing_and_break_nothing(
    browser_for: Callable[..., Browser], factory: Factory, address: str
) -> None:
    browser = browser_for(factory.actor())
    assert browser.client.get(f"/search{address}", base_url=browser.base_url).status_code == 200


def test_searched_words_are_shown_as_text(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    page = browser_for(factory.actor()).get("/search?q=<b>bold</b>")
    assert "<b>bold" not in page.html


def test_the_language_of_the_service_can_be_chosen_where_results_are_narrowed_by_theirs(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    page = browser_for(factory.actor()).get("/search?q=ink")
    offered = [e.get("value") for e in page.document.iter("button") if e.get("name") == "language"]
    assert offered[:3] == ["en", "fr", "ar"]
