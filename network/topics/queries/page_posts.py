"""The posts of a topic's page with all that stands beside them, in one statement built once."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Text, Uuid, and_, bindparam, case, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from kernel.db.hot import HotStatement
from kernel.files.models import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.values import clock
from network.groups.queries import current_affiliation
from network.topics.models import (
    Bookmark,
    GroupReading,
    Post,
    PostFile,
    PostTranslation,
    Reaction,
    Topic,
    TopicReading,
)
from network.topics.queries.page import POSTS_PER_PAGE
from network.topics.queries.predicates import (
    READER,
    group_reading_of,
    is_post_seen,
    is_unread,
    reading_of,
    seeing,
)
from network.topics.rules import PostStatus

NAMED: Final = 20
"""People named with a reaction; the others are counted."""
_COLUMNS: Final = (
    "id",
    "author_id",
    "language",
    "status",
    "via",
    "created_at",
    "edited_at",
    "version",
    "in_reply_to_id",
    "removed_by",
    "removed_reason",
)


def posts_shown_to(actor: Actor, topic_id: UUID, page: int, language: str) -> Sequence[Row[Any]]:
    """One page of a topic's posts, oldest first, with all that stands beside them. One query.

    `former` is true where the author has left her organisation since; a guest had none. `files` are
    objects with id, name, media_type and size; `reactions` lists of kind, count, the first names and
    whether the reader is among them, both of a visible post alone; `translated` is the text in `language`,
    where there is one; `unread` is true where she was not shown it before.
    """
    return _POSTS.rows(
        **seeing(actor),
        topic_id=topic_id,
        skipped=(page - 1) * POSTS_PER_PAGE,
        language=language,
        now=clock.now(),
    )


def _posts() -> Select[*tuple[Any, ...]]:
    there = Post.status != PostStatus.DELETED
    left: Any = and_(
        Post.organisation_id.is_not(None),
        ~current_affiliation(Post.author_id, Post.organisation_id),
    )
    translation = _translation()
    return (
        select(
            *(getattr(Post, name) for name in _COLUMNS),
            case((there, Post.body)).label("body"),
            case((there, Post.quoted)).label("quoted"),
            Person.name.label("author"),
            Organisation.name.label("organisation"),
            Organisation.country,
            left.label("former"),
            _files().label("files"),
            _reactions().label("reactions"),
            _is_bookmarked().label("bookmarked"),
            is_unread().label("unread"),
            _answered_author().label("answered"),
            translation.c.body.label("translated"),
            translation.c.translator,
            (translation.c.of_version < Post.version).label("outdated"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .outerjoin(TopicReading, reading_of(Post.topic_id))
        .outerjoin(GroupReading, group_reading_of(Topic.group_id))
        .outerjoin(translation, Post.status == PostStatus.VISIBLE)
        .where(Post.topic_id == bindparam("topic_id", type_=Uuid()), is_post_seen())
        .order_by(Post.id)
        .offset(bindparam("skipped", type_=Integer()))
        .limit(POSTS_PER_PAGE)
    )


def _translation() -> Any:
    language = bindparam("language", type_=Text())
    return (
        select(PostTranslation.body, PostTranslation.of_version, Person.name.label("translator"))
        .join(Person, Person.id == PostTranslation.translator_id)
        .where(
            PostTranslation.post_id == Post.id,
            PostTranslation.language == language,
            Post.language != language,
        )
        .lateral("translation")
    )


def _files() -> Any:
    names = ("id", "name", "media_type", "size", "width", "height")
    pairs = [part for name in names for part in (name, getattr(StoredFile, name))]
    file = func.json_build_object(*pairs)
    return (
        select(func.json_agg(aggregate_order_by(file, PostFile.id)))
        .select_from(StoredFile)
        .join(PostFile, PostFile.file_id == StoredFile.id)
        .where(PostFile.post_id == Post.id, Post.status == PostStatus.VISIBLE)
        .scalar_subquery()
    )


def _reactions() -> Any:
    names = func.array_agg(aggregate_order_by(Person.name, Reaction.id))
    mine = func.bool_or(Reaction.person_id == READER)
    said = (
        select(
            func.json_build_array(Reaction.kind, func.count(), names[1:NAMED], mine).label("said")
        )
        .join(Person, Person.id == Reaction.person_id)
        .where(Reaction.post_id == Post.id, Post.status == PostStatus.VISIBLE)
        .group_by(Reaction.kind)
        .correlate(Post)
        .subquery()
    )
    return select(func.json_agg(said.c.said)).correlate(Post).scalar_subquery()


def _is_bookmarked() -> Any:
    return exists().where(
        Bookmark.tenant_id == Post.tenant_id,
        Bookmark.post_id == Post.id,
        Bookmark.person_id == READER,
    )


def _answered_author() -> Any:
    """Who wrote the post that this one answers."""
    answered, author = aliased(Post), aliased(Person)
    return (
        select(author.name)
        .join(answered, answered.author_id == author.id)
        .where(answered.id == Post.in_reply_to_id)
        .correlate(Post)
        .scalar_subquery()
    )


_POSTS = HotStatement(_posts())
