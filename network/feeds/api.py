"""The JSON API of one's feeds."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kernel.web import Api, actor
from network.feeds import queries, service
from network.feeds.schemas import FeedInput, FeedOutput, NewFeedOutput
from network.permissions import NetworkPermission as May

api = Api(
    "feeds",
    __name__,
    url_prefix="/feeds",
    description="Your Atom feeds",
    known_to=May.TOPICS_SEE,
)


@api.endpoint("", permission=May.TOPICS_SEE)
@api.response(200, FeedOutput(many=True))
def list_feeds() -> Sequence[Any]:
    """Your feeds, newest first."""
    return queries.feeds_of(actor())


@api.endpoint("", permission=May.TOPICS_SEE, method="POST")
@api.arguments(FeedInput)
@api.response(201, NewFeedOutput)
def create_feed(data: dict[str, Any]) -> dict[str, Any]:
    """Make a feed of a group, or of all your groups; its address is told only now."""
    made = service.create_feed(actor(), **data)
    fields = ("id", "name", "group_id", "created_at")
    return {**{field: getattr(made.row, field) for field in fields}, "address": made.address}


@api.endpoint("/<uuid:feed_id>", permission=May.TOPICS_SEE, method="DELETE")
@api.response(204)
def revoke_feed(feed_id: UUID) -> None:
    """End a feed at once."""
    service.revoke_feed(actor(), feed_id)
