"""What the operations on topics and posts have in common: their address, and how they tell of a topic."""

from typing import Any
from uuid import UUID

from kernel.web import Api, actor
from kernel.web.languages import language
from network.permissions import NetworkPermission as May
from network.topics import queries

api = Api(
    "topics",
    "network.topics",
    url_prefix="/topics",
    description="Topics and their posts",
    known_to=May.TOPICS_SEE,
)


def topic_with_posts(topic_id: UUID, page: int | None = 1) -> dict[str, Any]:
    """A topic with one page of its posts, the last one for None."""
    shown = queries.topic_shown_to(actor(), topic_id)
    number = shown.pages if page is None else min(max(page, 1), 100_000)
    posts = queries.posts_shown_to(actor(), topic_id, number, language())
    parts = queries.parts_of(actor(), topic_id) if shown.topic.was_split else None
    return {
        **shown.topic._asdict(),
        "split_from": parts.source if parts else None,
        "split_into": parts.sequels if parts else [],
        "pages": shown.pages,
        "posts": [_post(row) for row in posts],
    }


def _post(row: Any) -> dict[str, Any]:
    reactions = [
        {"kind": kind, "count": count, "names": names, "mine": mine}
        for kind, count, names, mine in row.reactions or ()
    ]
    return {**row._asdict(), "files": row.files or [], "reactions": reactions}
