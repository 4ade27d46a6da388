"""Filters, and counts of what one may see."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kernel.db import new_id
from kernel.search import Entry, Narrowed, Visibility, counts, index
from kernel.search.queries import MOST
from kernel.values import clock

AUTHOR, ORGANISATION = new_id(), new_id()
OLD = datetime(2019, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("narrowed", "kept"),
    [
        (Narrowed(), {"hers", "french", "old"}),
        (Narrowed(author_id=AUTHOR), {"hers"}),
        (Narrowed(organisation_id=ORGANISATION), {"hers"}),
        (Narrowed(country="SB"), {"hers"}),
        (Narrowed(language="fr"), {"french"}),
        (Narrowed(since=datetime(2020, 1, 1, tzinfo=UTC)), {"hers", "french"}),
        (Narrowed(since=OLD), {"hers", "french", "old"}),
        (Narrowed(language="fr", country="SB"), set()),
        (Narrowed(group_id=uuid4()), set()),
    ],
)
def test_a_search_is_narrowed(put, found, as_reader, reader, narrowed, kept):
    entries = {
        "hers": put(title="ink", author_id=AUTHOR, organisation_id=ORGANISATION, country="SB"),
        "french": put(title="ink", language="fr"),
        "old": put(title="ink", changed_at=OLD),
    }
    hits = found(reader, "ink", narrowed=narrowed)
    assert set(hits) == {entries[name].object_id for name in kept}
    with as_reader(reader):
        assert counts(reader, "ink", narrowed=narrowed) == ({"topic": len(kept)} if kept else {})


@pytest.mark.parametrize("months", range(5))
def test_since_reaches_back_over_what_is_looked_through_first(put, found, reader, months):
    written = clock.now() - timedelta(days=30 * months + 2)
    entry = put(title="ink", changed_at=written)
    since = Narrowed(since=written - timedelta(days=1))
    assert found(reader, "ink", narrowed=since) == [entry.object_id]
    assert found(reader, "ink", narrowed=Narrowed(since=written + timedelta(days=1))) == []


def test_kinds_are_counted_and_the_picked_kind_does_not_matter(put, as_reader, reader):
    put(title="ink")
    put(title="ink", kind="person")
    put(title="ink", kind="person")
    put(title="ink", kind="secret")
    put(title="ink", visibility=Visibility.CONFIDENTIAL, audience=[new_id()])
    with as_reader(reader):
        assert counts(reader, "ink") == {"topic": 1, "person": 2}


def test_counting_ends_at_a_thousand_of_each_kind(inside, as_reader, reader):
    with inside():
        for number in range(MOST + 2):
            index(Entry("topic", new_id(), f"Ink {number}"))
        index(Entry("person", new_id(), "Ink"))
        for _ in range(3):
            index(Entry("person", new_id(), "Ink", changed_at=OLD))
    with as_reader(reader):
        assert counts(reader, "ink") == {"topic": MOST, "person": 4}


def test_of_a_common_word_the_newest_are_ranked(inside, found, reader):
    with inside():
        for _ in range(MOST):
            index(Entry("topic", new_id(), "Ink", changed_at=OLD))
        newest = Entry("topic", new_id(), "Paper", body="And a drop of ink.")
        index(newest)
    assert newest.object_id in found(reader, "ink", limit=MOST)
