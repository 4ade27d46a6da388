"""Collections, by the API."""

from typing import Any
from uuid import UUID

from kernel.web import actor
from kernel.web.languages import language
from kernel.web.versions import expected_version, version_header
from network.library import schemas, service
from network.library.api.blueprint import Answer, api
from network.library.queries import lists
from network.permissions import NetworkPermission as May

_ONE = "/collections/<uuid:collection_id>"
_PLACE = f"{_ONE}/items/<uuid:item_id>"


@api.endpoint("/collections", permission=May.LIBRARY_SEE)
@api.response(200, schemas.CollectionListed(many=True))
def list_collections() -> list[dict[str, Any]]:
    """The collections you may see, each with how many of its items you may see."""
    return [_words(row.LibraryCollection) | {"items": row[1]} for row in lists.collections(actor())]


@api.endpoint("/collections", permission=May.LIBRARY_REVIEW, method="POST")
@api.arguments(schemas.CollectionInput)
@api.response(201, schemas.CollectionOutput)
def create_collection(data: dict[str, Any]) -> Answer:
    """Make an empty collection."""
    return _collection(service.create_collection(actor(), **data).id, 201)


@api.endpoint(_ONE, permission=May.LIBRARY_SEE)
@api.response(200, schemas.CollectionOutput)
def get_collection(collection_id: UUID) -> Answer:
    """A collection with the items of it that you may see, in its order."""
    return _collection(collection_id)


@api.endpoint(_ONE, permission=May.LIBRARY_REVIEW, method="PUT")
@api.arguments(schemas.CollectionInput)
@api.response(200, schemas.CollectionOutput)
def put_collection(data: dict[str, Any], collection_id: UUID) -> Answer:
    """Change what a collection is called; `If-Match` names the version it is made on."""
    service.update_collection(actor(), collection_id, version=expected_version(), **data)
    return _collection(collection_id)


@api.endpoint(_PLACE, permission=May.LIBRARY_REVIEW, method="PUT")
@api.response(204)
def add_to_collection(collection_id: UUID, item_id: UUID) -> None:
    """Put a published item at the end of a collection."""
    service.add_to_collection(actor(), collection_id, item_id=item_id)


@api.endpoint(_PLACE, permission=May.LIBRARY_REVIEW, method="DELETE")
@api.response(204)
def take_from_collection(collection_id: UUID, item_id: UUID) -> None:
    """Take an item from a collection."""
    service.take_from_collection(actor(), collection_id, item_id=item_id)


@api.endpoint(f"{_PLACE}/up", permission=May.LIBRARY_REVIEW, method="POST")
@api.response(204)
def move_up(collection_id: UUID, item_id: UUID) -> None:
    """Put an item before the one above it."""
    service.move_up(actor(), collection_id, item_id=item_id)


def _collection(collection_id: UUID, status: int = 200) -> Answer:
    found = lists.collection_seen_by(actor(), collection_id)
    shown = lists.items_in(actor(), collection_id, language=language())
    answer = _words(found) | {"items": shown, "version": found.version}
    return answer, status, version_header(found.version)


def _words(collection: Any) -> dict[str, Any]:
    return {name: getattr(collection, name) for name in ("id", "title", "summary", "language")}
