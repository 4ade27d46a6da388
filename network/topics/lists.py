"""The list of topics: the busiest page, so its statements are built once and read rows, not objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, and_, bindparam, select, true, tuple_
from sqlalchemy.types import DateTime

from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from network.groups.queries import readable_groups, reader_of
from network.topics.models import Topic
from network.topics.rules import Position, TopicFilter, TopicKind, TopicStatus

PER_PAGE = 25


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
        .join(Organisation, Organisation.id == newest.c.organisation_id)
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
        .where(Topic.group_id == group_id)
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
