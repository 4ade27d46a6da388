"""What people chose: levels of groups, topics watched and muted, when mail may come."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups.queries import current_members, readable_groups, reader_of
from network.subscriptions.models import GroupMail, MailRhythm, Subscription, TopicWatch
from network.subscriptions.rules import Day, Level, Rhythm


def levels_of(actor: Actor) -> Sequence[Row[Any]]:
    """The groups somebody is in, by name, each with the level she chose, None for her usual one."""
    member, readable = current_members().subquery("member"), readable_groups().subquery("readable")
    statement = (
        select(readable.c.id, readable.c.name, Subscription.level)
        .join(
            member,
            and_(member.c.group_id == readable.c.id, member.c.person_id == actor.person_id),
        )
        .outerjoin(
            Subscription,
            and_(Subscription.group_id == readable.c.id, Subscription.person_id == actor.person_id),
        )
        .order_by(func.lower(readable.c.name))
    )
    return db.session.execute(statement, reader_of(actor) | {"now": clock.now()}).all()


def subscription_of(person_id: UUID, group_id: UUID) -> Subscription | None:
    """The level somebody chose for a group, if she did."""
    statement = select(Subscription).where(
        Subscription.person_id == person_id, Subscription.group_id == group_id
    )
    return db.session.scalars(statement).one_or_none()


def watch_of(person_id: UUID, topic_id: UUID) -> TopicWatch | None:
    """What somebody said of a topic, if she did."""
    statement = select(TopicWatch).where(
        TopicWatch.person_id == person_id, TopicWatch.topic_id == topic_id
    )
    return db.session.scalars(statement).one_or_none()


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


def group_mail(group_id: UUID) -> GroupMail | None:
    """How the mails of a group are written, if anybody ever said."""
    statement = select(GroupMail).where(GroupMail.group_id == group_id)
    return db.session.scalars(statement).one_or_none()


def is_content_free(group_id: UUID) -> bool:
    """Whether the mails of a group only say that there is something new."""
    kept = group_mail(group_id)
    return kept is not None and kept.content_free
