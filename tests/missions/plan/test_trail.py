"""Whatever is done with a work plan is on the trail, and what moves with polling day."""

from datetime import date

import pytest

from missions.missions import queries as missions
from missions.missions.rules import Precision
from missions.plan import service
from missions.plan.rules import TaskState, Timing
from missions.plan.starter import STARTER_TASKS
from tests.trails import Deed, Told

BRIEFING = {
    "title": "Brief observers",
    "timing": "anchored",
    "offset_days": -7,
    "starts_on": "2027-03-07",
    "days": 2,
    "state": "todo",
    "note": "",
}
WHEN = {"timing": Timing.ANCHORED, "offset_days": -7, "days": 2}


def add(title):
    return lambda who, ids: service.add_task(who, ids["mission"], title=title, **WHEN)


def do(verb, of="task", **given):
    """A deed on a task as it stands."""

    def act(who, ids):
        _, task = service.task_for_edit(who, ids["mission"], ids[of])
        verb(who, ids["mission"], ids[of], version=task.version, **given)

    return act


def move_polling_day(who, ids):
    service.move_polling_day(
        who,
        ids["mission"],
        version=missions.mission_of(who, ids["mission"]).version,
        polling_day=date(2027, 4, 11),
        precision=Precision.DAY,
    )


def start(who, ids):
    service.apply_starter(who, ids["mission without tasks"], translate=str)


def stood(state, before):
    """Somebody says where a task stands."""
    act = do(service.set_task_state, state=TaskState(state))
    return Deed("planner", act, f"task.{state}", "task", {"state": before}, {"state": state})


DEEDS = [
    Deed("planner", add("Brief observers"), "task.added", "task", None, BRIEFING),
    Deed("planner", do(service.edit_task, title="Brief observers", note="In the hall.", **WHEN),
         "task.edited", "task", {"note": ""}, {"note": "In the hall."}),
    stood("doing", "todo"),
    stood("blocked", "doing"),
    stood("done", "blocked"),
    stood("todo", "done"),
    Deed("planner", add("Count vests"), "task.added", "task removed", None,
         BRIEFING | {"title": "Count vests"}),
    Deed("planner", do(service.remove_task, "task removed"), "task.removed", "task removed",
         BRIEFING | {"title": "Count vests"}),
    Deed("planner", move_polling_day, "mission.polling_day_moved", "mission",
         {"polling_day": "2027-03-14"}, {"polling_day": "2027-04-11"},
         then=[Told("task.moved", "task", {"starts_on": "2027-03-07"},
                    {"starts_on": "2027-04-04"}, by="planner")]),
    Deed("planner", start, "plan.started", "mission without tasks", None,
         {"tasks": len(STARTER_TASKS)}),
]  # fmt: skip


@pytest.fixture
def planned(inside, planner, propose):
    """Two missions, by their names in the story."""
    names = ("mission", "mission without tasks")
    made = {name: propose() for name in names}
    with inside():
        return {name: missions.mission_of(planner, id) for name, id in made.items()}


def test_whatever_is_done_with_a_work_plan_is_on_the_trail(untold, planner, planned):
    assert untold(DEEDS, planner=planner, **planned) == []
