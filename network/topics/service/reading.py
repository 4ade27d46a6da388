"""How far somebody has read: kept whenever she is shown posts, and for a whole group when she says so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Executable, Uuid, bindparam, func, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import DateTime, Integer

from kernel.db import new_id
from kernel.db.hot import HotStatement
from kernel.db.scope import require_scope
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import queries as groups
from network.topics import queries
from network.topics.models import GroupReading, Post, TopicReading


def read_up_to(actor: Actor, topic_id: UUID, post_id: UUID, written_at: datetime) -> None:
    """Remember that the actor was shown a topic's posts up to this one and this moment. One query.

    It never takes her back. For who was just shown the post: nothing is checked.
    """
    _READ_UP_TO.rows(
        id=new_id(),
        tenant_id=require_scope().tenant,
        person_id=actor.person_id,
        topic_id=topic_id,
        last_post_id=post_id,
        last_post_at=written_at,
        read_at=clock.now(),
    )


def read_own(actor: Actor, topic_id: UUID, post_id: UUID, written_at: datetime) -> None:
    """Count the post the actor just wrote as read, unless she left posts before it unread."""
    if not queries.leaves_unread(actor, topic_id):
        read_up_to(actor, topic_id, post_id, written_at)


def mark_read(actor: Actor, post_id: UUID) -> Post:
    """Say that one has read a topic up to a post of it. Raises NotFound."""
    post = queries.post_seen_by(actor, post_id).post
    read_up_to(actor, post.topic_id, post.id, post.created_at)
    return post


def mark_group_read(actor: Actor, group_id: UUID) -> None:
    """Say that one has read, or will not read, all that was written in a group. Raises NotFound."""
    groups.standing_in(actor, group_id)
    _GROUP_READ.rows(
        id=new_id(),
        tenant_id=require_scope().tenant,
        person_id=actor.person_id,
        group_id=group_id,
        read_at=clock.now(),
    )


def _read_up_to() -> Executable:
    moment = DateTime(timezone=True)
    statement = insert(TopicReading).values(
        id=bindparam("id", type_=Uuid()),
        tenant_id=bindparam("tenant_id", type_=Integer()),
        person_id=bindparam("person_id", type_=Uuid()),
        topic_id=bindparam("topic_id", type_=Uuid()),
        last_post_id=bindparam("last_post_id", type_=Uuid()),
        last_post_at=bindparam("last_post_at", type_=moment),
        read_at=bindparam("read_at", type_=moment),
    )
    old, new = TopicReading, statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["tenant_id", "person_id", "topic_id"],
        set_={
            "last_post_id": func.greatest(old.last_post_id, new.last_post_id),
            "last_post_at": func.greatest(old.last_post_at, new.last_post_at),
            "read_at": new.read_at,
        },
        where=or_(old.last_post_id < new.last_post_id, old.last_post_at < new.last_post_at),
    ).returning(old.id)


def _group_read() -> Executable:
    statement = insert(GroupReading).values(
        id=bindparam("id", type_=Uuid()),
        tenant_id=bindparam("tenant_id", type_=Integer()),
        person_id=bindparam("person_id", type_=Uuid()),
        group_id=bindparam("group_id", type_=Uuid()),
        read_at=bindparam("read_at", type_=DateTime(timezone=True)),
    )
    return statement.on_conflict_do_update(
        index_elements=["tenant_id", "person_id", "group_id"],
        set_={"read_at": statement.excluded.read_at},
    ).returning(GroupReading.id)


_READ_UP_TO = HotStatement(_read_up_to())
_GROUP_READ = HotStatement(_group_read())
