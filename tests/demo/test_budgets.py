"""The budget of the demonstration mission."""

from datetime import date

from demo.budgets import load_budget
from kernel.questions import Subject
from missions.budgets import service
from missions.budgets.rules.catalogue import Driver
from missions.budgets.rules.versions import State
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision


def test_the_demo_budget_has_every_driver_two_currencies_and_waits_for_approval(factory, inside):
    planner = factory.actor("Planner (fictional)", roles=["planner"])
    factory.organisation("Electoral Commission of Solomon Islands", country="SB")
    with inside():
        mission = missions.create_mission(
            planner,
            kind=MissionKind.OBSERVATION,
            title="General election (fictional)",
            country="SB",
            polling_day=date(2027, 3, 14),
            precision=Precision.DAY,
            time_zone="Pacific/Guadalcanal",
            observers=12,
            staff=4,
        )
        load_budget(planner, mission.id, date(2026, 11, 2))
    with inside():
        load_budget(planner, mission.id, date(2026, 11, 2))
        sheet = service.open_sheet(planner, Subject("mission", mission.id))
    lines = [each.line for each in sheet.costing.lines]
    assert {line.driver for line in lines} == set(Driver)
    assert {line.rate.currency for line in lines} == {"GBP", "USD"}
    assert any(line.phase for line in lines)
    assert sheet.version.state is State.SUBMITTED
    assert len(sheet.versions) == 1
