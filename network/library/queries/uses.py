"""Which topics use an item."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.actor import Actor
from network.library.models import LibraryUse, LibraryVersion
from network.library.rules.versions import VersionState
from network.topics import queries as topics

MOST_TOPICS = 50
"""Topics that are named beside an item, the newest: who wants them all searches for its title."""


def words_of_post(post_id: UUID) -> str | None:
    """What a visible post says; None for one that is gone."""
    return topics.words_of(post_id)


def published_among(item_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the items of which something is published."""
    if not item_ids:
        return []
    statement = (
        select(LibraryVersion.item_id)
        .where(LibraryVersion.item_id.in_(item_ids), LibraryVersion.state == VersionState.PUBLISHED)
        .distinct()
    )
    return list(db.session.scalars(statement))


def noted_of(post_id: UUID) -> Sequence[LibraryUse]:
    """The uses of items that are noted of a post."""
    return db.session.scalars(select(LibraryUse).where(LibraryUse.post_id == post_id)).all()


def uses_of(actor: Actor, item_id: UUID) -> list[topics.TopicNamed]:
    """The topics with a visible post that names the item, as far as the actor sees them."""
    posts = select(LibraryUse.post_id).where(LibraryUse.item_id == item_id)
    return topics.topics_with(actor, posts, MOST_TOPICS)
