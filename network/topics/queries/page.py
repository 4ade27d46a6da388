"""A topic as its page shows it, in one statement built once: it reads a row, not an object."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.values.paging import pages_of
from network.groups.queries import Standing, standing_of, standings
from network.topics.models import GroupReading, Post, Topic, TopicReading, TopicTag
from network.topics.queries.predicates import (
    group_reading_of,
    is_post_seen,
    is_seen,
    is_unread,
    reading_of,
    seeing,
)
from network.topics.rules import reads_on

POSTS_PER_PAGE = 20


@dataclass(frozen=True)
class TopicShown:
    """A topic as its reader sees it.

    `topic` has the columns of the topic with its `tags`, `group`, `posts` in all and how many of them she
    has `read` without a gap; the one furthest down that she was shown is `read_to` (None where she never
    opened it). `been_here` is true where she has read something, here or by marking the group as read;
    `was_split` where posts of it went on elsewhere or came from there.
    """

    topic: Row[Any]
    standing: Standing

    @property
    def pages(self) -> int:
        """How many pages its posts fill."""
        posts: int = self.topic.posts
        return pages_of(posts, POSTS_PER_PAGE)

    @property
    def unread_page(self) -> int:
        """The page where she goes on reading: that of the first post she has not read, else the last."""
        read: int = self.topic.read
        return min(read // POSTS_PER_PAGE + 1, self.pages)

    def goes_on_at(self, page: int) -> bool:
        """Whether nothing she has not read comes before this page."""
        return reads_on(self.topic.read, (page - 1) * POSTS_PER_PAGE + 1)


def topic_shown_to(actor: Actor, topic_id: UUID) -> TopicShown:
    """A topic the actor may see, where she stands and how far she has read. Raises NotFound. One query."""
    row = _TOPIC.one_or_none(**seeing(actor), topic_id=topic_id)
    if row is None:
        raise NotFound
    return TopicShown(row, standing_of(row))


_COLUMNS = (
    "id",
    "group_id",
    "kind",
    "title",
    "language",
    "status",
    "author_id",
    "accepted_post_id",
    "opened_with_id",
    "replies",
    "version",
    "pinned_at",
    "merged_into_id",
    "split_from_id",
    "shown",
)


def _topic() -> Select[*tuple[Any, ...]]:
    seen = Post.topic_id == Topic.id, is_post_seen()
    unread = select(Post.id).where(*seen, is_unread()).order_by(Post.id).limit(1).lateral("unread")
    before = or_(unread.c.id.is_(None), Post.id < unread.c.id)
    listed = (
        select(func.count().label("posts"), func.count().filter(before).label("read"))
        .where(*seen)
        .lateral("listed")
    )
    part = aliased(Topic)
    standing = standings().subquery("standing")
    tags = select(TopicTag.tag).where(TopicTag.topic_id == Topic.id).order_by(TopicTag.tag)
    return (
        select(
            *(getattr(Topic, name) for name in _COLUMNS),
            *(column for column in standing.c if column.name != "group_id"),
            TopicReading.last_post_id.label("read_to"),
            TopicReading.last_post_at.label("read_until"),
            or_(TopicReading.id.is_not(None), GroupReading.id.is_not(None)).label("been_here"),
            listed.c.posts,
            listed.c.read,
            or_(
                Topic.split_from_id.is_not(None),
                select(part.id).where(part.split_from_id == Topic.id).exists(),
            ).label("was_split"),
            func.array(tags.scalar_subquery()).label("tags"),
        )
        .join(standing, standing.c.group_id == Topic.group_id)
        .outerjoin(TopicReading, reading_of(Topic.id))
        .outerjoin(GroupReading, group_reading_of(Topic.group_id))
        .outerjoin(unread, true())
        .join(listed, true())
        .where(Topic.id == bindparam("topic_id", type_=Uuid()), is_seen())
    )


_TOPIC = HotStatement(_topic())
