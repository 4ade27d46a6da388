"""Reports of posts, what was decided on posts, and whose posts wait."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.values import clock


class Flag(Tenanted):
    """Somebody reported a post to its moderators; closed once they have decided."""

    __tablename__ = "flag"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_unique("post_id", "person_id"),
        CheckConstraint(
            "reason in ('disrespectful', 'confidential', 'misleading', 'off_topic', 'other')",
            name="reason_known",
        ),
        Index("ix_flag_open", "tenant_id", "closed_at", "post_id"),
    )

    post_id: Mapped[UUID]
    person_id: Mapped[UUID]
    reason: Mapped[str]
    note: Mapped[str]
    # Nobody in the group could decide: those may who moderate network-wide, and see this one post.
    to_network: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]


class Decision(Tenanted):
    """A moderator let a post stand, or hid it and said why. Append only: the last one holds."""

    __tablename__ = "post_decision"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post", ondelete="CASCADE"),
        tenant_key("decided_by", "kernel.person"),
        CheckConstraint("verdict in ('approved', 'hidden')", name="verdict_known"),
        CheckConstraint("via in ('web', 'mail', 'api')", name="via_known"),
        Index("ix_post_decision_post_id", "tenant_id", "post_id", "id"),
    )

    post_id: Mapped[UUID]
    verdict: Mapped[str]
    reason: Mapped[str]
    via: Mapped[str]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class PostingPolicy(Versioned, Tenanted):
    """How many first posts of a new member wait for a moderator; one row per network, none means 0."""

    __tablename__ = "posting_policy"
    __table_args__ = table(
        "network",
        tenant_unique(),
        CheckConstraint("first_posts_held between 0 and 20", name="first_posts_held_range"),
    )

    first_posts_held: Mapped[int] = mapped_column(default=0)


explain(
    "uq_posting_policy_tenant_id",
    N_("Somebody else decided this at the same moment. Look at what stands now."),
)
explain(
    "uq_flag_tenant_id_post_id_person_id",
    N_("You have reported this post already: there is nothing more to do."),
)
