"""The secret addresses that people gave to their feed readers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class Feed(Tenanted):
    """A feed of one group, or of all that its owner may read; its secret is kept as a digest."""

    __tablename__ = "feed"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("digest"),
        Index("ix_feed_person_id", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    group_id: Mapped[UUID | None]
    # What its owner calls it: the reader or machine it was given to.
    name: Mapped[str]
    digest: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
