"""Who sees a topic and a post: the conditions behind every page, list, count, mail and export of them.

Bind `seeing(actor)`. What waits for a moderator or is hidden is seen by who wrote it and by the
moderators: the chair of the group, and administrators who may read it.
"""

from typing import Any

from sqlalchemy import Boolean, Uuid, and_, bindparam, or_

from kernel.identity.actor import Actor
from network.groups.queries import chaired_groups, reader_of, visible_groups
from network.permissions import NetworkPermission
from network.topics.models import Post, Topic
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
