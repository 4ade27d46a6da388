"""Adding, changing and finishing the tasks of a work plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.values import clock
from kernel.values.periods import Period
from missions.missions import queries as missions
from missions.missions.queries import Mission
from missions.missions.service import may_plan, require_plan
from missions.plan import queries
from missions.plan.models import Task
from missions.plan.rules import (
    PlannedTask,
    TaskState,
    Timing,
    anchored,
    restated,
    timed,
)
from missions.plan.starter import STARTER_TASKS

Facts = dict[str, object]


@dataclass(frozen=True)
class Plan:
    """A mission's work plan as its page shows it."""

    mission: Mission
    tasks: Sequence[Task]
    may_edit: bool


def plan(actor: Actor, mission_id: UUID) -> Plan:
    """The work plan of a mission; raises NotFound."""
    mission = missions.mission_of(actor, mission_id)
    return Plan(mission, queries.tasks_of(mission_id), may_plan(actor, mission))


def plan_for_edit(actor: Actor, mission_id: UUID) -> Mission:
    """The mission of a plan, for somebody who plans; raises NotFound, Forbidden, Refused."""
    mission = missions.mission_of(actor, mission_id)
    require_plan(actor, mission)
    return mission


def task_for_edit(actor: Actor, mission_id: UUID, task_id: UUID) -> tuple[Mission, Task]:
    """A mission and one of its tasks, for somebody who plans; raises NotFound, Forbidden, Refused."""
    mission = plan_for_edit(actor, mission_id)
    return mission, queries.task_of(mission_id, task_id)


def add_task(
    actor: Actor,
    mission_id: UUID,
    *,
    title: str,
    timing: Timing,
    offset_days: int | None = None,
    starts_on: date | None = None,
    days: int = 1,
    note: str | None = None,
) -> Task:
    """Add a task, anchored to polling day or with fixed dates.

    Raises NotFound, Forbidden, and Refused when the mission has ended or the dates are incomplete.
    """
    mission = plan_for_edit(actor, mission_id)
    period, offset = timed(
        timing, mission.polling_day, offset=offset_days, starts_on=starts_on, days=days
    )
    task = Task(mission_id=mission_id, title=title, note=note or "")
    place(task, period, offset)
    db.session.add(task)
    db.session.flush()
    record(actor, "task.added", task, after=facts(task))
    return task


def edit_task(
    actor: Actor,
    mission_id: UUID,
    task_id: UUID,
    *,
    version: int | None,
    title: str,
    timing: Timing,
    offset_days: int | None = None,
    starts_on: date | None = None,
    days: int = 1,
    note: str | None = None,
) -> Task:
    """Change a task. The dates of a done task stay as they were.

    Raises NotFound, Forbidden, Conflict with what stands now, and Refused.
    """
    mission, task = task_for_edit(actor, mission_id, task_id)
    before = facts(task)
    task.expect(version, before)
    period, offset = timed(
        timing, mission.polling_day, offset=offset_days, starts_on=starts_on, days=days
    )
    if task.state != TaskState.DONE:
        place(task, period, offset)
    elif _is_retimed(task, period, offset):
        raise Refused(N_("Reopen the task before you change its dates."), field="timing")
    task.title = title
    task.note = note or ""
    record(actor, "task.edited", task, before=before, after=facts(task))
    return task


def set_task_state(
    actor: Actor, mission_id: UUID, task_id: UUID, *, version: int | None, state: TaskState
) -> Task:
    """Say where a task stands; a reopened anchored task returns to its offset from polling day.

    Raises NotFound, Forbidden, Conflict, and Refused when the mission has ended.
    """
    mission, task = task_for_edit(actor, mission_id, task_id)
    before = facts(task)
    task.expect(version, before)
    place(task, restated(planned(task), state, mission.polling_day), task.offset_days)
    task.state = state
    task.done_at = clock.now() if state is TaskState.DONE else None
    record(actor, f"task.{state}", task, before=before, after=facts(task))
    return task


def remove_task(actor: Actor, mission_id: UUID, task_id: UUID, *, version: int | None) -> None:
    """Take a task out of the plan; the audit keeps what it was.

    Raises NotFound, Forbidden, Conflict, and Refused when the mission has ended or it is done.
    """
    _, task = task_for_edit(actor, mission_id, task_id)
    task.expect(version, facts(task))
    if task.state == TaskState.DONE:
        raise NotNow(N_("A done task stays in the plan. Reopen it if it was not done."))
    db.session.delete(task)
    record(actor, "task.removed", task, before=facts(task))


def apply_starter(
    actor: Actor, mission_id: UUID, *, translate: Callable[[str], str]
) -> Sequence[Task]:
    """Fill an empty plan with the starter tasks, titled in the reader's language.

    Raises NotFound, Forbidden, and Refused when the plan has tasks or the mission has ended.
    """
    mission = plan_for_edit(actor, mission_id)
    missions.hold(mission_id)  # of two at once, the second finds the tasks of the first
    if queries.has_tasks(mission_id):
        raise NotNow(N_("This plan has tasks already: the starter plan fills an empty one."))
    tasks = []
    for starter in STARTER_TASKS:
        task = Task(mission_id=mission_id, title=translate(starter.title))
        place(task, anchored(mission.polling_day, starter.offset, starter.days), starter.offset)
        tasks.append(task)
    db.session.add_all(tasks)
    record(actor, "plan.started", mission, after={"tasks": len(tasks)})
    return tasks


def planned(task: Task) -> PlannedTask[UUID]:
    """A task as the rules of the plan see it."""
    return PlannedTask(
        key=task.id,
        state=TaskState(task.state),
        period=Period.of_days(task.starts_on, task.days),
        offset=task.offset_days,
    )


def facts(task: Task) -> Facts:
    """A task by the names of its form, for the audit and for comparing versions."""
    return {
        "title": task.title,
        "timing": Timing.FIXED if task.offset_days is None else Timing.ANCHORED,
        "offset_days": task.offset_days,
        "starts_on": task.starts_on,
        "days": task.days,
        "state": task.state,
        "note": task.note,
    }


def place(task: Task, period: Period, offset: int | None) -> None:
    """Write the dates of a task; `offset` is None for fixed ones."""
    task.starts_on = period.start
    task.days = period.days
    task.offset_days = offset


def _is_retimed(task: Task, period: Period, offset: int | None) -> bool:
    """Whether other dates were entered; an anchored task that was done may lie off its offset."""
    if (offset, period.days) != (task.offset_days, task.days):
        return True
    return offset is None and period.start != task.starts_on
