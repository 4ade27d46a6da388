"""Whatever is done with the library is on the trail: who, to what, from and to."""

from datetime import date

import pytest
from sqlalchemy import select

from kernel.db import db
from network.library import service
from network.library.models import LibraryVersion
from tests.factories.library import add_file, make_item
from tests.trails import Deed, Told

FIRST, SECOND, THIRD = "library_version", "library_version second", "library_version third"
FILED = {
    "subject": "voting_operations",
    "phase": "voting",
    "licence": "CC-BY-4.0",
    "visibility": "network",
    "review_on": "2090-01-01",
    "country": None,
    "group_id": None,
}


def version(ids, name):
    return db.session.scalars(select(LibraryVersion).where(LibraryVersion.id == ids[name])).one()


def create(author, _ids):
    return make_item(author, title="Ink", summary="", review_on=date(2090, 1, 1))[0]


def change_item(who, ids):
    service.update_item(who, ids["library_item"], version=1, country="TO")


def hand_over(who, ids):
    service.hand_over(who, ids["library_item"], version=2, owner_id=ids["colleague"])


def edit_first(who, ids):
    mine = LibraryVersion.item_id == ids["library_item"]
    [draft] = db.session.scalars(select(LibraryVersion).where(mine))
    return service.edit_draft(who, draft.id, version=1, title="Ink", summary="Drops.")


def start(who, ids):
    return service.start_version(who, ids["library_item"], title="Ink")


def add(name):
    return lambda who, ids: add_file(who, version(ids, name), name="drops.txt")


def remove_file(who, ids):
    service.remove_rendition(who, ids["library_rendition"])


def move(act, name, **given):
    """A deed on a version as it stands."""
    return lambda who, ids: act(who, ids[name], version=version(ids, name).version, **given)


def on_item(act):
    return lambda who, ids: act(who, ids["library_collection"], item_id=ids["library_item"])


def create_collection(who, _ids):
    return service.create_collection(who, title="Counts", language="en")


def change_collection(who, ids):
    service.update_collection(
        who, ids["library_collection"], version=1, title="To plan a count", language="en"
    )


ITEMS = [
    Deed("author", create, "library_item.created", "library_item", None, FILED),
    Deed("author", change_item, "library_item.changed", "library_item",
         {"country": None}, {"country": "TO"}),
    Deed("author", hand_over, "library_item.handed_over", "library_item",
         {"owner_id": "author"}, {"owner_id": "colleague"}),
]  # fmt: skip
VERSIONS = [
    Deed("author", edit_first, "library_version.changed", FIRST,
         {"summary": ""}, {"summary": "Drops."}),
    Deed("author", add(FIRST), "library_version.file_added", FIRST, None, {"file": "drops.txt"},
         makes="library_rendition"),
    Deed("author", remove_file, "library_version.file_removed", FIRST, None,
         {"file": "drops.txt"}),
    Deed("author", add(FIRST), "library_version.file_added", FIRST, None, {"file": "drops.txt"}),
    Deed("author", move(service.submit, FIRST), "library_version.submitted", FIRST,
         {"state": "draft"}, {"state": "review", "return_reason": None}),
    Deed("librarian", move(service.return_to_author, FIRST, reason="No figures."),
         "library_version.returned", FIRST,
         {"state": "review"}, {"state": "draft", "return_reason": "No figures."}),
    Deed("author", move(service.submit, FIRST), "library_version.submitted", FIRST,
         {"state": "draft"}, {"state": "review", "return_reason": None}),
    Deed("librarian", move(service.publish, FIRST), "library_version.published", FIRST,
         {"state": "review"}, {"state": "published"}),
    Deed("colleague", start, "library_version.started", SECOND, None, {"number": 2}),
    Deed("colleague", add(SECOND), "library_version.file_added", SECOND, None,
         {"file": "drops.txt"}),
    Deed("colleague", move(service.submit, SECOND), "library_version.submitted", SECOND,
         {"state": "draft"}, {"state": "review", "return_reason": None}),
    Deed("librarian", move(service.publish, SECOND), "library_version.superseded", FIRST,
         {"state": "published"}, {"state": "superseded"},
         then=[Told("library_version.published", SECOND,
                    {"state": "review"}, {"state": "published"}, by="librarian")]),
    Deed("colleague", start, "library_version.started", THIRD, None, {"number": 3}),
    Deed("colleague", move(service.discard_draft, THIRD), "library_version.discarded", THIRD,
         None, {"number": 3}),
]  # fmt: skip
COLLECTIONS = [
    Deed("librarian", create_collection, "library_collection.created", "library_collection", None,
         {"title": "Counts"}),
    Deed("librarian", change_collection, "library_collection.changed", "library_collection",
         {"title": "Counts"}, {"title": "To plan a count"}),
    Deed("librarian", on_item(service.add_to_collection), "library_collection.changed",
         "library_collection", None, {"added": "library_item"}),
    Deed("librarian", on_item(service.take_from_collection), "library_collection.changed",
         "library_collection", {"taken_out": "library_item"}),
    Deed("colleague", move(service.withdraw, SECOND, reason="Wrong ink."),
         "library_version.withdrawn", SECOND,
         {"state": "published"}, {"state": "withdrawn", "withdrawal_reason": "Wrong ink."}),
]  # fmt: skip
DEEDS = [*ITEMS, *VERSIONS, *COLLECTIONS]


@pytest.fixture
def people(cast):
    """The author, her colleague and who reviews."""
    return {name: getattr(cast, name) for name in ("author", "colleague", "librarian")}


def test_whatever_is_done_with_the_library_is_on_the_trail(untold, people):
    assert untold(DEEDS, **people) == []
