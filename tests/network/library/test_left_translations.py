"""What becomes of translations when the original they follow is withdrawn."""

import pytest

from kernel.errors import Refused
from network.library import service
from network.library.queries import items
from tests.factories.library import add_file, make_published, publish

LIBRARY = "/network/library"


@pytest.fixture
def written(inside, cast):
    """A published item and its French translation by somebody else, in review."""
    with inside():
        item, original = make_published(cast.author, cast.librarian, title="Ink tests")
        french = service.translate(
            cast.stranger, original.id, language="fr", title="Essais de l’encre"
        )
        add_file(cast.stranger, french, name="encre.txt")
        return item.id, original.id, french.id


@pytest.fixture
def published(inside, cast, written):
    """The same, with the translation published."""
    with inside():
        publish(cast.stranger, cast.librarian, items.version_of(written[2]))
    return written


def withdrawn(inside, cast, version_id, **given):
    with inside():
        version = items.version_of(version_id).version
        service.withdraw(cast.author, version_id, version=version, reason="Wrong dose.", **given)


def test_a_translation_says_why_its_original_was_withdrawn(inside, cast, published, browser_for):
    item_id, original_id, french_id = published
    reader = browser_for(cast.member)
    addresses = [f"{LIBRARY}/{item_id}", f"{LIBRARY}/versions/{french_id}"]
    told = "follows version 1 of the original, which was withdrawn. The reason:Wrong dose."
    assert not [one for one in addresses if "withdrawn" in reader.get(one).text]
    withdrawn(inside, cast, original_id)
    assert [one for one in addresses if told in reader.get(one).text] == addresses
    assert "Its original was withdrawn" in reader.get(addresses[0]).text
    page = reader.get(LIBRARY)
    assert "Original withdrawn" in page.text
    assert "Not published" not in page.text


def test_it_waits_for_who_keeps_the_item_until_it_is_withdrawn_too(
    inside, cast, published, waiting
):
    def told(actor):
        return [one["about"] for one in waiting(actor) if one["kind"] == "library_left_behind"]

    assert told(cast.author) == []
    withdrawn(inside, cast, published[1])
    assert told(cast.author) == told(cast.librarian) == ["Essais de l’encre"]
    assert told(cast.member) == told(cast.stranger) == []
    withdrawn(inside, cast, published[2])
    assert told(cast.author) == []


def test_it_waits_until_another_translation_takes_its_place(inside, cast, published, waiting):
    item_id, original_id, _ = published
    withdrawn(inside, cast, original_id)
    with inside():
        second = service.start_version(cast.author, item_id, title="Ink tests")
        add_file(cast.author, second)
        publish(cast.author, cast.librarian, second)
    assert "library_left_behind" in {one["kind"] for one in waiting(cast.author)}
    with inside():
        french = service.translate(cast.stranger, second.id, language="fr", title="Encre")
        add_file(cast.stranger, french, name="encre.txt")
        publish(cast.stranger, cast.librarian, french)
    assert "library_left_behind" not in {one["kind"] for one in waiting(cast.author)}


@pytest.mark.parametrize(("ticked", "state"), [(True, "withdrawn"), (False, "published")])
def test_who_withdraws_an_original_decides_on_its_translations(
    inside, cast, published, browser_for, ticked, state
):
    author = browser_for(cast.author)
    page = author.get(f"{LIBRARY}/versions/{published[1]}/withdraw")
    given = {} if ticked else {"translations": None}
    author.submit(page, "Withdraw it", reason="The dose was wrong.", **given)
    with inside():
        french = items.version_of(published[2])
        assert (french.state, french.withdrawal_reason) == (
            state,
            "The dose was wrong." if ticked else None,
        )


def test_without_translations_there_is_nothing_to_decide(cast, written, browser_for):
    page = browser_for(cast.author).get(f"{LIBRARY}/versions/{written[1]}/withdraw")
    assert "translations" not in page.text


def test_a_translation_is_not_published_once_its_original_is_withdrawn(inside, cast, written):
    withdrawn(inside, cast, written[1], translations=True)
    with inside():
        french = items.version_of(written[2])
        with pytest.raises(Refused, match="was withdrawn"):
            publish(cast.stranger, cast.librarian, french)


def test_the_api_tells_it_and_withdraws_them_together(inside, cast, published, api_for):
    api = api_for(cast.author)
    _, original_id, french_id = published
    address = f"/library/versions/{french_id}"
    assert api.open("GET", address).json["original_withdrawn"] is None
    withdrawn(inside, cast, original_id)
    assert api.open("GET", address).json["original_withdrawn"] == "Wrong dose."


def test_the_api_withdraws_an_original_with_its_translations(inside, cast, published, api_for):
    api = api_for(cast.author)
    address = f"/library/versions/{published[1]}"
    etag = api.open("GET", address).headers["ETag"]
    given = {"reason": "Wrong dose.", "translations": True}
    answer = api.open("POST", f"{address}/withdraw", json=given, headers={"If-Match": etag})
    assert answer.status_code == 200
    assert api.open("GET", f"/library/versions/{published[2]}").json["state"] == "withdrawn"
