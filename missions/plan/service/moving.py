"""Moving polling day: what it does to tasks, phases and budgets, shown first and then done.

The advance teams of a mission move with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.audit import record
from kernel.errors import N_, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PlanPhase
from kernel.values.periods import Period
from missions.budgets import service as budgets
from missions.budgets.service import BudgetMove
from missions.missions import queries as missions
from missions.missions.queries import Mission
from missions.missions.service import (
    Precision,
    mission_phases,
    require_current,
    set_polling_day,
)
from missions.plan import queries
from missions.plan.models import Task
from missions.plan.rules import Change, Unmoving, reschedule
from missions.plan.service.events import PollingDayMoved
from missions.plan.service.tasks import place, plan_for_edit, planned
from missions.roster import service as roster


@dataclass(frozen=True)
class MovedTask:
    """A task in a move: where it goes (None when it stays) and why it stays."""

    task: Task
    before: Period
    after: Period | None
    reason: Unmoving | None


@dataclass(frozen=True)
class MovedPhase:
    """A phase in a move, by the message of its name."""

    key: str
    name: str
    before: Period
    after: Period

    @property
    def planned(self) -> PlanPhase:
        """The phase as it is after the move, for the budget."""
        return PlanPhase(self.key, self.name, self.after)


@dataclass(frozen=True)
class MissionMove:
    """What a move does to one mission; `budget` is None when no line of it changes."""

    mission: Mission
    tasks: Sequence[MovedTask]
    phases: Sequence[MovedPhase]
    budget: BudgetMove | None

    @property
    def moving(self) -> list[MovedTask]:
        """The tasks that move."""
        return [moved for moved in self.tasks if moved.after is not None]

    @property
    def staying(self) -> list[MovedTask]:
        """The tasks that keep their dates."""
        return [moved for moved in self.tasks if moved.after is None]


@dataclass(frozen=True)
class PollingDayMove:
    """A move of polling day: the mission first, then the advance teams that move with it."""

    polling_day: date
    precision: Precision
    missions: Sequence[MissionMove]


def preview_move(
    actor: Actor, mission_id: UUID, *, polling_day: date, precision: Precision
) -> PollingDayMove:
    """What a new polling day would do; nothing is written.

    Raises NotFound, Forbidden, and Refused when the mission has ended, is an advance team, which
    moves with its main mission, or already has that day.
    """
    mission = plan_for_edit(actor, mission_id)
    if mission.parent_id is not None:
        raise NotNow(N_("Move polling day on the mission this advance team prepares."))
    if (mission.polling_day, mission.precision) == (polling_day, precision):
        raise Refused(N_("Enter another day: this is polling day already."), field="polling_day")
    together = [mission, *missions.open_children_of(actor, mission_id)]
    return PollingDayMove(
        polling_day, precision, [_mission_move(moving, polling_day) for moving in together]
    )


def move_polling_day(
    actor: Actor,
    mission_id: UUID,
    *,
    version: int | None,
    polling_day: date,
    precision: Precision,
) -> PollingDayMove:
    """Move polling day and everything that hangs on it, as `preview_move` shows it.

    `version` is that of the mission when the preview was shown.
    Raises what `preview_move` raises, and Conflict when the mission changed since.
    """
    move = preview_move(actor, mission_id, polling_day=polling_day, precision=precision)
    require_current(move.missions[0].mission, version)
    before = move.missions[0].mission.polling_day
    for part in move.missions:
        set_polling_day(actor, part.mission, polling_day, precision)
        for moved in part.moving:
            _carry_out(actor, moved)
        budgets.apply_new_dates(
            actor, _subject(part.mission), [phase.planned for phase in part.phases]
        )
    roster.follow_new_dates(actor, [part.mission for part in move.missions])
    if polling_day != before:
        emit(PollingDayMoved(mission_id, before, polling_day, actor.person_id))
    return move


def _mission_move(mission: Mission, polling_day: date) -> MissionMove:
    phases = [
        MovedPhase(phase.key, phase.name, phase.on(mission.polling_day), phase.on(polling_day))
        for phase in mission_phases(mission.id)
    ]
    return MissionMove(
        mission=mission,
        tasks=_moved_tasks(mission, polling_day),
        phases=phases,
        budget=budgets.preview_new_dates(_subject(mission), [phase.planned for phase in phases]),
    )


def _moved_tasks(mission: Mission, polling_day: date) -> list[MovedTask]:
    tasks = queries.tasks_of(mission.id)
    results = reschedule((planned(task) for task in tasks), polling_day)
    return [
        MovedTask(task, result.task.period, result.after, None)
        if isinstance(result, Change)
        else MovedTask(task, result.task.period, None, result.reason)
        for task, result in zip(tasks, results, strict=True)
    ]


def _subject(mission: Mission) -> Subject:
    return Subject("mission", mission.id)


def _carry_out(actor: Actor, moved: MovedTask) -> None:
    if moved.after is None:
        return
    place(moved.task, moved.after, moved.task.offset_days)
    record(
        actor,
        "task.moved",
        moved.task,
        before={"starts_on": moved.before.start},
        after={"starts_on": moved.after.start},
    )
