"""Budgets, their versions, exchange rates and lines.

What is derived is not stored: amounts follow from a line's factors by the rule set its version names.
The one exception is the number of days or nights counted on a phase, kept with the dates it was counted
on, because the plan may move on after a version is approved.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CHAR, CheckConstraint, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, new_id, table, tenant_key, tenant_unique
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.values import clock


class Budget(Tenanted):
    """The budget of one subject, a mission or a workshop. It never changes: its versions do."""

    __tablename__ = "budget"
    __table_args__ = table(
        "missions",
        tenant_key("created_by", "kernel.person"),
        tenant_unique("subject_kind", "subject_id"),
        CheckConstraint("base_currency ~ '^[A-Z]{3}$'", name="base_currency_form"),
    )

    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    base_currency: Mapped[str] = mapped_column(CHAR(3))
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class BudgetVersion(Versioned, Tenanted):
    """One version. `number` counts them from 1, `version` is its lock against two people at once.

    A trigger lets lines, rates and shares change in a draft only, and what was decided not at all.
    """

    __tablename__ = "budget_version"
    __table_args__ = table(
        "missions",
        tenant_key("budget_id", "missions.budget"),
        tenant_key("edited_by", "kernel.person"),
        tenant_key("submitted_by", "kernel.person"),
        tenant_key("decided_by", "kernel.person"),
        tenant_unique("budget_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "state in ('draft', 'submitted', 'returned', 'approved', 'revised', 'closed')",
            name="state_known",
        ),
        CheckConstraint("contingency_share between 0 and 1", name="contingency_share_range"),
        CheckConstraint("overhead_share between 0 and 1", name="overhead_share_range"),
        CheckConstraint("state = 'draft' or submitted_by is not null", name="submitter_known"),
        CheckConstraint(
            "state in ('draft', 'submitted') or decided_by is not null", name="decider_known"
        ),
        CheckConstraint(
            "state not in ('approved', 'revised', 'closed') or decided_by <> submitted_by",
            name="not_own_approval",
        ),
        CheckConstraint("state <> 'returned' or return_reason <> ''", name="return_has_reason"),
        # At most one version on its way to approval, and one in force.
        Index(
            "uq_budget_version_open",
            "tenant_id",
            "budget_id",
            unique=True,
            postgresql_where=text("state in ('draft', 'submitted', 'returned')"),
        ),
        Index(
            "uq_budget_version_in_force",
            "tenant_id",
            "budget_id",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
    )

    budget_id: Mapped[UUID]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    rule_set: Mapped[int]
    contingency_share: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    overhead_share: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    # Opened by itself because dates moved after approval, and not by a person.
    opened_by_move: Mapped[bool] = mapped_column(default=False)
    edited_by: Mapped[UUID]
    edited_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]


class BudgetRate(Versioned, Tenanted):
    """Units of a foreign currency per 1 unit of base currency, on a date, from a source."""

    __tablename__ = "budget_rate"
    __table_args__ = table(
        "missions",
        tenant_key("version_id", "missions.budget_version"),
        tenant_unique("version_id", "currency"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_form"),
        CheckConstraint("units_per_base > 0", name="units_per_base_positive"),
        CheckConstraint("source <> ''", name="source_present"),
    )

    version_id: Mapped[UUID]
    currency: Mapped[str] = mapped_column(CHAR(3))
    units_per_base: Mapped[Decimal] = mapped_column(Numeric(18, 8))
    quoted_on: Mapped[date]
    source: Mapped[str]


class BudgetLine(Versioned, Tenanted):
    """A line: its driver and factors. `key` is the same in every version of the budget.

    A line that was removed stays until the version is no longer a draft, so that it can be put back.
    `was_start` and `was_end` are the dates it counted on before its phase last moved.
    """

    __tablename__ = "budget_line"
    __table_args__ = table(
        "missions",
        tenant_key("version_id", "missions.budget_version"),
        tenant_unique("version_id", "key"),
        tenant_unique("version_id", "position"),
        CheckConstraint("driver in ('person_units', 'units', 'lump_sum')", name="driver_known"),
        CheckConstraint("measure in ('number', 'days', 'nights')", name="measure_known"),
        CheckConstraint("rate >= 0", name="rate_not_negative"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_form"),
        CheckConstraint("persons >= 1", name="persons_positive"),
        CheckConstraint("units >= 0", name="units_not_negative"),
        CheckConstraint("description <> ''", name="description_present"),
        CheckConstraint(
            "(persons is not null) = (driver = 'person_units')"
            " and (units is not null) = (driver <> 'lump_sum')"
            " and (measure = 'number' or driver <> 'lump_sum')",
            name="factors_of_driver",
        ),
        # Units of a bound line are counted, never typed over.
        CheckConstraint(
            "case measure when 'number' then phase is null"
            " when 'days' then units = phase_end - phase_start + 1"
            " else units = phase_end - phase_start end is true",
            name="units_counted",
        ),
        CheckConstraint(
            "num_nonnulls(phase, phase_name, phase_start, phase_end) in (0, 4)"
            " and num_nonnulls(was_start, was_end) in (0, 2)",
            name="phase_whole",
        ),
    )

    version_id: Mapped[UUID]
    key: Mapped[UUID] = mapped_column(default=new_id)
    position: Mapped[int]
    category: Mapped[str]
    description: Mapped[str]
    driver: Mapped[str]
    rate: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    currency: Mapped[str] = mapped_column(CHAR(3))
    persons: Mapped[int | None]
    units: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    measure: Mapped[str] = mapped_column(default="number")
    phase: Mapped[str | None]
    phase_name: Mapped[str | None]
    phase_start: Mapped[date | None]
    phase_end: Mapped[date | None]
    was_start: Mapped[date | None]
    was_end: Mapped[date | None]
    removed_at: Mapped[datetime | None]


explain(
    "uq_budget_tenant_id_subject_kind_subject_id",
    N_("This budget has been started already. Reload the page to see it."),
)
explain(
    "uq_budget_version_open",
    N_("Another version of this budget is being worked on. Reload the page to see it."),
)
explain(
    "uq_budget_rate_tenant_id_version_id_currency",
    N_("There is a rate for this currency already. Change that one."),
    field="currency",
)
explain(
    "ck_budget_version_not_own_approval",
    N_("You submitted this yourself: somebody else approves it."),
)
explain(
    "budget_version_frozen",
    N_("This version no longer changes: start a revision to change the budget."),
)
