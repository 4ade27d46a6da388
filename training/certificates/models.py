"""Certificates and the jobs that issue them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class Certificate(Versioned, Tenanted):
    """A certificate as it was signed. `content` never changes; what changes is whether it stands.

    `code` is random and says nothing about the person; whoever holds it can verify the certificate.
    """

    __tablename__ = "certificate"
    __table_args__ = table(
        "training",
        tenant_key("participant_id", "training.participant"),
        tenant_key("file_id", "kernel.stored_file"),
        tenant_unique("code"),
        CheckConstraint(
            "state in ('issued', 'suspended', 'revoked', 'superseded')", name="state_known"
        ),
        CheckConstraint(
            "(state in ('suspended', 'revoked')) = (reason is not null)", name="ending_has_reason"
        ),
        Index(
            "uq_certificate_standing",
            "tenant_id",
            "participant_id",
            unique=True,
            postgresql_where="state in ('issued', 'suspended')",
        ),
    )

    participant_id: Mapped[UUID]
    code: Mapped[str]
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    file_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default="issued")
    reason: Mapped[str | None]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)


class IssueRun(Tenanted):
    """One job that issues a workshop's certificates, with its progress."""

    __tablename__ = "issue_run"
    __table_args__ = table(
        "training",
        tenant_key("workshop_id", "training.workshop"),
        tenant_key("started_by", "kernel.person"),
        CheckConstraint("done between 0 and total", name="done_within_total"),
        Index("ix_issue_run_workshop_id", "tenant_id", "workshop_id"),
    )

    workshop_id: Mapped[UUID]
    started_by: Mapped[UUID]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
