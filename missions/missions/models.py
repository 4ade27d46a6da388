"""Missions, what they stand on, and their phases."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.values import clock
from kernel.values.partial_dates import PartialDate
from missions.missions.rules import Precision


class Mission(Versioned, Tenanted):
    """A mission to a country around its polling day.

    `polling_day` is the day the plan is made for; `precision` says how exactly it is known. An
    advance team is a mission of its own under its `parent_id`.
    """

    __tablename__ = "mission"
    __table_args__ = table(
        "missions",
        tenant_key("parent_id", "missions.mission"),
        tenant_key("created_by", "kernel.person"),
        CheckConstraint(
            "kind in ('assessment', 'observation', 'expert_team', 'advance')", name="kind_known"
        ),
        CheckConstraint(
            "state in ('proposed', 'assessing', 'approved', 'recruiting', 'deployed', 'reporting',"
            " 'closed', 'cancelled', 'downsized')",
            name="state_known",
        ),
        CheckConstraint("precision in ('day', 'month', 'year')", name="precision_known"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        CheckConstraint("observers >= 0 and staff >= 0", name="people_not_negative"),
        CheckConstraint("(kind = 'advance') = (parent_id is not null)", name="advance_has_parent"),
        CheckConstraint(
            "(state in ('cancelled', 'downsized')) = (ending_reason is not null)",
            name="ending_has_reason",
        ),
        CheckConstraint(
            "state <> 'closed' or (report_issued_on is not null and accounts_settled_on is not null)",
            name="closed_is_complete",
        ),
        Index("ix_mission_polling_day", "tenant_id", "polling_day"),
        Index("ix_mission_parent_id", "tenant_id", "parent_id"),
    )

    kind: Mapped[str]
    title: Mapped[str]
    country: Mapped[str]
    time_zone: Mapped[str]
    polling_day: Mapped[date]
    precision: Mapped[str] = mapped_column(default="day")
    state: Mapped[str] = mapped_column(default="proposed")
    parent_id: Mapped[UUID | None]
    # How many people the plan counts on; nobody is named yet.
    observers: Mapped[int] = mapped_column(default=0)
    staff: Mapped[int] = mapped_column(default=0)
    report_issued_on: Mapped[date | None]
    accounts_settled_on: Mapped[date | None]
    ending_reason: Mapped[str | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def known_polling_day(self) -> PartialDate:
        """Polling day as far as it is known."""
        day = self.polling_day
        if self.precision == Precision.YEAR:
            return PartialDate(day.year)
        if self.precision == Precision.MONTH:
            return PartialDate(day.year, day.month)
        return PartialDate(day.year, day.month, day.day)


class Invitation(Versioned, Tenanted):
    """The correspondence with the country about one mission."""

    __tablename__ = "invitation"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        tenant_key("letter_id", "kernel.stored_file"),
        tenant_unique("mission_id"),
        CheckConstraint(
            "state in ('none', 'requested', 'received', 'accepted', 'declined')",
            name="state_known",
        ),
        CheckConstraint("state <> 'requested' or requested_on is not null", name="requested_dated"),
        CheckConstraint(
            "state not in ('received', 'accepted', 'declined')"
            " or (received_on is not null and issued_by is not null)",
            name="received_in_writing",
        ),
        CheckConstraint(
            "state not in ('accepted', 'declined') or answered_on is not null", name="answer_dated"
        ),
    )

    mission_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="none")
    requested_on: Mapped[date | None]
    received_on: Mapped[date | None]
    # Who signed the letter, and how it can be found again.
    issued_by: Mapped[str | None]
    reference: Mapped[str | None]
    letter_id: Mapped[UUID | None]
    answered_on: Mapped[date | None]


class Assessment(Versioned, Tenanted):
    """What the pre-election assessment concluded about sending a mission."""

    __tablename__ = "assessment"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        tenant_key("recorded_by", "kernel.person"),
        tenant_unique("mission_id"),
        CheckConstraint(
            "finding in ('favourable', 'conditional', 'unfavourable')", name="finding_known"
        ),
    )

    mission_id: Mapped[UUID]
    finding: Mapped[str]
    concluded_on: Mapped[date]
    summary: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class Waiver(Versioned, Tenanted):
    """Why a mission goes ahead without an assessment, or against its advice."""

    __tablename__ = "waiver"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        tenant_key("recorded_by", "kernel.person"),
        tenant_unique("mission_id"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    mission_id: Mapped[UUID]
    reason: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class MissionPhase(Versioned, Tenanted):
    """A phase of one mission as signed days from its polling day, both ends included."""

    __tablename__ = "mission_phase"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        tenant_unique("mission_id", "key"),
        CheckConstraint("first_day <= last_day", name="in_order"),
    )

    mission_id: Mapped[UUID]
    key: Mapped[str]
    first_day: Mapped[int]
    last_day: Mapped[int]


explain(
    "uq_assessment_tenant_id_mission_id",
    N_("Somebody else has just recorded the assessment. Open the mission again to see it."),
)
explain(
    "uq_waiver_tenant_id_mission_id",
    N_("Somebody else has just recorded a waiver. Open the mission again to see it."),
)
