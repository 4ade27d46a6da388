"""The search page with its filters, counts and suggestions, and the same by the API."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from flask import Flask

from kernel.db import new_id
from kernel.identity.actor import Actor
from kernel.search import Entry, SearchKind, Visibility, index
from kernel.search import kinds as kinds_module
from tests.factories import Factory, TestTenant
from tests.pages import Browser

Inside = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    may = "kernel:members:see"
    kinds = {
        "paper": SearchKind("paper", "Papers", "people.person", "person_id", may),
        "letter": SearchKind("letter", "Letters", "people.person", "person_id", may),
    }
    monkeypatch.setattr(kinds_module, "_kinds", kinds)


@pytest.fixture
def author(factory: Factory) -> Actor:
    solomons = factory.organisation("Solomon Islands Electoral Commission", country="SB")
    return factory.actor("Fia Writer", organisation=solomons)


@pytest.fixture
def browser(
    browser_for: Callable[..., Browser], factory: Factory, inside: Inside, author: Actor
) -> Browser:
    with inside():
        index(
            Entry(
                "paper",
                new_id(),
                "Indelible ink",
                author_id=author.person_id,
                organisation_id=author.organisation_ids[0],
            )
        )
        index(Entry("letter", new_id(), "Encre et ink", language="fr"))
        index(Entry("letter", new_id(), "Old ink", changed_at=datetime(2019, 1, 1, tzinfo=UTC)))
        hidden = Visibility.CONFIDENTIAL
        index(Entry("letter", new_id(), "Nightingale ink", visibility=hidden, audience=[new_id()]))
    return browser_for(factory.actor())


@pytest.mark.parametrize(
    ("narrowed", "shown"),
    [
        ("", {"Indelible ink", "Encre et ink", "Old ink"}),
        ("&kind=letter", {"Encre et ink", "Old ink"}),
        ("&written_in=fr", {"Encre et ink"}),
        ("&country=SB", {"Indelible ink"}),
        ("&since=2020-01-01", {"Indelible ink", "Encre et ink"}),
        ("&since=nonsense&written_in=nonsense&author=nonsense", {"Indelible ink", "Old ink"}),
    ],
)
def test_the_address_narrows_the_search(browser: Browser, narrowed: str, shown: set[str]) -> None:
    page = browser.get(f"/search?q=ink{narrowed}")
    titles = {"Indelible ink", "Encre et ink", "Old ink"}
    assert shown <= {title for title in titles if title in page.links()}
    if "nonsense" not in narrowed:
        assert {title for title in titles if title in page.links()} == shown


def test_the_author_of_a_hit_narrows_to_what_she_wrote(browser: Browser) -> None:
    page = browser.get("/search?q=ink")
    page = browser.get(page.links()["Fia Writer"])
    assert "Only by Fia Writer" in page.text
    assert "Indelible ink" in page.links()
    assert "Old ink" not in page.links()
    assert "Old ink" in browser.get(page.links()["By anybody"]).links()


def test_looking_for_french_texts_leaves_the_page_in_its_language(browser: Browser) -> None:
    page = browser.get("/search?q=ink&written_in=fr")
    assert page.document.get("lang") == "en"
    assert "Nothing found" in browser.get("/search?q=zebra").text


def test_kinds_are_counted_by_what_one_may_see(browser: Browser) -> None:
    links = browser.get("/search?q=ink&kind=paper").links()
    assert {"Everything · 3", "Papers · 1", "Letters · 2"} <= links.keys()


def test_a_mistyped_word_is_offered_better_and_a_hidden_one_never(browser: Browser) -> None:
    page = browser.get("/search?q=indelibel")
    assert "Nothing found" in page.text
    assert "Indelible ink" in browser.get(page.links()["indelible"]).links()
    assert "Did you mean" not in browser.get("/search?q=nightingail").text


def test_the_page_costs_the_same_queries_for_one_hit_and_for_three(
    browser: Browser, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with queries() as one:
        browser.get("/search?q=encre")
    with queries() as three:
        browser.get("/search?q=ink")
    assert len(three) <= len(one) + 1  # the names of authors, where there are any


@pytest.fixture
def ask(
    app: Flask,
    tenant: TestTenant,
    factory: Factory,
    api_token: Callable[..., str],
    browser: Browser,
) -> Callable[..., object]:
    headers = {"Authorization": f"Bearer {api_token(factory.actor())}"}
    client = app.test_client()

    def get(path: str, **query: str) -> object:
        return client.get(
            f"/api/v1/search{path}",
            base_url=f"http://{tenant.host}",
            headers=headers,
            query_string=query,
        ).get_json()

    return get


def test_the_api_finds_counts_and_suggests_the_same(ask: Callable[..., object]) -> None:
    (hit,) = ask("", q="ink", country="SB")  # type: ignore[misc]
    assert (hit["title"], hit["country"]) == ("Indelible ink", "SB")
    counted = {each["kind"]: each["count"] for each in ask("/counts", q="ink")}  # type: ignore[attr-defined]
    assert counted == {"paper": 1, "letter": 2}
    assert ask("/suggestion", q="indelibel") == {"did_you_mean": "indelible"}
    assert ask("/suggestion", q="nightingail") == {"did_you_mean": None}
