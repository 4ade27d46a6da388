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
    `content` keeps the name sealed under the person's key (`training.certificates.snapshot`), and the
    file is the very document that was handed out; it is gone once the person was erased.
    """

    __tablename__ = "certificate"
    __table_args__ = table(
        "training",
        tenant_key("participant_id", "training.participant"),
        tenant_key("file_id", "kernel.stored_file"),
        tenant_key("supersedes", "training.certificate"),
        tenant_unique("code"),
        CheckConstraint(
            "state in ('issued', 'suspended', 'revoked', 'superseded')", name="state_known"
        ),
        CheckConstraint("(state = 'issued') = (reason is null)", name="fall_has_reason"),
        CheckConstraint("(state = 'revoked') = (cause is not null)", name="revoked_for_a_cause"),
        CheckConstraint("cause in ('decision', 'attendance')", name="cause_known"),
        Index(
            "uq_certificate_standing",
            "tenant_id",
            "participant_id",
            unique=True,
            postgresql_where="state in ('issued', 'suspended')",
        ),
        Index("ix_certificate_participant_id", "tenant_id", "participant_id"),
    )

    participant_id: Mapped[UUID]
    code: Mapped[str]
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    file_id: Mapped[UUID | None]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    # The one whose place it took.
    supersedes: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default="issued")
    state_since: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str | None]
    cause: Mapped[str | None]


class IssueRun(Tenanted):
    """One run of the job that issues a workshop's certificates, with its progress.

    Only one runs at a time for a workshop. `progressed_at` tells a run at work from one that is stuck.
    """

    __tablename__ = "issue_run"
    __table_args__ = table(
        "training",
        tenant_key("workshop_id", "training.workshop"),
        tenant_key("started_by", "kernel.person"),
        CheckConstraint("done between 0 and total", name="done_within_total"),
        Index(
            "uq_issue_run_running",
            "tenant_id",
            "workshop_id",
            unique=True,
            postgresql_where="finished_at is null",
        ),
        Index("ix_issue_run_workshop_id", "tenant_id", "workshop_id"),
    )

    workshop_id: Mapped[UUID]
    started_by: Mapped[UUID]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    progressed_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
