"""Every SELECT about single topics and their posts; the list of topics is in `lists`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.values import clock
from network.groups.queries import (
    Standing,
    current_affiliation,
    reader_of,
    standing_in,
    visible_groups,
)
from network.topics.models import Post, PostFile, PostVersion, Topic
from network.topics.rules import PostStatus

POSTS_PER_PAGE = 50
REFERENCES = 10
"""Message-IDs a mail names of the posts before it, beside the first."""


@dataclass(frozen=True)
class TopicSeen:
    """A topic somebody may see, and where she stands in its group."""

    topic: Topic
    standing: Standing


@dataclass(frozen=True)
class PostSeen:
    """A post somebody may see, with its topic, and where she stands in the group."""

    post: Post
    topic: Topic
    standing: Standing


def topic_seen_by(actor: Actor, topic_id: UUID) -> TopicSeen:
    """A topic the actor may see. Raises NotFound for any other, as if there were none."""
    statement = select(Topic).where(Topic.id == topic_id, Topic.group_id.in_(visible_groups()))
    topic = db.session.scalars(statement, reader_of(actor)).one_or_none()
    if topic is None:
        raise NotFound
    return TopicSeen(topic, standing_in(actor, topic.group_id))


def post_seen_by(actor: Actor, post_id: UUID) -> PostSeen:
    """A post the actor may see, tombstones included. Raises NotFound for any other."""
    statement = (
        select(Post, Topic)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == post_id, Topic.group_id.in_(visible_groups()))
    )
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None or row.Post.status in {PostStatus.PENDING, PostStatus.HIDDEN}:
        raise NotFound
    return PostSeen(row.Post, row.Topic, standing_in(actor, row.Topic.group_id))


def posts_of(topic_id: UUID, page: int = 1) -> Sequence[Row[Any]]:
    """One page of a topic's posts, oldest first, each with its author and her organisation then.

    `former` is true where the author has left that organisation since; a guest had none.
    """
    left: Any = and_(
        Post.organisation_id.is_not(None),
        ~current_affiliation(Post.author_id, Post.organisation_id),
    )
    statement = (
        select(
            Post,
            Person.name.label("author"),
            Organisation.name.label("organisation"),
            Organisation.country,
            left.label("former"),
        )
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(
            Post.topic_id == topic_id,
            Post.status.in_([PostStatus.VISIBLE, PostStatus.DELETED]),
        )
        .order_by(Post.id)
        .offset((page - 1) * POSTS_PER_PAGE)
        .limit(POSTS_PER_PAGE)
    )
    return db.session.execute(statement, {"now": clock.now()}).all()


def files_of(post_ids: Sequence[UUID]) -> dict[UUID, list[StoredFile]]:
    """The files of posts, by post, in the order they were handed in."""
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


def file_seen_by(actor: Actor, file_id: UUID) -> StoredFile:
    """A file of a post the actor may read. Raises NotFound for any other."""
    statement = (
        select(StoredFile)
        .join(PostFile, PostFile.file_id == StoredFile.id)
        .join(Post, Post.id == PostFile.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            StoredFile.id == file_id,
            Post.status == PostStatus.VISIBLE,
            Topic.group_id.in_(visible_groups()),
        )
    )
    file = db.session.scalars(statement, reader_of(actor)).one_or_none()
    if file is None:
        raise NotFound
    return file


def versions_of(post_id: UUID) -> Sequence[PostVersion]:
    """What a post said before, newest first."""
    statement = (
        select(PostVersion)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.number.desc())
    )
    return db.session.scalars(statement).all()


def first_post_id(topic_id: UUID) -> UUID | None:
    """The post a topic was opened with."""
    return db.session.scalar(
        select(Post.id).where(Post.topic_id == topic_id).order_by(Post.id).limit(1)
    )


def visible_posts(topic_id: UUID) -> Sequence[Post]:
    """Every post of a topic that can be read, oldest first."""
    statement = (
        select(Post)
        .where(Post.topic_id == topic_id, Post.status == PostStatus.VISIBLE)
        .order_by(Post.id)
    )
    return db.session.scalars(statement).all()


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


def post_to_mail(post_id: UUID) -> Row[Post, Topic, str, str | None] | None:
    """A visible post with its topic, author and, but for a guest's, organisation, for the mail of it."""
    statement = (
        select(Post, Topic, Person.name.label("author"), Organisation.name.label("organisation"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id == post_id, Post.status == PostStatus.VISIBLE)
    )
    return db.session.execute(statement).one_or_none()


def earlier_message_ids(post: Post) -> list[str]:
    """The Message-IDs a mail about the post refers to: the first of the topic, then the last before it."""
    earlier = select(Post.message_id).where(Post.topic_id == post.topic_id, Post.id < post.id)
    first = db.session.scalar(earlier.order_by(Post.id).limit(1))
    last = list(db.session.scalars(earlier.order_by(Post.id.desc()).limit(REFERENCES)))
    return list(dict.fromkeys([*([first] if first else []), *reversed(last)]))
