"""Where a topic can be moved to, which topics it can be merged into, and who sees what then."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select, true

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.groups import queries as groups
from network.groups.queries import Standing, reader_of, standings
from network.permissions import NetworkPermission
from network.topics.models import Post, Topic
from network.topics.queries.posts import first_post_id
from network.topics.queries.predicates import is_seen, seeing
from network.topics.rules import PostStatus
from network.topics.rules.moving import Move

MOST_OFFERED = 50


def groups_to_move_to(actor: Actor, group_id: UUID) -> Sequence[Row[UUID, str]]:
    """The other active groups where the actor may put a topic, by name."""
    found = standings().subquery("found")
    moderates = actor.can(NetworkPermission.TOPICS_MODERATE)
    statement = (
        select(found.c.group_id, found.c.group)
        .where(
            found.c.group_state == "active",
            found.c.group_id != group_id,
            true() if moderates else found.c.is_chair,
        )
        .order_by(func.lower(found.c.group))
    )
    return db.session.execute(statement, reader_of(actor)).all()


def topics_to_merge_into(actor: Actor, topic: Topic) -> Sequence[Row[UUID, str]]:
    """The topics of the same group that are open to more posts, those with the newest first."""
    statement = (
        select(Topic.id, Topic.title)
        .where(
            Topic.group_id == topic.group_id,
            Topic.id != topic.id,
            or_(Topic.status == "open", Topic.status == "answered"),
            Topic.shown,
            is_seen(),
        )
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(MOST_OFFERED)
    )
    return db.session.execute(statement, seeing(actor)).all()


def move_of(topic: Topic, before: Standing, after: Standing) -> Move:
    """What moving a topic between two groups changes."""
    losing: tuple[str, ...] = ()
    if not before.is_open and not after.is_open:
        staying = {row.id for row in _members(after.group_id)}
        losing = tuple(row.name for row in _members(before.group_id) if row.id not in staying)
    return Move(len(all_posts(topic.id)), before.is_open, after.is_open, losing)


def _members(group_id: UUID) -> list[Any]:
    return [row for row in groups.members_of(group_id) if row.current]


def all_posts(topic_id: UUID) -> Sequence[Post]:
    """Every post of a topic whatever has become of it, oldest first."""
    statement = select(Post).where(Post.topic_id == topic_id).order_by(Post.id)
    return db.session.scalars(statement).all()


def posts_to_choose_from(topic_id: UUID) -> Sequence[Any]:
    """The replies of a topic that can be read, oldest first, with their authors."""
    statement = (
        select(Post.id, Post.body, Post.created_at, Person.name.label("author"))
        .join(Person, Person.id == Post.author_id)
        .where(
            Post.topic_id == topic_id,
            Post.status == PostStatus.VISIBLE,
            Post.id != first_post_id(topic_id),
        )
        .order_by(Post.id)
    )
    return db.session.execute(statement).all()
