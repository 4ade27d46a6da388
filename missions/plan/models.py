"""The tasks of a mission's work plan."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key


class Task(Versioned, Tenanted):
    """A task with its dates. Without an `offset_days` from polling day its dates are fixed.

    The first day is kept beside the offset, because a done task stays where it was done.
    """

    __tablename__ = "task"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        CheckConstraint("state in ('todo', 'doing', 'blocked', 'done')", name="state_known"),
        CheckConstraint("days between 1 and 400", name="days_in_range"),
        CheckConstraint("offset_days between -1000 and 1000", name="offset_in_range"),
        CheckConstraint("(state = 'done') = (done_at is not null)", name="done_dated"),
        Index("ix_task_mission_id_starts_on", "tenant_id", "mission_id", "starts_on"),
    )

    mission_id: Mapped[UUID]
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="todo")
    starts_on: Mapped[date]
    days: Mapped[int] = mapped_column(default=1)
    offset_days: Mapped[int | None]
    done_at: Mapped[datetime | None]
