"""What people want by mail, what waits until they do, and the links that end it."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Time
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock

LEVELS = "('every_post', 'daily', 'weekly', 'nothing')"
DAYS = "array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']"


class Subscription(Tenanted):
    """The level somebody chose for a group; without a row it is her usual one."""

    __tablename__ = "subscription"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("group_id", "person_id"),
        CheckConstraint(f"level in {LEVELS}", name="level_known"),
        Index("ix_subscription_person_id", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    group_id: Mapped[UUID]
    level: Mapped[str]
    # What was written before, she was told of in the way she had chosen then.
    told_until: Mapped[datetime]


class TopicWatch(Tenanted):
    """A topic somebody wants every post of, or none."""

    __tablename__ = "topic_watch"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("topic_id", "network.topic", ondelete="CASCADE"),
        tenant_unique("topic_id", "person_id"),
        CheckConstraint("mode in ('watch', 'mute')", name="mode_known"),
        Index("ix_topic_watch_person_id", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    topic_id: Mapped[UUID]
    mode: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class MailRhythm(Versioned, Tenanted):
    """When somebody wants mail, in her own time zone; without a row: at once, digests at seven."""

    __tablename__ = "mail_rhythm"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_unique("person_id"),
        CheckConstraint(f"default_level in {LEVELS}", name="level_known"),
        CheckConstraint("(quiet_from is null) = (quiet_to is null)", name="quiet_hours_whole"),
        CheckConstraint("quiet_from <> quiet_to", name="quiet_hours_end"),
        CheckConstraint(
            f"cardinality(working_days) > 0 and working_days <@ {DAYS}", name="working_days_known"
        ),
        CheckConstraint("digest_hour between 0 and 23", name="digest_hour_of_a_day"),
        CheckConstraint("weekly_on = any (working_days)", name="weekly_on_a_working_day"),
    )

    person_id: Mapped[UUID]
    default_level: Mapped[str]
    # As that of a subscription.
    told_until: Mapped[datetime]
    quiet_from: Mapped[time | None] = mapped_column(Time())
    quiet_to: Mapped[time | None] = mapped_column(Time())
    working_days: Mapped[list[str]]
    digest_hour: Mapped[int]
    weekly_on: Mapped[str]
    # The first day on which mail comes again.
    paused_until: Mapped[date | None]


class GroupMail(Versioned, Tenanted):
    """How a group's mails are written; without a row they carry what was posted."""

    __tablename__ = "group_mail"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("group_id"),
    )

    group_id: Mapped[UUID]
    content_free: Mapped[bool]


class HeldPost(Tenanted):
    """A post that waits for the end of somebody's quiet hours, days off or pause."""

    __tablename__ = "held_post"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("post_id", "network.post", ondelete="CASCADE"),
        tenant_unique("person_id", "post_id"),
        Index("ix_held_post_release_at", "tenant_id", "release_at"),
    )

    person_id: Mapped[UUID]
    post_id: Mapped[UUID]
    release_at: Mapped[datetime]


class DigestRun(Tenanted):
    """That somebody's digest of a day or week was made: it is made once, and the next begins there."""

    __tablename__ = "digest_run"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_unique("person_id", "kind", "period"),
        CheckConstraint("kind in ('daily', 'weekly')", name="kind_known"),
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    # The local day it came on.
    period: Mapped[date]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]


class UnsubscribeToken(Tenanted):
    """The digest of a secret that mails to a person carry, and what it ends."""

    __tablename__ = "unsubscribe_token"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("digest"),
        CheckConstraint("ends in ('group', 'digests', 'everything')", name="ends_known"),
        CheckConstraint("(ends = 'group') = (group_id is not null)", name="group_named"),
        Index("ix_unsubscribe_token_person_id", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    ends: Mapped[str]
    group_id: Mapped[UUID | None]
    digest: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
