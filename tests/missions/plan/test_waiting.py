"""What work plans say waits for planners."""

from datetime import UTC, date, datetime

import pytest

from kernel.values import clock
from missions.missions import service as missions
from missions.missions.rules import Ending
from missions.plan import service
from missions.plan.rules import TaskState, Timing

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)  # 21:00 in Guadalcanal


@pytest.fixture
def told(waiting):
    """`told(actor)` is the kind, the text and the moment of what waits in plans."""

    def ask(actor):
        with clock.frozen(NOW):
            found = waiting(actor)
        return [
            (each["kind"], each["text"], each["due"])
            for each in found
            if each["kind"].startswith("tasks_")
        ]

    return ask


@pytest.fixture
def add(inside, planner, mission_id):
    """`add(first_day, days)` adds a task with fixed dates."""

    def make(day, days=1):
        with inside():
            return service.add_task(
                planner,
                mission_id,
                title="Brief the press",
                timing=Timing.FIXED,
                starts_on=day,
                days=days,
            ).id

    return make


def test_tasks_past_their_last_day_are_overdue_and_those_of_this_week_are_due(
    planner, mission_id, add, told, waiting
):
    add(date(2026, 11, 18), days=3)  # its last day is over in the country
    add(date(2026, 11, 10))
    add(date(2026, 11, 21))  # still today there
    add(date(2026, 11, 28))
    add(date(2026, 11, 29))  # next week
    assert told(planner) == [
        ("tasks_overdue", "2 tasks are overdue", "2026-11-10T13:00:00+00:00"),
        ("tasks_due", "2 tasks to finish", "2026-11-21T13:00:00+00:00"),
    ]
    with clock.frozen(NOW):
        assert waiting(planner)[0]["url"] == f"/missions/{mission_id}/plan"


def test_a_task_that_is_done_waits_for_nobody(inside, planner, mission_id, add, told):
    task_id = add(date(2026, 11, 10))
    with inside():
        service.set_task_state(planner, mission_id, task_id, version=1, state=TaskState.DONE)
    assert told(planner) == []


def test_the_tasks_of_a_mission_that_has_ended_wait_for_nobody(
    inside, planner, mission_id, add, told
):
    add(date(2026, 11, 10))
    with inside():
        missions.end_mission(
            planner, mission_id, version=1, ending=Ending.CANCELLED, reason="Postponed (fictional)"
        )
    assert told(planner) == []


def test_an_approver_is_not_asked_to_do_tasks(approver, add, told):
    add(date(2026, 11, 10))
    assert told(approver) == []
