"""The posts of a topic, their files and earlier versions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from kernel.db import db
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.values import clock
from network.groups.queries import current_affiliation
from network.topics.models import Post, PostFile, PostVersion, Topic
from network.topics.queries.predicates import is_post_seen, seeing
from network.topics.rules import PostStatus

POSTS_PER_PAGE = 50


def posts_of(actor: Actor, topic_id: UUID, page: int = 1) -> Sequence[Row[Any]]:
    """One page of a topic's posts, oldest first, each with its author and her organisation then.

    Those that wait or are hidden come only for their authors and moderators. `former` is true where the
    author has left that organisation since; a guest had none.
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
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.topic_id == topic_id, is_post_seen())
        .order_by(Post.id)
        .offset((page - 1) * POSTS_PER_PAGE)
        .limit(POSTS_PER_PAGE)
    )
    return db.session.execute(statement, seeing(actor) | {"now": clock.now()}).all()


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
