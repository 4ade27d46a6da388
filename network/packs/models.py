"""What people chose for their next pack, and the packs they asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class PackChoice(Tenanted):
    """An item or a topic that somebody wants in her next pack."""

    __tablename__ = "pack_choice"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("item_id", "network.library_item", ondelete="CASCADE"),
        tenant_key("topic_id", "network.topic", ondelete="CASCADE"),
        tenant_unique("person_id", "item_id"),
        tenant_unique("person_id", "topic_id"),
        CheckConstraint("num_nonnulls(item_id, topic_id) = 1", name="item_or_topic"),
    )

    person_id: Mapped[UUID]
    item_id: Mapped[UUID | None]
    topic_id: Mapped[UUID | None]


class Pack(Tenanted):
    """A pack as somebody asked for it, and what became of it.

    What it was asked to hold, and once it is made does hold, is kept by id alone: whether she may see it,
    making and fetching ask again.
    """

    __tablename__ = "pack"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("file_id", "kernel.stored_file"),
        CheckConstraint("state in ('waiting', 'ready', 'failed', 'expired')", name="state_known"),
        CheckConstraint("delivery in ('link', 'mail')", name="delivery_known"),
        CheckConstraint("(delivery = 'mail') = (part_size is not null)", name="parts_where_mailed"),
        CheckConstraint("part_size in ('1', '2', '5')", name="part_size_known"),
        Index("ix_pack_person_id", "tenant_id", "person_id", "id"),
    )

    person_id: Mapped[UUID]
    item_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    topic_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    # The files in it, of these items and topics.
    file_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list, server_default="{}")
    delivery: Mapped[str]
    part_size: Mapped[str | None]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
    size: Mapped[int] = mapped_column(default=0)
    # How many mails it became, and how much of what was asked for it holds no more.
    parts: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
