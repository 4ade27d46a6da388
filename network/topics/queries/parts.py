"""Where posts of a topic went, and where they came from, when it was split."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from kernel.db import db
from kernel.identity.actor import Actor
from network.topics.models import Topic
from network.topics.queries.predicates import is_seen, seeing


@dataclass(frozen=True)
class Part:
    """A topic that shares its posts' past with another one."""

    id: UUID
    title: str
    language: str


@dataclass(frozen=True)
class Parts:
    """The topic that the posts of one were split from, and those that posts of its own went on in.

    None that the reader does not see, wherever it was moved to.
    """

    source: Part | None
    sequels: list[Part]


def parts_of(actor: Actor, topic_id: UUID) -> Parts:
    """What a topic the actor sees was split from and into, the oldest first. One query."""
    source_id = select(Topic.split_from_id).where(Topic.id == topic_id).scalar_subquery()
    statement = (
        select(Topic.id, Topic.title, Topic.language, Topic.split_from_id)
        .where(or_(Topic.split_from_id == topic_id, Topic.id == source_id), is_seen())
        .order_by(Topic.id)
    )
    rows = db.session.execute(statement, seeing(actor)).all()
    parts = [(row.split_from_id == topic_id, Part(*row[:3])) for row in rows]
    return Parts(
        source=next((part for sequel, part in parts if not sequel), None),
        sequels=[part for sequel, part in parts if sequel],
    )
