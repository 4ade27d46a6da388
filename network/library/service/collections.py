"""Collections: what librarians arrange for everybody."""

from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from network.library import access
from network.library.models import LibraryCollection, LibraryCollectionItem
from network.library.queries import items, lists

explain(
    "uq_library_collection_tenant_id_title",
    N_("There is already a collection of this name. Enter another name."),
    field="title",
)


def create_collection(
    actor: Actor, *, title: str, language: str, summary: str | None = None
) -> LibraryCollection:
    """Make an empty collection. Raises Forbidden."""
    access.require_arrange(actor)
    collection = LibraryCollection(
        id=new_id(),
        title=title,
        summary=summary or "",
        language=language,
        created_by=actor.person_id,
    )
    db.session.add(collection)
    db.session.flush()
    audit.record(actor, "library_collection.created", collection, after={"title": title})
    return collection


def update_collection(
    actor: Actor,
    collection_id: UUID,
    *,
    version: int | None,
    title: str,
    language: str,
    summary: str | None = None,
) -> LibraryCollection:
    """Change what a collection is called. Raises NotFound, Forbidden and Conflict."""
    access.require_arrange(actor)
    collection = lists.collection_seen_by(actor, collection_id)
    before = _words(collection)
    collection.expect(version, before)
    collection.title, collection.summary, collection.language = title, summary or "", language
    audit.record(
        actor, "library_collection.changed", collection, before=before, after=_words(collection)
    )
    return collection


def add_to_collection(actor: Actor, collection_id: UUID, *, item_id: UUID) -> None:
    """Put a published item at the end of a collection; one that is in it stays where it is.

    Raises NotFound, Forbidden, and Refused for an item of which nothing is published.
    """
    access.require_arrange(actor)
    collection = lists.collection_seen_by(actor, collection_id)
    item = items.item_seen_by(actor, item_id).item
    if not items.published_versions(item_id):
        raise Refused(
            N_("Only a published item can be put into a collection. Choose one of those."),
            field="item_id",
        )
    places = lists.places_in(collection_id)
    if any(place.item_id == item_id for place in places):
        return
    last = places[-1].position if places else 0
    db.session.add(
        LibraryCollectionItem(collection_id=collection_id, item_id=item_id, position=last + 1)
    )
    audit.record(actor, "library_collection.changed", collection, after={"added": str(item.id)})


def take_from_collection(actor: Actor, collection_id: UUID, *, item_id: UUID) -> None:
    """Take an item from a collection. Raises NotFound and Forbidden."""
    access.require_arrange(actor)
    collection = lists.collection_seen_by(actor, collection_id)
    place = _place(actor, collection_id, item_id)
    db.session.delete(place)
    audit.record(
        actor, "library_collection.changed", collection, before={"taken_out": str(item_id)}
    )


def move_up(actor: Actor, collection_id: UUID, *, item_id: UUID) -> None:
    """Put an item before the one that stands before it now. Raises NotFound and Forbidden."""
    access.require_arrange(actor)
    collection = lists.collection_seen_by(actor, collection_id)
    moved = _place(actor, collection_id, item_id)
    before = [place for place in lists.places_in(collection_id) if place.position < moved.position]
    if not before:
        return
    moved.position, before[-1].position = before[-1].position, moved.position
    audit.record(actor, "library_collection.changed", collection, after={"moved": str(item_id)})


def _place(actor: Actor, collection_id: UUID, item_id: UUID) -> LibraryCollectionItem:
    """An item's place, for who sees the item. Raises NotFound."""
    items.item_seen_by(actor, item_id)
    for place in lists.places_in(collection_id):
        if place.item_id == item_id:
            return place
    raise NotFound


def _words(collection: LibraryCollection) -> dict[str, str]:
    return {name: getattr(collection, name) for name in ("title", "summary", "language")}
