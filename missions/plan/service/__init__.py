"""The verbs of work plans: tasks, the starter plan, and moving polling day."""

from missions.missions.service import PhaseDays
from missions.plan.models import Task
from missions.plan.service.moving import (
    MissionMove,
    MovedPhase,
    MovedTask,
    PollingDayMove,
    move_polling_day,
    preview_move,
)
from missions.plan.service.phases import ChangedPhase, change_phase, phase_for_edit
from missions.plan.service.tasks import (
    Plan,
    add_task,
    apply_starter,
    edit_task,
    facts,
    plan,
    plan_for_edit,
    remove_task,
    set_task_state,
    task_for_edit,
)

__all__ = [
    "ChangedPhase",
    "MissionMove",
    "MovedPhase",
    "MovedTask",
    "PhaseDays",
    "Plan",
    "PollingDayMove",
    "Task",
    "add_task",
    "apply_starter",
    "change_phase",
    "edit_task",
    "facts",
    "move_polling_day",
    "phase_for_edit",
    "plan",
    "plan_for_edit",
    "preview_move",
    "remove_task",
    "set_task_state",
    "task_for_edit",
]
