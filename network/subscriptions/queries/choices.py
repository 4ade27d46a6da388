"""What people chose: levels of groups, topics watched and muted, when mail may come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, func, select

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from kernel.tenancy.models import Tenant
from network.groups.queries import name_of, reader_of, writable_groups
from network.subscriptions.models import (
    GroupMail,
    MailRhythm,
    Subscription,
    TopicWatch,
    UnsubscribeToken,
)
from network.subscriptions.rules import Day, Ends, Level, Rhythm, Watch, release_at
from network.topics.queries import seeing, titles_seen, topics_of

MOST_TOPICS: Final = 100
"""Single topics that are listed at once."""


def levels_of(actor: Actor) -> Sequence[Row[Any]]:
    """The active groups somebody is in, by name, each with the level she chose, None for her usual one."""
    own = writable_groups().subquery("own")
    statement = (
        select(own.c.id, own.c.name, Subscription.level)
        .outerjoin(
            Subscription,
            and_(Subscription.group_id == own.c.id, Subscription.person_id == actor.person_id),
        )
        .order_by(func.lower(own.c.name))
    )
    return db.session.execute(statement, reader_of(actor)).all()


def subscription_of(person_id: UUID, group_id: UUID) -> Subscription | None:
    """The level somebody chose for a group, if she did."""
    statement = select(Subscription).where(
        Subscription.person_id == person_id, Subscription.group_id == group_id
    )
    return db.session.scalars(statement).one_or_none()


@dataclass(frozen=True)
class OwnLevel:
    """How much of a group comes to somebody: what she `chose` for it, else her `usual` level."""

    chosen: Level | None
    usual: Level


def own_level(person_id: UUID, group_id: UUID) -> OwnLevel:
    """How much of a group somebody gets by mail."""
    kept = subscription_of(person_id, group_id)
    return OwnLevel(Level(kept.level) if kept else None, rhythm_of(person_id).default_level)


def watch_of(person_id: UUID, topic_id: UUID) -> TopicWatch | None:
    """What somebody said of a topic, if she did."""
    statement = select(TopicWatch).where(
        TopicWatch.person_id == person_id, TopicWatch.topic_id == topic_id
    )
    return db.session.scalars(statement).one_or_none()


def watches_of(actor: Actor) -> Sequence[Row[Any]]:
    """The topics somebody watches or mutes and may read, the last chosen first: `topic_id`, `title`, `mode`."""
    seen = titles_seen().subquery("seen")
    statement = (
        select(TopicWatch.topic_id, seen.c.title, TopicWatch.mode)
        .join(seen, seen.c.id == TopicWatch.topic_id)
        .where(TopicWatch.person_id == actor.person_id)
        .order_by(TopicWatch.changed_at.desc(), TopicWatch.id)
        .limit(MOST_TOPICS)
    )
    return db.session.execute(statement, seeing(actor)).all()


def kept_rhythm(person_id: UUID) -> MailRhythm | None:
    """When somebody wants mail, if she ever said."""
    statement = select(MailRhythm).where(MailRhythm.person_id == person_id)
    return db.session.scalars(statement).one_or_none()


def rhythm_of(person_id: UUID) -> Rhythm:
    """When somebody wants mail; the usual rhythm where she never said."""
    kept = kept_rhythm(person_id)
    return rhythm_of_row(kept) if kept is not None else Rhythm()


def rhythm_of_row(row: Any) -> Rhythm:
    """The rhythm in the columns of `mail_rhythm`, which are empty where there is none."""
    if row.default_level is None:
        return Rhythm()
    return Rhythm(
        default_level=Level(row.default_level),
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        working_days=frozenset(map(Day, row.working_days)),
        digest_hour=row.digest_hour,
        weekly_on=Day(row.weekly_on),
        paused_until=row.paused_until,
    )


def takes_mail(person_ids: Collection[UUID], now: datetime) -> list[UUID]:
    """Those of the people for whom this is neither a quiet hour nor a day off."""
    rows = db.session.execute(
        select(
            Person.id, func.coalesce(Person.time_zone, Tenant.time_zone).label("zone"), MailRhythm
        )
        .join(Tenant, Tenant.id == Person.tenant_id)
        .outerjoin(
            MailRhythm,
            and_(MailRhythm.tenant_id == Person.tenant_id, MailRhythm.person_id == Person.id),
        )
        .where(Person.id.in_(person_ids))
    )
    return [
        row.id
        for row in rows
        if release_at(
            rhythm_of_row(row.MailRhythm) if row.MailRhythm else Rhythm(), ZoneInfo(row.zone), now
        )
        <= now
    ]


def group_mail(group_id: UUID) -> GroupMail | None:
    """How the mails of a group are written, if anybody ever said."""
    statement = select(GroupMail).where(GroupMail.group_id == group_id)
    return db.session.scalars(statement).one_or_none()


def is_content_free(group_id: UUID) -> bool:
    """Whether the mails of a group only say that there is something new."""
    return group_id in content_free_among([group_id])


def content_free_among(group_ids: Collection[UUID]) -> set[UUID]:
    """Those of the groups whose mails only say that there is something new."""
    statement = select(GroupMail.group_id).where(
        GroupMail.group_id.in_(group_ids), GroupMail.content_free
    )
    return set(db.session.scalars(statement))


@dataclass(frozen=True)
class LinkMeaning:
    """Whose mails a link ends, and which; a group whose mails have no content is not named.

    With the language and time zone she chose, if she did: her page speaks so.
    """

    person_id: UUID
    ends: Ends
    group_id: UUID | None
    group: str | None
    language: str | None
    time_zone: str | None


def link_meaning(digest: bytes, since: datetime) -> LinkMeaning | None:
    """What a link made after `since` ends, known by the digest of its secret."""
    statement = (
        select(UnsubscribeToken, Person.language, Person.time_zone)
        .join(Person, Person.id == UnsubscribeToken.person_id)
        .where(UnsubscribeToken.digest == digest, UnsubscribeToken.created_at > since)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    kept, group_id = row.UnsubscribeToken, row.UnsubscribeToken.group_id
    name = None if group_id is None or is_content_free(group_id) else name_of(group_id)
    return LinkMeaning(kept.person_id, Ends(kept.ends), group_id, name, row.language, row.time_zone)


def watched_in(person_id: UUID, group_id: UUID) -> Sequence[TopicWatch]:
    """The topics of a group that somebody watches."""
    topic = topics_of(group_id).subquery()
    statement = select(TopicWatch).where(
        TopicWatch.person_id == person_id,
        TopicWatch.mode == Watch.WATCH,
        TopicWatch.topic_id.in_(select(topic.c.id)),
    )
    return db.session.scalars(statement).all()


def subscriptions_at(person_id: UUID, levels: Collection[str]) -> Sequence[Subscription]:
    """The groups that somebody wants at one of the levels."""
    statement = select(Subscription).where(
        Subscription.person_id == person_id, Subscription.level.in_(levels)
    )
    return db.session.scalars(statement).all()
