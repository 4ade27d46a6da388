"""What the local parts of our mail addresses stand for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class ReplyToken(Tenanted):
    """One person's address for answers in one topic.

    The token is made of the random seed and of a configured key, and found by its digest: from the
    row alone nobody can write to the address.
    """

    __tablename__ = "reply_token"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("topic_id", "network.topic"),
        tenant_unique("digest"),
        CheckConstraint("octet_length(seed) = 16", name="seed_length"),
        CheckConstraint("octet_length(digest) = 32", name="digest_length"),
        Index("ix_reply_token_topic_id", "tenant_id", "topic_id", "person_id"),
        Index("ix_reply_token_person_id", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    topic_id: Mapped[UUID]
    seed: Mapped[bytes]
    digest: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class GroupMailbox(Tenanted):
    """The address of a group, kept for good: a group that is renamed keeps its address."""

    __tablename__ = "group_mailbox"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("group_id"),
        tenant_unique("local_part"),
        CheckConstraint("local_part ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="local_part_form"),
    )

    group_id: Mapped[UUID]
    local_part: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
