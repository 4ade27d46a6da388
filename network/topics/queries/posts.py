"""The posts of a topic as they are kept, and their earlier versions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from kernel.db import db
from network.topics.models import Post, PostVersion, Topic
from network.topics.rules import PostStatus


def versions_of(post_id: UUID) -> Sequence[PostVersion]:
    """What a post said before, newest first."""
    statement = (
        select(PostVersion)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.number.desc())
    )
    return db.session.scalars(statement).all()


def first_post_id(topic_id: UUID) -> UUID | None:
    """The post a topic was opened with; where others were merged into it, older ones may stand before it."""
    oldest = select(Post.id).where(Post.topic_id == topic_id).order_by(Post.id).limit(1)
    return db.session.scalar(
        select(func.coalesce(Topic.opened_with_id, oldest.scalar_subquery())).where(
            Topic.id == topic_id
        )
    )


def hidden_at(topic_id: UUID) -> datetime | None:
    """Since when a topic is hidden, with the post it was opened with; None for one that is not."""
    return db.session.scalar(
        select(Post.removed_at).where(
            Post.id == first_post_id(topic_id), Post.status == PostStatus.HIDDEN
        )
    )


def count_pinned(group_id: UUID) -> int:
    """How many topics of a group are pinned."""
    statement = select(func.count()).where(Topic.group_id == group_id, Topic.pinned_at.is_not(None))
    return db.session.scalar(statement) or 0


def visible_posts(topic_id: UUID) -> Sequence[Post]:
    """Every post of a topic that can be read, oldest first."""
    statement = (
        select(Post)
        .where(Post.topic_id == topic_id, Post.status == PostStatus.VISIBLE)
        .order_by(Post.id)
    )
    return db.session.scalars(statement).all()


def count_published(author_id: UUID, most: int) -> int:
    """How many posts of somebody are to be read by others now, counted up to `most`."""
    some = (
        select(Post.id)
        .where(Post.author_id == author_id, Post.status == PostStatus.VISIBLE)
        .limit(most)
    )
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def count_replies(topic_id: UUID) -> int:
    """How many visible posts a topic has beside its first."""
    statement = (
        select(func.count())
        .select_from(Post)
        .where(
            Post.topic_id == topic_id,
            Post.status == PostStatus.VISIBLE,
            Post.id != first_post_id(topic_id),
        )
    )
    return db.session.scalar(statement) or 0
