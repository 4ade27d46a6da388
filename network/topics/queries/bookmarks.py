"""What somebody marked to find again, and the tags there are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.topics.models import Bookmark, Post, Topic, TopicTag
from network.topics.queries.predicates import is_post_seen, is_seen, seeing
from network.topics.rules import PostStatus

MOST_TAGS_OFFERED = 100
BOOKMARKS_PER_PAGE = 25


def bookmarks_of(
    actor: Actor, *, older_than: UUID | None = None, limit: int = BOOKMARKS_PER_PAGE
) -> Sequence[Row[Any]]:
    """The actor's bookmarks, those set last first: their `id`, the post, its topic and author.

    Only those of posts she still sees.
    """
    statement = (
        select(
            Bookmark.id,
            Bookmark.created_at,
            Post.id.label("post_id"),
            Post.body,
            Post.language,
            Topic.id.label("topic_id"),
            Topic.title,
            Topic.language.label("topic_language"),
            Person.name.label("author"),
        )
        .select_from(Bookmark)
        .join(Post, Post.id == Bookmark.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .where(
            Bookmark.person_id == actor.person_id,
            Post.status == PostStatus.VISIBLE,
            is_seen(),
            is_post_seen(),
        )
        .order_by(Bookmark.id.desc())
        .limit(limit)
    )
    if older_than is not None:
        statement = statement.where(Bookmark.id < older_than)
    rows: Sequence[Row[Any]] = db.session.execute(statement, seeing(actor)).all()  # type: ignore[assignment]
    return rows


def tags_of_topic(topic_id: UUID) -> list[str]:
    """The tags of a topic, by name."""
    statement = select(TopicTag.tag).where(TopicTag.topic_id == topic_id).order_by(TopicTag.tag)
    return list(db.session.scalars(statement))


def tags_seen_by(actor: Actor) -> Sequence[Row[str, int]]:
    """The tags of topics the actor sees, the most used first, each with how many topics have it."""
    topics = func.count().label("topics")
    statement = (
        select(TopicTag.tag, topics)
        .join(Topic, Topic.id == TopicTag.topic_id)
        .where(is_seen(), Topic.merged_into_id.is_(None))
        .group_by(TopicTag.tag)
        .order_by(topics.desc(), TopicTag.tag)
        .limit(MOST_TAGS_OFFERED)
    )
    return db.session.execute(statement, seeing(actor)).all()
