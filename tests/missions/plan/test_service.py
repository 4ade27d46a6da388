from datetime import date, timedelta
from decimal import Decimal
from threading import Thread

import pytest

from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.questions import Subject
from missions.budgets import queries as budget_queries
from missions.budgets import service as budgets
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import LineEntry
from missions.missions import queries as missions
from missions.missions import service as mission_service
from missions.missions.rules import Ending, MissionKind, Precision
from missions.plan import service
from missions.plan.rules import TaskState, Timing, Unmoving
from missions.plan.starter import STARTER_TASKS
from tests.factories.missions import start_budget
from tests.missions.conftest import POLLING_DAY

LATER = date(2027, 4, 11)
SAME = Precision.DAY


def add(planner, mission_id, title="Brief observers", **when):
    when = when or {"timing": Timing.ANCHORED, "offset_days": -7, "days": 2}
    return service.add_task(planner, mission_id, title=title, **when)


def fixed(planner, mission_id, title="Board meeting"):
    return add(planner, mission_id, title, timing=Timing.FIXED, starts_on=date(2027, 2, 1), days=1)


def move(planner, mission_id, polling_day=LATER, precision=SAME):
    version = missions.mission_of(planner, mission_id).version
    return service.move_polling_day(
        planner, mission_id, version=version, polling_day=polling_day, precision=precision
    )


def dates(planner, mission_id):
    return {task.title: task.starts_on for task in service.plan(planner, mission_id).tasks}


def test_anchored_task_begins_its_offset_from_polling_day(inside, planner, mission_id):
    with inside():
        task = add(planner, mission_id)
        assert (task.starts_on, task.days) == (date(2027, 3, 7), 2)


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"timing": Timing.ANCHORED}, "offset_days"),
        ({"timing": Timing.FIXED, "offset_days": 3}, "starts_on"),
    ],
)
def test_task_without_its_date_is_refused_at_the_field(inside, planner, mission_id, when, field):
    with inside(), pytest.raises(Refused) as refused:
        add(planner, mission_id, **when)
    assert refused.value.field == field


def test_moving_polling_day_moves_open_anchored_tasks_and_says_why_others_stay(
    inside, planner, mission_id
):
    with inside():
        add(planner, mission_id)
        fixed(planner, mission_id)
        done = add(planner, mission_id, "Book flights")
        service.set_task_state(planner, mission_id, done.id, version=1, state=TaskState.DONE)
        shown = service.preview_move(planner, mission_id, polling_day=LATER, precision=SAME)
        [part] = shown.missions
        assert [moved.task.title for moved in part.moving] == ["Brief observers"]
        assert {moved.task.title: moved.reason for moved in part.staying} == {
            "Board meeting": Unmoving.FIXED,
            "Book flights": Unmoving.DONE,
        }
        assert dates(planner, mission_id)["Brief observers"] == date(2027, 3, 7)
        move(planner, mission_id)
    with inside():
        assert dates(planner, mission_id) == {
            "Brief observers": date(2027, 4, 4),
            "Board meeting": date(2027, 2, 1),
            "Book flights": date(2027, 3, 7),
        }
        assert missions.mission_of(planner, mission_id).polling_day == LATER


def test_reopened_task_returns_to_its_offset_after_a_move(inside, planner, mission_id):
    with inside():
        task = add(planner, mission_id)
        service.set_task_state(planner, mission_id, task.id, version=1, state=TaskState.DONE)
        move(planner, mission_id)
        assert task.starts_on == date(2027, 3, 7)
        service.set_task_state(planner, mission_id, task.id, version=2, state=TaskState.TODO)
        assert task.starts_on == date(2027, 4, 4)
        assert task.done_at is None


def test_done_task_keeps_its_dates_when_it_is_edited(inside, planner, mission_id):
    when = {"timing": Timing.ANCHORED, "offset_days": -7, "days": 2}
    with inside():
        task = add(planner, mission_id)
        service.set_task_state(planner, mission_id, task.id, version=1, state=TaskState.DONE)
        move(planner, mission_id)
        service.edit_task(
            planner, mission_id, task.id, version=2, title="Briefed observers", **when
        )
        assert (task.title, task.starts_on) == ("Briefed observers", date(2027, 3, 7))
        with pytest.raises(Refused, match="Reopen"):
            service.edit_task(
                planner, mission_id, task.id, version=3, title="x", **{**when, "days": 3}
            )


def test_move_on_a_stale_preview_is_a_conflict(inside, planner, mission_id):
    with inside():
        mission_service.edit_mission(
            planner, mission_id, version=1, title="Renamed", time_zone="UTC", observers=1, staff=1
        )
        with pytest.raises(Conflict):
            service.move_polling_day(
                planner, mission_id, version=1, polling_day=LATER, precision=SAME
            )


def test_polling_day_does_not_move_to_itself_but_may_become_certain(inside, planner, propose):
    mission_id = propose(precision=Precision.MONTH)
    with inside():
        with pytest.raises(Refused):
            move(planner, mission_id, POLLING_DAY, Precision.MONTH)
        move(planner, mission_id, POLLING_DAY, Precision.DAY)
        assert missions.mission_of(planner, mission_id).precision == "day"


def test_advance_team_moves_with_its_mission_and_not_alone(inside, planner, propose, mission_id):
    child = propose(kind=MissionKind.ADVANCE, parent_id=mission_id, title="Advance (fictional)")
    with inside():
        add(planner, child, "Visit polling places")
        with pytest.raises(Refused):
            move(planner, child)
        moved = move(planner, mission_id)
        assert [part.mission.id for part in moved.missions] == [mission_id, child]
    with inside():
        assert missions.mission_of(planner, child).polling_day == LATER
        assert dates(planner, child) == {"Visit polling places": date(2027, 4, 4)}


def test_ended_advance_team_stays_behind(inside, planner, propose, mission_id):
    child = propose(kind=MissionKind.ADVANCE, parent_id=mission_id)
    with inside():
        mission_service.end_mission(
            planner, child, version=1, ending=Ending.CANCELLED, reason="Not needed."
        )
        move(planner, mission_id)
        assert missions.mission_of(planner, child).polling_day == POLLING_DAY


@pytest.fixture
def budget(inside, planner, mission_id):
    """A draft budget with one line that counts the days of the deployment."""
    subject = Subject("mission", mission_id)
    allowance = LineEntry(
        category="subsistence",
        description="Daily allowance",
        driver=Driver.PERSON_UNITS,
        persons=12,
        rate=Decimal(180),
        currency="GBP",
        measure=Measure.DAYS,
        phase="deployment",
    )
    with inside():
        start_budget(planner, subject)
        budgets.add_line(planner, subject, 1, allowance)
    return subject


def test_budget_line_bound_to_a_phase_follows_the_move(inside, planner, mission_id, budget):
    with inside():
        [line] = move(planner, mission_id).missions[0].budget.lines
        assert line.why.was.start == POLLING_DAY - timedelta(days=8)
        assert line.why.period.start == LATER - timedelta(days=8)
    with inside():
        [stored] = budgets.open_sheet(planner, budget).lines
        assert stored.was.start == POLLING_DAY - timedelta(days=8)
        assert stored.line.phase.period.start == LATER - timedelta(days=8)


def test_polling_day_waits_for_a_line_being_added_and_takes_it_along(
    inside, planner, mission_id, budget, at_once, monkeypatch
):
    moving = []

    def lock_late(subject, lock=budget_queries.newest_to_write):
        monkeypatch.undo()
        moving.append(at_once(lambda: move(planner, mission_id)))
        return lock(subject)

    monkeypatch.setattr(budget_queries, "newest_to_write", lock_late)

    night = LineEntry(
        category="subsistence",
        description="Hotel nights",
        driver=Driver.PERSON_UNITS,
        persons=12,
        rate=Decimal(90),
        currency="GBP",
        measure=Measure.NIGHTS,
        phase="deployment",
    )
    with inside():
        place = budgets.add_line(planner, budget, 1, night)
    assert not isinstance(moving[0].end(), Exception)
    with inside():
        added = next(
            each for each in budgets.open_sheet(planner, budget).lines if each.position == place
        )
        assert added.line.phase.period.start == LATER - timedelta(days=8)


def test_moving_after_approval_opens_a_draft_revision(
    inside, planner, approver, mission_id, budget
):
    with inside():
        lock = budgets.open_sheet(planner, budget).version.lock
        budgets.submit(planner, budget, 1, lock=lock)
    with inside():
        lock = budgets.open_sheet(approver, budget).version.lock
        budgets.approve(approver, budget, 1, lock=lock)
    with inside():
        shown = service.preview_move(planner, mission_id, polling_day=LATER, precision=SAME)
        assert shown.missions[0].budget.opens_revision
        move(planner, mission_id)
    with inside():
        revision, approved = budgets.history(planner, budget)
        assert (revision.version.number, revision.version.opened_by_move) == (2, True)
        assert approved.lines[0].line.phase.period.start == POLLING_DAY - timedelta(days=8)
        assert revision.lines[0].line.phase.period.start == LATER - timedelta(days=8)


def test_longer_phase_counts_its_budget_lines_again(inside, planner, mission_id, budget):
    with inside():
        changed = service.change_phase(
            planner, mission_id, "deployment", version=1, first_day=-10, last_day=6
        )
        [line] = changed.budget.lines
        assert (line.why.units_before, line.why.units) == (15, 17)


def test_phase_ends_after_it_begins_and_is_changed_on_its_newest_version(
    inside, planner, mission_id
):
    def change(version, first_day, last_day):
        service.change_phase(
            planner,
            mission_id,
            "reporting",
            version=version,
            first_day=first_day,
            last_day=last_day,
        )

    with inside():
        with pytest.raises(Refused) as refused:
            change(1, 7, 6)
        assert refused.value.field == "last_day"
        change(1, 7, 7)
        with pytest.raises(Conflict):
            change(1, 7, 30)


def test_starter_plan_fills_an_empty_plan_once(inside, planner, mission_id):
    with inside():
        service.apply_starter(planner, mission_id, translate=str.upper)
        tasks = service.plan(planner, mission_id).tasks
        assert [task.title for task in tasks] == [task.title.upper() for task in STARTER_TASKS]
        with pytest.raises(Refused, match="empty"):
            service.apply_starter(planner, mission_id, translate=str)


def test_starter_plan_added_twice_at_once_is_there_once(app, tenant, inside, planner, mission_id):
    def apply(outcome):
        try:
            with inside():
                service.apply_starter(planner, mission_id, translate=str)
                outcome.append("added")
        except Refused:
            outcome.append("refused")

    outcome = []
    threads = [Thread(target=apply, args=(outcome,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["added", "refused"]
    with inside():
        assert len(service.plan(planner, mission_id).tasks) == len(STARTER_TASKS)


def test_second_save_of_a_task_is_a_conflict_showing_what_stands(inside, planner, mission_id):
    with inside():
        task = add(planner, mission_id)
        when = {"timing": Timing.ANCHORED, "offset_days": -6, "days": 2}
        service.edit_task(planner, mission_id, task.id, version=1, title="First", **when)
        with pytest.raises(Conflict) as conflict:
            service.edit_task(planner, mission_id, task.id, version=1, title="Second", **when)
        assert conflict.value.current["title"] == "First"


def test_done_task_is_not_removed(inside, planner, mission_id):
    with inside():
        task = add(planner, mission_id)
        service.set_task_state(planner, mission_id, task.id, version=1, state=TaskState.DONE)
        with pytest.raises(Refused):
            service.remove_task(planner, mission_id, task.id, version=2)
        other = add(planner, mission_id, "Removed")
        service.remove_task(planner, mission_id, other.id, version=1)
        assert list(dates(planner, mission_id)) == ["Brief observers"]


def test_only_planners_change_a_plan_and_others_find_none(
    inside, factory, planner, approver, mission_id
):
    with inside():
        task = add(planner, mission_id)
        for act in (
            lambda who: add(who, mission_id),
            lambda who: move(who, mission_id),
            lambda who: service.remove_task(who, mission_id, task.id, version=1),
            lambda who: service.apply_starter(who, mission_id, translate=str),
        ):
            with pytest.raises(Forbidden):
                act(approver)
            with pytest.raises(NotFound):
                act(factory.actor())


def test_task_of_another_mission_is_not_found(inside, planner, propose, mission_id):
    other = propose(title="Another (fictional)")
    with inside():
        task = add(planner, other)
        with pytest.raises(NotFound):
            service.task_for_edit(planner, mission_id, task.id)
