"""Finding the tasks of a mission's work plan. The mission is found first: who sees it sees its plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, and_, cast, exists, func, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from missions.missions.queries import ENDED, Mission, visible
from missions.plan.models import Task
from missions.plan.rules import TaskState


@dataclass(frozen=True)
class TasksDue:
    """How many tasks of a mission were to be done before today, and how many are within some days.

    Each with the first of their last days, in the mission's time zone; None where there is no task.
    """

    mission_id: UUID
    title: str
    time_zone: str
    overdue: int
    overdue_on: date | None
    soon: int
    soon_on: date | None


def tasks_of(mission_id: UUID) -> Sequence[Task]:
    """The tasks of a mission in the order they begin."""
    statement = (
        select(Task)
        .where(Task.mission_id == mission_id)
        .order_by(Task.starts_on, Task.days, Task.id)
    )
    return db.session.scalars(statement).all()


def has_tasks(mission_id: UUID) -> bool:
    """Whether the plan of a mission has any task."""
    return bool(db.session.scalar(select(exists().where(Task.mission_id == mission_id))))


def task_of(mission_id: UUID, task_id: UUID) -> Task:
    """One task of a mission; raises NotFound when the mission has no such task."""
    statement = select(Task).where(Task.mission_id == mission_id, Task.id == task_id)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def tasks_due(actor: Actor, now: datetime, within: timedelta, most: int) -> list[TasksDue]:
    """The open missions with tasks that are overdue or due soon, the longest overdue first."""
    last_day = Task.starts_on + (Task.days - 1)
    today = cast(func.timezone(Mission.time_zone, now), Date)
    overdue = last_day < today
    soon = last_day.between(today, today + within.days)
    statement = (
        select(
            Mission.id,
            Mission.title,
            Mission.time_zone,
            func.count().filter(overdue),
            func.min(last_day).filter(overdue),
            func.count().filter(soon),
            func.min(last_day).filter(soon),
        )
        .join(Task, and_(Task.tenant_id == Mission.tenant_id, Task.mission_id == Mission.id))
        .where(
            visible(actor),
            Mission.state.not_in(ENDED),
            Task.state != TaskState.DONE,
            last_day <= today + within.days,
        )
        .group_by(Mission.tenant_id, Mission.id)
        .order_by(func.min(last_day), Mission.id)
        .limit(most)
    )
    return [TasksDue(*row) for row in db.session.execute(statement)]
