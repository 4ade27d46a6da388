"""Announcements, their texts, and who was told."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key
from kernel.values import clock


class Announcement(Versioned, Tenanted):
    """What is told to an audience. Its audience is typed data until it is sent, and rows from then on."""

    __tablename__ = "announcement"
    __table_args__ = table(
        "network",
        tenant_key("author_id", "kernel.person"),
        CheckConstraint("state in ('draft', 'scheduled', 'sent', 'expired')", name="state_known"),
        CheckConstraint(
            "(state = 'draft') = (scheduled_for is null)", name="moment_of_what_is_scheduled"
        ),
        CheckConstraint("(state in ('sent', 'expired')) = (sent_at is not null)", name="sent_once"),
        CheckConstraint("not must_acknowledge or due_on is not null", name="due_where_asked"),
    )

    author_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="draft")
    audience: Mapped[dict[str, Any]]
    must_acknowledge: Mapped[bool]
    due_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    scheduled_for: Mapped[datetime | None]
    # The zone its moment and its days were meant in.
    time_zone: Mapped[str]
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class AnnouncementText(Tenanted):
    """What is told, in one language; the first is for readers of a language that has none."""

    __tablename__ = "announcement_text"
    __table_args__ = table(
        "network",
        tenant_key("announcement_id", "network.announcement", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "announcement_id", "language"),
        UniqueConstraint("tenant_id", "announcement_id", "position"),
        CheckConstraint("position between 1 and 3", name="at_most_three"),
    )

    announcement_id: Mapped[UUID]
    position: Mapped[int]
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]


class AnnouncementRecipient(Tenanted):
    """Somebody who was told, for the organisation she was with then; the database adds none later."""

    __tablename__ = "announcement_recipient"
    __table_args__ = table(
        "network",
        tenant_key("announcement_id", "network.announcement", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        UniqueConstraint("tenant_id", "announcement_id", "person_id"),
        Index("ix_announcement_recipient_person_id", "tenant_id", "person_id"),
    )

    announcement_id: Mapped[UUID]
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    # Focal point of the organisation or a deputy, at the time of sending.
    is_focal: Mapped[bool]
    acknowledged_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
