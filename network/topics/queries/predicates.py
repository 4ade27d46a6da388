"""Who sees a topic and a post: the conditions behind every page, list, count, mail and export of them.

Bind `seeing(actor)`. What waits for a moderator or is hidden is seen by who wrote it and by the
moderators: the chair of the group, and administrators who may read it.
"""

from typing import Any

from sqlalchemy import Boolean, Uuid, and_, bindparam, or_

from kernel.identity.actor import Actor
from network.groups.queries import chaired_groups, reader_of, visible_groups
from network.permissions import NetworkPermission
from network.topics.models import GroupReading, Post, Topic, TopicReading
from network.topics.rules import PostStatus

READER = bindparam("reader", type_=Uuid())
_MODERATES = bindparam("moderates", type_=Boolean())


def seeing(actor: Actor) -> dict[str, Any]:
    """The parameters of the conditions below."""
    return reader_of(actor) | {"moderates": actor.can(NetworkPermission.TOPICS_MODERATE)}


def is_moderated() -> Any:
    """Whether the reader moderates in the group of the topic in hand."""
    reads = Topic.group_id.in_(visible_groups())
    return and_(reads, or_(_MODERATES, Topic.group_id.in_(chaired_groups())))


def is_seen() -> Any:
    """Whether the reader sees the topic in hand."""
    open_to_her = or_(Topic.shown, Topic.author_id == READER, is_moderated())
    return and_(Topic.group_id.in_(visible_groups()), open_to_her)


def is_post_seen() -> Any:
    """Whether the reader, who sees the topic, sees the post in hand; of a deleted one the tombstone."""
    hers = or_(Post.author_id == READER, is_moderated())
    held_back = or_(Post.status == PostStatus.PENDING, Post.status == PostStatus.HIDDEN)
    return or_(~held_back, hers)


# What somebody has read: join her `TopicReading` and `GroupReading`, where she has them, by `reading_of`.


def reading_of(topic_id: Any) -> Any:
    """Whether a `TopicReading` is the reader's of this topic."""
    return and_(TopicReading.topic_id == topic_id, TopicReading.person_id == READER)


def group_reading_of(group_id: Any) -> Any:
    """Whether a `GroupReading` is the reader's of this group."""
    return and_(GroupReading.group_id == group_id, GroupReading.person_id == READER)


def is_unread() -> Any:
    """Whether the post in hand is somebody else's and came after all that the reader has read.

    By its place and by its moment: one that waited for a moderator stands among older ones.
    """
    further = or_(
        TopicReading.id.is_(None),
        Post.id > TopicReading.last_post_id,
        Post.created_at > TopicReading.last_post_at,
    )
    since = or_(GroupReading.id.is_(None), Post.created_at > GroupReading.read_at)
    return and_(Post.author_id != READER, further, since)
