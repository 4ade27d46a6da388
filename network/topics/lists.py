"""The list of topics: the busiest page, so its statements are built once and read rows, not objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.types import DateTime

from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from network.groups.queries import readable_groups, reader_of, writable_groups
from network.topics.models import Post, Topic
from network.topics.rules import Position, TopicFilter, TopicKind, TopicStatus

PER_PAGE = 25
_READER = bindparam("reader", type_=Uuid())


@dataclass(frozen=True)
class TopicPage:
    """One page of the list; `older` is where the next one begins."""

    topics: Sequence[Row[Any]]
    older: Position | None


def topic_page(
    actor: Actor,
    *,
    group_id: UUID | None = None,
    narrowed: TopicFilter | None = None,
    older_than: Position | None = None,
) -> TopicPage:
    """The topics the actor may see, those with the newest posts first. One query."""
    statement = _statement(group_id is not None, narrowed, older_than is not None)
    parameters = reader_of(actor) | {"group_id": group_id}
    if older_than is not None:
        parameters |= {"moment": older_than.last_post_at, "topic_id": older_than.topic_id}
    rows = statement.rows(**parameters)
    shown = rows[:PER_PAGE]
    last = shown[-1] if len(rows) > PER_PAGE else None
    return TopicPage(shown, Position(last.last_post_at, last.id) if last is not None else None)


@lru_cache
def _statement(in_group: bool, narrowed: TopicFilter | None, turned: bool) -> HotStatement:
    """Take the newest topics of each group the reader sees, then the newest of these.

    However many topics a network has, and however few of them the reader may see, this reads at most one
    page per group from an index.
    """
    readable = readable_groups().subquery("readable")
    newest = _newest_of(readable.c.id, narrowed, turned).lateral("newest")
    statement = (
        select(
            newest,
            readable.c.name.label("group"),
            Person.name.label("author"),
            Organisation.country,
        )
        .select_from(readable)
        .join(newest, true())
        .join(Person, Person.id == newest.c.author_id)
        .outerjoin(Organisation, Organisation.id == newest.c.organisation_id)
        .order_by(newest.c.last_post_at.desc(), newest.c.id.desc())
        .limit(PER_PAGE + 1)
    )
    if in_group:
        statement = statement.where(readable.c.id == bindparam("group_id", type_=Uuid()))
    return HotStatement(statement)


def _newest_of(
    group_id: Any, narrowed: TopicFilter | None, turned: bool
) -> Select[*tuple[Any, ...]]:
    topics = (
        select(
            Topic.id,
            Topic.group_id,
            Topic.kind,
            Topic.title,
            Topic.language,
            Topic.status,
            Topic.author_id,
            Topic.organisation_id,
            Topic.replies,
            Topic.last_post_at,
        )
        .where(Topic.group_id == group_id, or_(Topic.shown, Topic.author_id == _READER))
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(PER_PAGE + 1)
    )
    if narrowed is not None:
        topics = topics.where(_CONDITIONS[narrowed])
    if turned:
        place = tuple_(
            bindparam("moment", type_=DateTime(timezone=True)), bindparam("topic_id", type_=Uuid())
        )
        topics = topics.where(tuple_(Topic.last_post_at, Topic.id) < place)
    return topics


_CONDITIONS = {
    TopicFilter.NEEDS_ANSWER: and_(
        Topic.status == TopicStatus.OPEN, Topic.kind == TopicKind.QUESTION
    ),
    TopicFilter.ANSWERED: Topic.status == TopicStatus.ANSWERED,
    TopicFilter.OPEN: Topic.status == TopicStatus.OPEN,
    TopicFilter.LOCKED: Topic.status == TopicStatus.LOCKED,
}


def _open_questions() -> Select[*tuple[Any, ...]]:
    groups = writable_groups().subquery("writable")
    own = Topic.author_id == bindparam("reader", type_=Uuid())
    has_written = exists().where(
        Post.tenant_id == Topic.tenant_id,
        Post.topic_id == Topic.id,
        Post.author_id == bindparam("reader", type_=Uuid()),
    )
    return (
        select(Topic.id, Topic.title, groups.c.name.label("group"), own.label("own"))
        .join(groups, groups.c.id == Topic.group_id)
        .where(
            _CONDITIONS[TopicFilter.NEEDS_ANSWER],
            Topic.shown,
            or_(and_(own, Topic.replies > 0), ~has_written),
        )
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(bindparam("most", type_=Integer()))
    )


_OPEN_QUESTIONS = HotStatement(_open_questions())


def open_questions(actor: Actor, most: int) -> Sequence[Row[Any]]:
    """Questions without an accepted answer where the actor may write, the newest posts first.

    Her own (`own` is true) once somebody replied, and those of others where she has not written.
    """
    return _OPEN_QUESTIONS.rows(**reader_of(actor), most=most)
