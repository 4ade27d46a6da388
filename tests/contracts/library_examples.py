"""Some of everything that the library keeps, for the example network."""

from datetime import date
from io import BytesIO

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import RoleGrant
from kernel.identity.queries import actor_by_person
from kernel.values import clock
from network.groups.models import Group
from network.library import service
from network.library.models import LibraryCollection, LibraryItem, LibraryVersion
from network.library.rules.catalogue import ItemVisibility, Licence, Phase, Subject
from network.packs import service as packs
from network.packs.rules import Delivery

LIBRARY_TABLES: dict[str, str] = {
    "collection_id": "network.library_collection",
    "item_id": "network.library_item",
    "library_version_id": "network.library_version",
    "pack_id": "network.pack where file_id is not null",
    "rendition_id": "network.library_rendition",
}
"""Where the objects of the library lie that a parameter of an address stands for."""

FILED = {"visibility": "group", "review_on": "2099-01-01"}
LIBRARY_TOGETHER: dict[str, dict[str, str]] = {
    "api_library.create_item": FILED,
    "api_library.change_item": FILED,
}
"""What the library asks for that a schema alone does not tell."""


def populate_library(actor: Actor, colleague: Actor, group: Group, number: int) -> None:
    """A published item with a file, in a collection.

    What it is filed under is what the sample of a change says, so that changing it leaves its version.
    """
    reviewer = _librarian(colleague)
    item, draft = service.create_item(
        actor,
        title=f"Checklist {number}",
        summary="What to test before the ink is ordered.",
        language="en",
        subject=Subject.LEGAL_FRAMEWORK,
        phase=Phase.LEGAL_FRAMEWORK,
        country="TO",
        licence=Licence.CC_BY,
        visibility=ItemVisibility.GROUP,
        group_id=group.id,
        review_on=date(2099, 1, 1),
    )
    _publish(actor, reviewer, draft)
    _collect(reviewer, item, number)
    _pack(actor, item)


def crowd_library(actor: Actor, colleague: Actor, versions: int) -> None:
    """More versions of the first item, each with a translation, and more items in its collection."""
    reviewer = _librarian(colleague)
    items = db.session.scalars(select(LibraryItem).order_by(LibraryItem.id)).all()
    for number in range(versions):
        draft = service.start_version(actor, items[0].id, title=f"Checklist, revised {number}")
        _publish(actor, reviewer, draft)
        translation = service.translate(actor, draft.id, language="fr", title="Liste")
        _publish(actor, reviewer, translation)
    collection = db.session.scalars(select(LibraryCollection).order_by(LibraryCollection.id))
    first = collection.first()
    assert first is not None
    for item in items[1:]:
        service.add_to_collection(reviewer, first.id, item_id=item.id)
    packs.choose(actor, items=[item.id for item in items])


def _publish(actor: Actor, reviewer: Actor, draft: LibraryVersion) -> None:
    """Give a draft a file in its language, and publish it."""
    file = FileStorage(BytesIO(b"Ten drops (fictional)."), "checklist.txt")
    service.add_rendition(actor, draft.id, language=draft.language, file=file)
    service.submit(actor, draft.id, version=draft.version)
    service.publish(reviewer, draft.id, version=draft.version)


def _librarian(colleague: Actor) -> Actor:
    """The colleague as one who reviews what others made."""
    known = actor_by_person(colleague.person_id, clock.now())
    if known is None or not known.has_role("librarian"):
        db.session.add(
            RoleGrant(
                person_id=colleague.person_id,
                role="librarian",
                organisation_id=colleague.organisation_ids[0],
            )
        )
        db.session.flush()
        known = actor_by_person(colleague.person_id, clock.now())
    assert known is not None
    return known


def _collect(reviewer: Actor, item: LibraryItem, number: int) -> None:
    collection = service.create_collection(
        reviewer, title=f"Collection {number}", language="en", summary="To plan a count."
    )
    db.session.flush()
    service.add_to_collection(reviewer, collection.id, item_id=item.id)


def _pack(actor: Actor, item: LibraryItem) -> None:
    """A pack that is ready, and something chosen for the next one."""
    packs.choose(actor, items=[item.id])
    pack = packs.ask(actor, delivery=Delivery.LINK)
    db.session.flush()
    packs.make(pack.id)
    packs.choose(actor, items=[item.id])
