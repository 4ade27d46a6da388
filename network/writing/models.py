"""What somebody is writing and has not posted yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key
from kernel.values import clock


class Draft(Tenanted):
    """A text somebody is writing: an answer, a change of a post, or a new topic in a group or in none yet.

    One per place; nobody else's transactions see it.
    """

    __tablename__ = "draft"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("topic_id", "network.topic", ondelete="CASCADE"),
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("post_id", "network.post", ondelete="CASCADE"),
        UniqueConstraint(
            "tenant_id",
            "person_id",
            "topic_id",
            "group_id",
            "post_id",
            name="uq_draft_place",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("num_nonnulls(topic_id, group_id, post_id) <= 1", name="in_one_place"),
        Index("ix_draft_topic_id", "tenant_id", "topic_id"),
        Index("ix_draft_group_id", "tenant_id", "group_id"),
        Index("ix_draft_post_id", "tenant_id", "post_id"),
    )

    person_id: Mapped[UUID]
    topic_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    post_id: Mapped[UUID | None]
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)
