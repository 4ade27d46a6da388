"""Every SELECT about feeds."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from kernel.db import db
from kernel.identity.actor import Actor
from network.feeds.models import Feed
from network.groups.queries import readable_groups, reader_of


def feeds_of(actor: Actor) -> Sequence[Row[Any]]:
    """Somebody's feeds, newest first; `group` is empty for that of all her groups, and for a lost one."""
    readable = readable_groups().subquery("readable")
    statement = (
        select(Feed.id, Feed.name, Feed.group_id, Feed.created_at, readable.c.name.label("group"))
        .outerjoin(readable, readable.c.id == Feed.group_id)
        .where(Feed.person_id == actor.person_id)
        .order_by(Feed.id.desc())
    )
    return db.session.execute(statement, reader_of(actor)).all()


def feed_at(digest: bytes) -> Feed | None:
    """The feed whose address has a secret of this digest."""
    return db.session.scalars(select(Feed).where(Feed.digest == digest)).one_or_none()


def own_feed(person_id: UUID, feed_id: UUID) -> Feed | None:
    """A feed, if it is this person's."""
    statement = select(Feed).where(Feed.id == feed_id, Feed.person_id == person_id)
    return db.session.scalars(statement).one_or_none()
