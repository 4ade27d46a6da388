"""Where the membership of each organisation stood, and why it changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key
from kernel.values import clock


class MembershipChange(Tenanted):
    """A step of an organisation's membership, with its reason. Append only."""

    __tablename__ = "membership_change"
    __table_args__ = table(
        "network",
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("changed_by", "kernel.person"),
        CheckConstraint(
            "before in ('applied', 'active', 'suspended', 'left')", name="before_known"
        ),
        CheckConstraint("after in ('applied', 'active', 'suspended', 'left')", name="after_known"),
        Index("ix_membership_change_organisation_id", "tenant_id", "organisation_id"),
    )

    organisation_id: Mapped[UUID]
    # Empty for the first: the organisation was taken in.
    before: Mapped[str | None]
    after: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
