"""Pages of collections."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, render, see_other
from kernel.web.languages import language
from kernel.web.menu import Link
from kernel.web.routes import addresses
from network.library import access, schemas, service
from network.library.pages.blueprint import form_page, library, pages, words
from network.library.queries import lists
from network.permissions import NetworkPermission as May


@pages.page("/collections", permission=May.LIBRARY_SEE)
def collections() -> ResponseReturnValue:
    """All collections."""
    return render(
        "network/library/collections.html",
        crumbs=[library(), Link(gettext("Collections"), "")],
        collections=lists.collections(actor()),
        can_arrange=access.can_arrange(actor()),
    )


@pages.form("/collections/new", permission=May.LIBRARY_REVIEW)
def new_collection() -> ResponseReturnValue:
    """Make a collection."""
    access.require_arrange(actor())
    form = Form(schemas.CollectionInput(), {"language": language()})
    made = form.outcome_of(lambda data: service.create_collection(actor(), **data))
    if made is not None:
        return see_other("library.collection", collection_id=made.id)
    return form_page(form, gettext("New collection"), gettext("Save"), _collections())


@pages.form("/collections/<uuid:collection_id>", permission=May.LIBRARY_SEE)
def collection(collection_id: UUID) -> ResponseReturnValue:
    """A collection; librarians put published items into it here."""
    found = lists.collection_seen_by(actor(), collection_id)
    shown = lists.items_in(actor(), collection_id, language=language())
    can_arrange = access.can_arrange(actor())
    taken = {item.id for item in shown}
    others = lists.published_items(actor()) if can_arrange else []
    form = Form(
        schemas.PlaceInput(),
        choices={
            "item_id": [
                ("", ""),
                *((str(row.id), row.title) for row in others if row.id not in taken),
            ]
        },
    )
    if form.accepts(lambda data: service.add_to_collection(actor(), collection_id, **data)):
        flash(gettext("The item was added to the collection."))
        return see_other("library.collection", collection_id=collection_id)
    return form.render(
        "network/library/collection.html",
        crumbs=[library(), _collections(), Link(found.title, "")],
        collection=found,
        items=shown,
        address=addresses("library.item", "item_id"),
        can_arrange=can_arrange,
        keys=lambda: str(uuid4()),
        **words(),
    )


@pages.form("/collections/<uuid:collection_id>/edit", permission=May.LIBRARY_REVIEW)
def edit_collection(collection_id: UUID) -> ResponseReturnValue:
    """Change what a collection is called."""
    access.require_arrange(actor())
    found = lists.collection_seen_by(actor(), collection_id)
    form = Form(schemas.CollectionInput(), found, version=found.version)

    def save(data: dict[str, Any]) -> object:
        return service.update_collection(
            actor(), collection_id, version=form.posted_version, **data
        )

    if form.accepts(save):
        return see_other("library.collection", collection_id=collection_id)
    above = Link(found.title, url_for("library.collection", collection_id=collection_id))
    return form_page(form, gettext("Change the collection"), gettext("Save"), above)


@pages.action("/collections/<uuid:collection_id>/<uuid:item_id>/up", permission=May.LIBRARY_REVIEW)
def move_up(collection_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Put an item before the one above it."""
    service.move_up(actor(), collection_id, item_id=item_id)
    return see_other("library.collection", collection_id=collection_id)


@pages.action(
    "/collections/<uuid:collection_id>/<uuid:item_id>/remove", permission=May.LIBRARY_REVIEW
)
def take_out(collection_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Take an item from a collection."""
    service.take_from_collection(actor(), collection_id, item_id=item_id)
    flash(gettext("The item was taken from the collection."))
    return see_other("library.collection", collection_id=collection_id)


def _collections() -> Link:
    return Link(gettext("Collections"), url_for("library.collections"))
