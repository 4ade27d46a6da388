"""When the tasks of a mission's work plan are, and what happens to them when polling day moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from kernel.errors import N_, Refused
from kernel.values.periods import Period

KeyT = TypeVar("KeyT")


class TaskState(StrEnum):
    """Where a task stands."""

    TODO = "todo"
    DOING = "doing"
    BLOCKED = "blocked"
    DONE = "done"


class Timing(StrEnum):
    """How a task finds its dates."""

    ANCHORED = "anchored"
    FIXED = "fixed"


class Unmoving(StrEnum):
    """Why a task keeps its dates when polling day moves."""

    DONE = "done"
    FIXED = "fixed"
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class PlannedTask(Generic[KeyT]):
    """A task with the dates it now has.

    `offset` is the signed number of days from polling day to its first day (-21 is three weeks
    before); None means that its dates are fixed.
    """

    key: KeyT
    state: TaskState
    period: Period
    offset: int | None


@dataclass(frozen=True)
class Change(Generic[KeyT]):
    """A task that moves, with its dates before and after."""

    task: PlannedTask[KeyT]
    after: Period

    @property
    def before(self) -> Period:
        """The dates the task had."""
        return self.task.period


@dataclass(frozen=True)
class Unmoved(Generic[KeyT]):
    """A task that stays where it is, and why."""

    task: PlannedTask[KeyT]
    reason: Unmoving


def anchored(polling_day: date, offset: int, days: int) -> Period:
    """The dates of a task of so many days whose first day is `offset` days from polling day."""
    return Period.of_days(polling_day + timedelta(days=offset), days)


def timed(
    timing: Timing, polling_day: date, *, offset: int | None, starts_on: date | None, days: int
) -> tuple[Period, int | None]:
    """The dates of a task and its offset (None when fixed), from what was entered for it.

    Raises Refused when the one thing its timing needs was left out.
    """
    if timing is Timing.ANCHORED:
        if offset is None:
            raise Refused(
                N_("Enter the days from polling day, for example −21 for three weeks before."),
                field="offset_days",
            )
        return anchored(polling_day, offset, days), offset
    if starts_on is None:
        raise Refused(N_("Enter the first day of the task."), field="starts_on")
    return Period.of_days(starts_on, days), None


def restated(task: PlannedTask[KeyT], state: TaskState, polling_day: date) -> Period:
    """The dates of a task in another state: a reopened anchored task returns to its offset."""
    if task.state is TaskState.DONE and state is not TaskState.DONE and task.offset is not None:
        return anchored(polling_day, task.offset, task.period.days)
    return task.period


def reschedule(
    tasks: Iterable[PlannedTask[KeyT]], polling_day: date
) -> list[Change[KeyT] | Unmoved[KeyT]]:
    """What a new polling day does to each task, in the order given.

    Open anchored tasks move to their offset from the new day and keep their length; done tasks and
    tasks with fixed dates never move.
    """
    return [_rescheduled(task, polling_day) for task in tasks]


def _rescheduled(task: PlannedTask[KeyT], polling_day: date) -> Change[KeyT] | Unmoved[KeyT]:
    if task.state is TaskState.DONE:
        return Unmoved(task, Unmoving.DONE)
    if task.offset is None:
        return Unmoved(task, Unmoving.FIXED)
    after = anchored(polling_day, task.offset, task.period.days)
    return Unmoved(task, Unmoving.SAME_DAY) if after == task.period else Change(task, after)
