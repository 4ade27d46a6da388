"""What somebody chose, and the packs she asked for: her own and nobody else's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Row, func, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from network.library.queries.items import files_opened
from network.library.queries.lists import ListedItem, items_by_id
from network.packs.models import Pack, PackChoice
from network.packs.rules import PackState
from network.subscriptions.queries import content_free_among
from network.topics import queries as topics

Own = TypeVar("Own", Pack, PackChoice)

SHOWN = 20
"""Packs a page lists."""
TOPICS_OFFERED = 100
"""Topics one chooses from at once, the newest."""


@dataclass(frozen=True)
class Chosen:
    """What somebody chose for her next pack: the rows, and the ids of items and topics in them."""

    rows: Sequence[PackChoice]

    @property
    def items(self) -> list[UUID]:
        """The items, in the order they were chosen."""
        return [row.item_id for row in self.rows if row.item_id]

    @property
    def topics(self) -> list[UUID]:
        """The topics, in the order they were chosen."""
        return [row.topic_id for row in self.rows if row.topic_id]


def chosen(actor: Actor) -> Chosen:
    """What the actor chose for her next pack."""
    statement = (
        select(PackChoice).where(PackChoice.person_id == actor.person_id).order_by(PackChoice.id)
    )
    return Chosen(db.session.scalars(statement).all())


def topics_named(actor: Actor, topic_ids: Sequence[UUID]) -> Sequence[Row[UUID, str, UUID]]:
    """Those of the topics that the actor sees: `id`, `title`, `group_id`."""
    seen = topics.titles_seen().subquery()
    statement = select(seen).where(seen.c.id.in_(topic_ids))
    return db.session.execute(statement.order_by(seen.c.id), topics.seeing(actor)).all()


def topics_offered(actor: Actor, words: str) -> Sequence[Row[UUID, str]]:
    """The newest topics the actor sees, with all of the words in their titles."""
    seen = topics.titles_seen().subquery()
    statement = select(seen.c.id, seen.c.title).order_by(seen.c.id.desc()).limit(TOPICS_OFFERED)
    for word in words.split():
        statement = statement.where(func.strpos(func.lower(seen.c.title), func.lower(word)) > 0)
    return db.session.execute(statement, topics.seeing(actor)).all()


def not_mailed(items: Iterable[ListedItem], topics: Iterable[Row[UUID, str, UUID]]) -> list[UUID]:
    """Those whose group sends no content by mail, by their ids: only a pack to fetch holds them."""
    kept = [(one.id, one.group_id) for one in items if one.group_id]
    kept += [(row.id, row.group_id) for row in topics]
    quiet = content_free_among({group_id for _, group_id in kept})
    return [thing_id for thing_id, group_id in kept if group_id in quiet]


def packs_of(actor: Actor) -> Sequence[Pack]:
    """The packs the actor asked for, newest first."""
    statement = (
        select(Pack).where(Pack.person_id == actor.person_id).order_by(Pack.id.desc()).limit(SHOWN)
    )
    return db.session.scalars(statement).all()


def pack_of(actor: Actor, pack_id: UUID) -> Pack:
    """One of the actor's own packs. Raises NotFound for any other, as if there were none."""
    statement = select(Pack).where(Pack.id == pack_id, Pack.person_id == actor.person_id)
    pack = db.session.scalars(statement).one_or_none()
    if pack is None:
        raise NotFound
    return pack


def seen_among(actor: Actor, items: Sequence[UUID], topics: Sequence[UUID]) -> set[UUID]:
    """Those of some items and topics that the actor sees."""
    seen = {item.id for item in items_by_id(actor, items)} if items else set()
    return seen | {row.id for row in topics_named(actor, topics)} if topics else seen


@dataclass(frozen=True)
class StillSeen:
    """What of a finished pack its reader sees today; `whole` where that is all of it, each file too."""

    items: Sequence[UUID]
    topics: Sequence[UUID]
    whole: bool


def still_seen(actor: Actor, pack: Pack) -> StillSeen:
    """What of one of her packs the actor sees today."""
    seen = seen_among(actor, pack.item_ids, pack.topic_ids)
    items = [one for one in pack.item_ids if one in seen]
    chosen = [one for one in pack.topic_ids if one in seen]
    whole = len(items) + len(chosen) == len(pack.item_ids) + len(pack.topic_ids)
    return StillSeen(items, chosen, whole and _opens_all(actor, pack.file_ids))


def _opens_all(actor: Actor, file_ids: Sequence[UUID]) -> bool:
    if not file_ids:
        return True
    opened = files_opened(actor, file_ids) | topics.files_opened(actor, file_ids)
    return opened >= set(file_ids)


def is_waiting(actor: Actor, now: datetime) -> bool:
    """Whether a pack of the actor's is being made; one that got stuck an hour ago stands in nobody's way."""
    statement = select(Pack.id).where(
        Pack.person_id == actor.person_id,
        Pack.state == PackState.WAITING,
        Pack.asked_at > now - timedelta(hours=1),
    )
    return db.session.scalar(statement.limit(1)) is not None


def pack_to_build(pack_id: UUID) -> Pack | None:
    """A pack that waits to be made, its row locked; None for one that is done."""
    statement = (
        select(Pack).where(Pack.id == pack_id, Pack.state == PackState.WAITING).with_for_update()
    )
    return db.session.scalars(statement).one_or_none()


def expired(now: datetime) -> Sequence[Pack]:
    """Packs whose link has ended."""
    statement = select(Pack).where(Pack.state == PackState.READY, Pack.expires_at <= now)
    return db.session.scalars(statement).all()


def all_of(model: type[Own], person_id: UUID) -> Sequence[Own]:
    """Everything of a kind that is somebody's."""
    return db.session.scalars(select(model).filter_by(person_id=person_id)).all()
