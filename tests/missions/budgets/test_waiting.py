"""What budgets say waits for planners and approvers."""

from datetime import date
from decimal import Decimal

import pytest

from kernel.questions import Subject
from missions.budgets import queries, service
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import LineEntry
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision
from missions.plan import service as plans
from tests.factories.missions import start_budget

VEHICLES = LineEntry(
    category="transport",
    description="Vehicles",
    driver=Driver.UNITS,
    measure=Measure.DAYS,
    phase="deployment",
    rate=Decimal(100),
    currency="GBP",
)


def decide(inside, move, actor, subject, **given):
    """Make a move on the first version as it stands."""
    with inside():
        move(actor, subject, 1, lock=queries.version(subject, 1).lock, **given)


@pytest.fixture
def subject(inside, factory, planner):
    """A real mission with a budget whose one line counts its days."""
    factory.organisation(country="SB")
    with inside():
        mission = missions.create_mission(
            planner,
            kind=MissionKind.EXPERT_TEAM,
            title="General election (fictional)",
            country="SB",
            polling_day=date(2027, 3, 14),
            precision=Precision.DAY,
            time_zone="Pacific/Guadalcanal",
            observers=0,
            staff=4,
        )
    subject = Subject("mission", mission.id)
    with inside():
        start_budget(planner, subject)
        service.add_line(planner, subject, 1, VEHICLES)
    return subject


@pytest.fixture
def told(waiting):
    """`told(actor)` is the kind and the address of what waits for her in budgets."""
    return lambda actor: [
        (each["kind"], each["url"]) for each in waiting(actor) if each["kind"].startswith("budget_")
    ]


@pytest.fixture
def submitted(inside, planner, subject):
    """The address of the budget once it was submitted."""
    decide(inside, service.submit, planner, subject)
    return f"/missions/{subject.id}/budget"


def test_a_draft_waits_for_nobody(planner, approver, subject, told):
    assert told(planner) == told(approver) == []


def test_what_was_submitted_waits_for_the_approver(planner, approver, submitted, told):
    assert told(approver) == [("budget_to_approve", submitted)]
    assert told(planner) == []


def test_nobody_is_asked_to_approve_what_she_submitted_herself(
    inside, factory, subject, told, approver
):
    both = factory.actor("Both (fictional)", roles=["planner", "approver"])
    decide(inside, service.submit, both, subject)
    assert told(both) == []
    assert len(told(approver)) == 1


def test_what_was_returned_waits_for_the_planner(
    inside, planner, approver, subject, submitted, told
):
    decide(inside, service.send_back, approver, subject, reason="Too dear (fictional).")
    assert told(planner) == [("budget_returned", submitted)]
    assert told(approver) == []


def test_a_revision_that_a_move_opened_waits_for_the_planner(
    inside, planner, approver, subject, submitted, told
):
    decide(inside, service.approve, approver, subject)
    assert told(planner) == told(approver) == []
    with inside():
        version = missions.overview(planner, subject.id).dossier.mission.version
        plans.move_polling_day(
            planner,
            subject.id,
            version=version,
            polling_day=date(2027, 3, 28),
            precision=Precision.DAY,
        )
    assert told(planner) == [("budget_revised", submitted)]
    assert told(approver) == []
