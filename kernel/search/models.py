"""What can be found. The application may write this table and not read it: `kernel.search()` reads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table
from kernel.values import clock


class SearchEntry(Tenanted):
    """One findable thing. Its id is the thing's own; `target_id` is what a hit opens."""

    __tablename__ = "search_entry"
    __table_args__ = table(
        "kernel",
        CheckConstraint(
            "visibility in ('network', 'group', 'organisation', 'confidential')",
            name="visibility_known",
        ),
        CheckConstraint(
            "(visibility = 'network') = (cardinality(audience) = 0)", name="audience_named"
        ),
        Index("ix_search_entry_document", "tenant_id", "document", postgresql_using="gin"),
    )

    kind: Mapped[str]
    target_id: Mapped[UUID]
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    visibility: Mapped[str]
    # Groups, organisations or people, as `visibility` says.
    audience: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    document: Mapped[str] = mapped_column(TSVECTOR())
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
