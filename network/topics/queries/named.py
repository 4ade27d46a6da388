"""Topics by the posts in them, for features that remember posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.actor import Actor
from network.topics.models import Post, Topic
from network.topics.queries.predicates import is_seen, seeing
from network.topics.rules import PostStatus


@dataclass(frozen=True)
class TopicNamed:
    """A topic as a line that leads to it."""

    id: UUID
    title: str
    language: str
    last_post_at: datetime


def words_of(post_id: UUID) -> str | None:
    """What a post says; None for one that cannot be read, or no more."""
    statement = select(Post.body).where(Post.id == post_id, Post.status == PostStatus.VISIBLE)
    return db.session.scalar(statement)


def topics_with(actor: Actor, post_ids: Sequence[UUID]) -> list[TopicNamed]:
    """The topics the actor may see in which any of the posts stands and is visible, newest posts first."""
    statement = (
        select(Topic.id, Topic.title, Topic.language, Topic.last_post_at)
        .join(Post, Post.topic_id == Topic.id)
        .where(
            Post.id.in_(post_ids),
            Post.status == PostStatus.VISIBLE,
            is_seen(),
        )
        .distinct()
        .order_by(Topic.last_post_at.desc(), Topic.id)
    )
    return [TopicNamed(*row) for row in db.session.execute(statement, seeing(actor))]
