"""What of a topic somebody has not read yet."""

from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, select

from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor
from network.topics.models import GroupReading, Post, Topic, TopicReading
from network.topics.queries.predicates import (
    group_reading_of,
    is_post_seen,
    is_unread,
    reading_of,
    seeing,
)


def leaves_unread(actor: Actor, topic_id: UUID) -> bool:
    """Whether a topic the actor sees has a post of somebody else that she has not read. One query."""
    return bool(_UNREAD.rows(**seeing(actor), topic_id=topic_id))


def _unread() -> Select[UUID]:
    return (
        select(Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(TopicReading, reading_of(Topic.id))
        .outerjoin(GroupReading, group_reading_of(Topic.group_id))
        .where(Post.topic_id == bindparam("topic_id", type_=Uuid()), is_post_seen(), is_unread())
        .limit(1)
    )


_UNREAD = HotStatement(_unread())
