from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.periods import Period
from missions.plan.rules import (
    Change,
    PlannedTask,
    TaskState,
    Unmoved,
    Unmoving,
    anchored,
    reschedule,
)
from missions.plan.starter import STARTER_TASKS

POLLING_DAY = date(2026, 6, 14)
LATER = date(2026, 7, 5)

polling_days = st.dates(date(1995, 1, 1), date(2090, 1, 1))
states = st.sampled_from(TaskState)


def task(offset: int | None, state: TaskState = TaskState.TODO, days: int = 3) -> PlannedTask[str]:
    return PlannedTask("task", state, anchored(POLLING_DAY, offset or 0, days), offset)


@st.composite
def plans(draw: st.DrawFn) -> tuple[date, list[PlannedTask[int]]]:
    """A polling day and tasks around it, each where its anchor puts it."""
    polling_day = draw(polling_days)
    return polling_day, [
        PlannedTask(
            key,
            draw(states),
            anchored(polling_day, offset, draw(st.integers(1, 60))),
            offset if draw(st.booleans()) else None,
        )
        for key, offset in enumerate(draw(st.lists(st.integers(-400, 400), max_size=12)))
    ]


def outcome(task: PlannedTask[int], result: Change[int] | Unmoved[int]) -> PlannedTask[int]:
    after = result.after if isinstance(result, Change) else task.period
    return PlannedTask(task.key, task.state, after, task.offset)


def moved(tasks: list[PlannedTask[int]], polling_day: date) -> list[PlannedTask[int]]:
    results = reschedule(tasks, polling_day)
    return [outcome(task, result) for task, result in zip(tasks, results, strict=True)]


@pytest.mark.parametrize(
    ("offset", "days", "first", "last"),
    [
        (-21, 1, date(2026, 5, 24), date(2026, 5, 24)),
        (-8, 15, date(2026, 6, 6), date(2026, 6, 20)),
        (0, 1, POLLING_DAY, POLLING_DAY),
        (7, 28, date(2026, 6, 21), date(2026, 7, 18)),
    ],
)
def test_a_task_is_anchored_by_its_first_day(
    offset: int, days: int, first: date, last: date
) -> None:
    assert anchored(POLLING_DAY, offset, days) == Period(first, last)


@pytest.mark.parametrize("state", [TaskState.TODO, TaskState.DOING, TaskState.BLOCKED])
def test_an_open_anchored_task_moves_with_polling_day(state: TaskState) -> None:
    [result] = reschedule([task(-21, state)], LATER)
    assert isinstance(result, Change)
    assert result.before == Period(date(2026, 5, 24), date(2026, 5, 26))
    assert result.after == Period(date(2026, 6, 14), date(2026, 6, 16))


@pytest.mark.parametrize(
    ("unmoving", "reason"),
    [
        (task(-21, TaskState.DONE), Unmoving.DONE),
        (task(None), Unmoving.FIXED),
        (task(None, TaskState.DONE), Unmoving.DONE),
    ],
)
def test_done_and_fixed_tasks_say_why_they_stay(
    unmoving: PlannedTask[str], reason: Unmoving
) -> None:
    assert reschedule([unmoving], LATER) == [Unmoved(unmoving, reason)]


def test_a_task_already_at_its_offset_stays() -> None:
    assert reschedule([task(-21)], POLLING_DAY) == [Unmoved(task(-21), Unmoving.SAME_DAY)]


@given(plans(), polling_days)
def test_moving_there_and_back_changes_no_task(
    plan: tuple[date, list[PlannedTask[int]]], other_day: date
) -> None:
    polling_day, tasks = plan
    assert moved(moved(tasks, other_day), polling_day) == tasks


@given(plans(), polling_days)
def test_a_move_shifts_open_anchored_tasks_alike_and_no_others(
    plan: tuple[date, list[PlannedTask[int]]], other_day: date
) -> None:
    polling_day, tasks = plan
    for before, after in zip(tasks, moved(tasks, other_day), strict=True):
        moves = before.state is not TaskState.DONE and before.offset is not None
        by = other_day - polling_day if moves else timedelta()
        assert after.period == before.period.shifted(by.days)


@given(plans(), polling_days)
def test_a_move_keeps_the_order_and_length_of_tasks(
    plan: tuple[date, list[PlannedTask[int]]], other_day: date
) -> None:
    _, tasks = plan
    results = reschedule(tasks, other_day)
    assert [result.task for result in results] == tasks
    changes = [result for result in results if isinstance(result, Change)]
    assert all(change.after.days == change.before.days for change in changes)
    in_old_order = sorted(changes, key=lambda change: (change.before.start, change.task.key))
    in_new_order = sorted(changes, key=lambda change: (change.after.start, change.task.key))
    assert in_old_order == in_new_order


def test_the_starter_plan_is_in_the_order_it_happens() -> None:
    offsets = [task.offset for task in STARTER_TASKS]
    assert offsets == sorted(offsets)
    assert all(task.days >= 1 for task in STARTER_TASKS)
    assert len({task.title for task in STARTER_TASKS}) == len(STARTER_TASKS)
