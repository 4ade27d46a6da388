"""Topics by the posts in them, for features that remember posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from kernel.db import db
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from network.topics.models import Post, PostFile, Topic
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


def topics_with(actor: Actor, post_ids: Select[UUID], most: int) -> list[TopicNamed]:
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
        .limit(most)
    )
    return [TopicNamed(*row) for row in db.session.execute(statement, seeing(actor))]


@dataclass(frozen=True)
class PostRead:
    """A post with its author and, but for a guest's, her organisation, to be read elsewhere."""

    id: UUID
    body: str
    language: str
    created_at: datetime
    author: str
    organisation: str | None


def posts_to_read(actor: Actor, topic_id: UUID, most: int) -> list[PostRead]:
    """The posts everybody reads who sees the topic, oldest first; none of one the actor may not see."""
    statement = (
        select(
            Post.id,
            Post.body,
            Post.language,
            Post.created_at,
            Person.name,
            Organisation.name.label("organisation"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.topic_id == topic_id, Post.status == PostStatus.VISIBLE, is_seen())
        .order_by(Post.created_at, Post.id)
        .limit(most)
    )
    return [PostRead(*row) for row in db.session.execute(statement, seeing(actor))]


def files_to_read(post_ids: Sequence[UUID]) -> dict[UUID, list[StoredFile]]:
    """The files of posts, by post, in the order they were handed in. Ask for posts somebody reads only."""
    statement = (
        select(PostFile.post_id, StoredFile)
        .join(StoredFile, StoredFile.id == PostFile.file_id)
        .where(PostFile.post_id.in_(post_ids))
        .order_by(PostFile.id)
    )
    found: dict[UUID, list[StoredFile]] = {}
    for post_id, file in db.session.execute(statement):
        found.setdefault(post_id, []).append(file)
    return found
