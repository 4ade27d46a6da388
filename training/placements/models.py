"""Vacancies and the applications for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key
from kernel.db.constraints import explain
from kernel.errors import N_

explain(
    "uq_application_live",
    N_("You have an application for this placement already. Open it under “My applications”."),
)


class Vacancy(Versioned, Tenanted):
    """A placement to apply for. Its rules are data with the version of the kinds they are written in.

    `closes_at` is the moment after which nobody can apply; `time_zone` is where it was meant. Whoever
    drafted a vacancy, or wrote in it last, does not approve it. From publishing on a trigger keeps what
    people applied for as it was.
    """

    __tablename__ = "vacancy"
    __table_args__ = table(
        "training",
        tenant_key("drafted_by", "kernel.person"),
        tenant_key("edited_by", "kernel.person"),
        tenant_key("approved_by", "kernel.person"),
        CheckConstraint(
            "state in ('draft', 'approved', 'published', 'closed', 'filled', 'failed')",
            name="state_known",
        ),
        CheckConstraint("term_months between 1 and 12", name="term_at_most_a_year"),
        CheckConstraint(
            "approved_by <> drafted_by and approved_by <> edited_by", name="approved_by_another"
        ),
        CheckConstraint("(state = 'draft') = (approved_by is null)", name="approved_unless_draft"),
        CheckConstraint(
            "(state in ('draft', 'approved')) = (published_at is null)", name="published_dated"
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
    edited_by: Mapped[UUID]
    approved_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]


class Application(Versioned, Tenanted):
    """One person's application. `submission` is what she sent; a trigger keeps it as it was.

    `advice` are the verdicts she was shown when she applied; `decision` those of the moment of closing.
    All three are sealed under her key (`kernel.audit.sealed`), which is destroyed when she is erased.
    """

    __tablename__ = "application"
    __table_args__ = table(
        "training",
        tenant_key("vacancy_id", "training.vacancy"),
        tenant_key("person_id", "kernel.person"),
        CheckConstraint(
            "state in ('draft', 'submitted', 'screened', 'withdrawn')", name="state_known"
        ),
        CheckConstraint(
            "eligibility in ('eligible', 'needs_evidence', 'ineligible')", name="eligibility_known"
        ),
        CheckConstraint(
            "(state = 'draft') = (submitted_at is null)"
            " and (submitted_at is null) = (advice is null)",
            name="submitted_whole",
        ),
        CheckConstraint(
            "(state = 'screened') = (decided_at is not null)"
            " and (decided_at is null) = (decision is null)"
            " and (decided_at is null) = (eligibility is null)",
            name="decided_whole",
        ),
        Index(
            "uq_application_live",
            "tenant_id",
            "vacancy_id",
            "person_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_application_person_id", "tenant_id", "person_id"),
        Index("ix_application_vacancy_id", "tenant_id", "vacancy_id"),
    )

    vacancy_id: Mapped[UUID]
    person_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="draft")
    submission: Mapped[dict[str, Any]]
    advice: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    submitted_at: Mapped[datetime | None]
    decision: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    eligibility: Mapped[str | None]
    decided_at: Mapped[datetime | None]
