"""Vacancies and the applications for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class Vacancy(Versioned, Tenanted):
    """A placement to apply for. Its rules are data with the version of the kinds they are written in.

    `closes_at` is the moment after which nobody can apply; `time_zone` is where it was meant. Whoever
    drafts a vacancy does not approve it.
    """

    __tablename__ = "vacancy"
    __table_args__ = table(
        "training",
        tenant_key("drafted_by", "kernel.person"),
        tenant_key("approved_by", "kernel.person"),
        CheckConstraint(
            "state in ('draft', 'approved', 'published', 'closed', 'filled', 'failed')",
            name="state_known",
        ),
        CheckConstraint("term_months between 1 and 12", name="term_at_most_a_year"),
        CheckConstraint("approved_by <> drafted_by", name="approved_by_another"),
        CheckConstraint(
            "state = 'draft' or approved_by is not null", name="approved_before_published"
        ),
        Index("ix_vacancy_closes_at", "tenant_id", "closes_at"),
    )

    title: Mapped[str]
    summary: Mapped[str]
    term_months: Mapped[int]
    closes_at: Mapped[datetime]
    time_zone: Mapped[str]
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    rules_version: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    drafted_by: Mapped[UUID]
    approved_by: Mapped[UUID | None]


class Application(Versioned, Tenanted):
    """One person's application. `submission` is what she sent, kept as it was.

    `advice` are the verdicts she was shown when she applied; `decision` those of the moment of closing.
    """

    __tablename__ = "application"
    __table_args__ = table(
        "training",
        tenant_key("vacancy_id", "training.vacancy"),
        tenant_key("person_id", "kernel.person"),
        tenant_unique("vacancy_id", "person_id"),
        CheckConstraint(
            "eligibility in ('eligible', 'needs_evidence', 'ineligible')", name="eligibility_known"
        ),
        CheckConstraint("(decision is null) = (eligibility is null)", name="decided_whole"),
        CheckConstraint(
            "state in ('draft', 'submitted', 'screened', 'withdrawn')", name="state_known"
        ),
        Index("ix_application_person_id", "tenant_id", "person_id"),
    )

    vacancy_id: Mapped[UUID]
    person_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="submitted")
    submission: Mapped[dict[str, Any]]
    advice: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    decision: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    eligibility: Mapped[str | None]
    decided_at: Mapped[datetime | None]
