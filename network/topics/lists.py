"""The list of topics: the busiest page, so its statements are built once and read rows, not objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.types import DateTime

from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.values import clock
from network.groups.queries import readable_groups, reader_of, writable_groups
from network.topics.models import GroupReading, Post, Topic, TopicReading, TopicTag
from network.topics.queries.predicates import READER, group_reading_of, reading_of
from network.topics.rules import (
    MOST_PINNED,
    Position,
    PostStatus,
    TopicFilter,
    TopicKind,
    TopicStatus,
)

PER_PAGE = 25
NEW_FOR = timedelta(days=14)
"""So long a topic counts as new to somebody who never opened it."""
_COLUMNS = (
    "id",
    "group_id",
    "kind",
    "title",
    "language",
    "status",
    "author_id",
    "organisation_id",
    "replies",
    "last_post_at",
    "pinned_at",
)


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
    tag: str | None = None,
    older_than: Position | None = None,
) -> TopicPage:
    """The topics the actor may see, those with the newest posts first. One query.

    Those pinned in a group stand first on the first page of that group. A topic is `unread` where
    something was written since she was there; `new` counts it where she was.
    """
    statement = _statement(group_id is not None, narrowed, tag is not None, older_than is not None)
    now = clock.now()
    parameters = reader_of(actor) | {"group_id": group_id, "tag": tag, "since": now - NEW_FOR}
    if older_than is not None:
        parameters |= {"moment": older_than.last_post_at, "topic_id": older_than.topic_id}
    rows = statement.rows(**parameters)
    pinned = next((n for n, row in enumerate(rows) if not row.pinned), len(rows))
    shown = rows[: pinned + PER_PAGE]
    last = shown[-1] if len(rows) > len(shown) else None
    return TopicPage(shown, Position(last.last_post_at, last.id) if last is not None else None)


@lru_cache
def _statement(
    in_group: bool, narrowed: TopicFilter | None, tagged: bool, turned: bool
) -> HotStatement:
    """Take the newest topics of each group the reader sees, then the newest of these.

    However many topics a network has, and however few of them the reader may see, this reads at most one
    page per group from an index; who wrote them and what is new in them, it looks up for one page.
    """
    readable = readable_groups().subquery("readable")
    topics = _topics_of(readable.c.id, narrowed, tagged)
    if narrowed is TopicFilter.NEEDS_ANSWER:
        topics = topics.where(readable.c.is_active)
    found = _newest_of(topics, in_group, turned).lateral("found")
    page = (
        select(found, readable.c.name.label("group"), readable.c.is_active)
        .select_from(readable)
        .join(found, true())
        .order_by(*_ordered(found.c))
        .limit(PER_PAGE + 1 + (MOST_PINNED if in_group and not turned else 0))
    )
    if in_group:
        page = page.where(readable.c.id == bindparam("group_id", type_=Uuid()))
    return HotStatement(_with_reading(page.subquery("page")))


def _topics_of(
    group_id: Any, narrowed: TopicFilter | None, tagged: bool
) -> Select[*tuple[Any, ...]]:
    topics = select(*(getattr(Topic, name) for name in _COLUMNS)).where(
        Topic.group_id == group_id,
        or_(Topic.shown, Topic.author_id == READER),
        _CONDITIONS[narrowed] if narrowed is not None else Topic.status != TopicStatus.ARCHIVED,
    )
    if not tagged:
        return topics
    has_tag = exists().where(
        TopicTag.tenant_id == Topic.tenant_id,
        TopicTag.topic_id == Topic.id,
        TopicTag.tag == bindparam("tag", type_=Text()),
    )
    return topics.where(has_tag)


def _newest_of(topics: Select[*tuple[Any, ...]], in_group: bool, turned: bool) -> Any:
    newest = topics.order_by(Topic.last_post_at.desc(), Topic.id.desc()).limit(PER_PAGE + 1)
    if turned:
        place = tuple_(
            bindparam("moment", type_=DateTime(timezone=True)), bindparam("topic_id", type_=Uuid())
        )
        newest = newest.where(tuple_(Topic.last_post_at, Topic.id) < place)
    if not in_group:
        return newest.add_columns(false().label("pinned"))
    others = newest.where(Topic.pinned_at.is_(None)).add_columns(false().label("pinned"))
    if turned:
        return others
    pinned = topics.where(Topic.pinned_at.is_not(None)).add_columns(true().label("pinned"))
    return union_all(pinned.limit(MOST_PINNED), others)


def _ordered(columns: Any) -> tuple[Any, ...]:
    return columns.pinned.desc(), columns.last_post_at.desc(), columns.id.desc()


def _with_reading(page: Any) -> Select[*tuple[Any, ...]]:
    """The topics of a page with authors, tags, and what the reader has not read of them."""
    read, group_read = TopicReading, GroupReading
    since = bindparam("since", type_=DateTime(timezone=True))
    seen_until = func.greatest(func.coalesce(read.last_post_at, since), group_read.read_at)
    unread = page.c.last_post_at > seen_until
    new = (
        select(func.count())
        .select_from(Post)
        .where(
            Post.topic_id == page.c.id,
            Post.id > read.last_post_id,
            Post.created_at > seen_until,
            Post.author_id != READER,
            Post.status == PostStatus.VISIBLE,
        )
        .scalar_subquery()
    )
    tags = select(TopicTag.tag).where(TopicTag.topic_id == page.c.id).order_by(TopicTag.tag)
    return (
        select(
            page,
            Person.name.label("author"),
            Organisation.country,
            func.array(tags.scalar_subquery()).label("tags"),
            unread.label("unread"),
            case((and_(unread, read.id.is_not(None)), new)).label("new"),
        )
        .select_from(page)
        .join(Person, Person.id == page.c.author_id)
        .outerjoin(Organisation, Organisation.id == page.c.organisation_id)
        .outerjoin(read, reading_of(page.c.id))
        .outerjoin(group_read, group_reading_of(page.c.group_id))
        .order_by(*_ordered(page.c))
    )


_CONDITIONS = {
    TopicFilter.NEEDS_ANSWER: and_(
        Topic.status == TopicStatus.OPEN, Topic.kind == TopicKind.QUESTION
    ),
    TopicFilter.ANSWERED: Topic.status == TopicStatus.ANSWERED,
    TopicFilter.OPEN: Topic.status == TopicStatus.OPEN,
    TopicFilter.LOCKED: Topic.status == TopicStatus.LOCKED,
    TopicFilter.ARCHIVED: and_(
        Topic.status == TopicStatus.ARCHIVED, Topic.merged_into_id.is_(None)
    ),
}


def _open_questions() -> Select[*tuple[Any, ...]]:
    groups = writable_groups().subquery("writable")
    own = Topic.author_id == READER
    has_written = exists().where(
        Post.tenant_id == Topic.tenant_id,
        Post.topic_id == Topic.id,
        Post.author_id == READER,
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
