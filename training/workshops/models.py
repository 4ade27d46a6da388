"""Programmes, workshops, sessions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from training.workshops.rules import DEFAULT_THRESHOLD


class Programme(Tenanted):
    """A funded series of workshops, known by its short name, for example JEP."""

    __tablename__ = "programme"
    __table_args__ = table("training", tenant_unique("code"))

    code: Mapped[str]


class Workshop(Versioned, Tenanted):
    """One event of a programme.

    The day may be unknown: `month` and `day` are empty as far as nobody knows them, and an agenda with
    dates of its own never fills them in. An empty region means that it was for the whole network. The
    threshold is the exact share of scheduled minutes that earns a certificate.
    """

    __tablename__ = "workshop"
    __table_args__ = table(
        "training",
        tenant_key("programme_id", "training.programme"),
        tenant_key("locked_by", "kernel.person"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        CheckConstraint("month between 1 and 12", name="month_of_a_year"),
        CheckConstraint("day between 1 and 31", name="day_of_a_month"),
        CheckConstraint("day is null or month is not null", name="day_needs_month"),
        CheckConstraint(
            "threshold_numerator > 0 and threshold_numerator <= threshold_denominator",
            name="threshold_is_a_share",
        ),
        CheckConstraint("(locked_at is null) = (locked_by is null)", name="locked_by_somebody"),
        CheckConstraint(
            "state in ('draft', 'call_open', 'selecting', 'confirmed', 'delivered', 'reported',"
            " 'cancelled')",
            name="state_known",
        ),
        Index("ix_workshop_held", "tenant_id", "year", "month"),
        Index(
            "uq_workshop_programme_id_title_year_month",
            "tenant_id",
            "programme_id",
            "title",
            "year",
            "month",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    programme_id: Mapped[UUID]
    title: Mapped[str]
    city: Mapped[str]
    country: Mapped[str]
    region: Mapped[str | None]
    year: Mapped[int]
    month: Mapped[int | None]
    day: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="delivered")
    threshold_numerator: Mapped[int] = mapped_column(default=DEFAULT_THRESHOLD.numerator)
    threshold_denominator: Mapped[int] = mapped_column(default=DEFAULT_THRESHOLD.denominator)
    # Attendance is open until somebody locks it; afterwards a change needs a reason.
    locked_at: Mapped[datetime | None]
    locked_by: Mapped[UUID | None]


class Session(Tenanted):
    """One item of a workshop's agenda, on its own day; `position` is its place in the agenda, from 1."""

    __tablename__ = "session"
    __table_args__ = table(
        "training",
        tenant_key("workshop_id", "training.workshop"),
        tenant_unique("workshop_id", "code"),
        CheckConstraint("scheduled_minutes between 1 and 1440", name="scheduled_within_a_day"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    workshop_id: Mapped[UUID]
    code: Mapped[str]
    position: Mapped[int]
    held_on: Mapped[date]
    title: Mapped[str]
    scheduled_minutes: Mapped[int]
