"""The JSON API of packs: the services of the pages, by another door."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.web import Api, actor
from network.library.queries.lists import items_by_id
from network.packs import queries, schemas, service
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.packs.models import Pack

api = Api(
    "packs",
    __name__,
    url_prefix="/packs",
    description="Packs of items and topics to read without a connection",
    known_to=May.PACKS_MAKE,
)


@api.endpoint("", permission=May.PACKS_MAKE)
@api.response(200, schemas.PackOutput(many=True))
def list_packs() -> "Sequence[Pack]":
    """The packs you asked for, newest first."""
    return queries.packs_of(actor())


@api.endpoint("", permission=May.PACKS_MAKE, method="POST")
@api.arguments(schemas.PackInput)
@api.response(202, schemas.PackOutput)
def ask(data: dict[str, Any]) -> "Pack":
    """Have a pack made of what you chose; ask for it by its id until it is ready."""
    return service.ask(actor(), **data)


@api.endpoint("/chosen", permission=May.PACKS_MAKE)
@api.response(200, schemas.ChosenOutput)
def list_chosen() -> dict[str, Any]:
    """What you chose for your next pack."""
    return _chosen()


@api.endpoint("/chosen", permission=May.PACKS_MAKE, method="POST")
@api.arguments(schemas.ChosenInput)
@api.response(200, schemas.ChosenOutput)
def choose(data: dict[str, Any]) -> dict[str, Any]:
    """Add items and topics to your next pack."""
    service.choose(actor(), items=data["item_ids"], topics=data["topic_ids"])
    return _chosen()


@api.endpoint("/chosen", permission=May.PACKS_MAKE, method="DELETE")
@api.arguments(schemas.ChosenInput)
@api.response(200, schemas.ChosenOutput)
def drop(data: dict[str, Any]) -> dict[str, Any]:
    """Take items and topics out of your next pack."""
    service.drop(actor(), items=data["item_ids"], topics=data["topic_ids"])
    return _chosen()


@api.endpoint("/<uuid:pack_id>", permission=May.PACKS_MAKE)
@api.response(200, schemas.PackOutput)
def get_pack(pack_id: UUID) -> "Pack":
    """One of your packs."""
    return queries.pack_of(actor(), pack_id)


@api.endpoint("/<uuid:pack_id>/file", permission=May.PACKS_MAKE)
@api.response(200, content_type="application/zip")
def get_file(pack_id: UUID) -> ResponseReturnValue:
    """The ZIP archive of a pack that is fetched by a link, as long as you see all that is in it."""
    return respond(service.file_to_fetch(actor(), pack_id))


def _chosen() -> dict[str, Any]:
    chosen = queries.chosen(actor())
    items = items_by_id(actor(), chosen.items)
    topics = queries.topics_named(actor(), chosen.topics)
    return {
        "item_ids": chosen.items,
        "topic_ids": chosen.topics,
        "not_mailed_ids": queries.not_mailed(items, topics),
    }
