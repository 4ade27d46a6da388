"""Finding the tasks of a mission's work plan. The mission is found first: who sees it sees its plan."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select

from kernel.db import db
from kernel.errors import NotFound
from missions.plan.models import Task


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
