"""What missions say waits for whom."""

from datetime import date

import pytest

from missions.missions import service
from missions.missions.rules import Ending, InvitationState, Precision


@pytest.fixture
def told(waiting):
    """`told(actor)` is the kind and the name of everything that waits for her in missions."""
    return lambda actor: [
        (each["kind"], each["text"], each["about"])
        for each in waiting(actor)
        if each["kind"].startswith("mission_")
    ]


def advance(actor, mission_id):
    mission = service.overview(actor, mission_id).dossier.mission
    service.advance(actor, mission_id, version=mission.version)


def invite_and_waive(actor, mission_id):
    service.record_invitation(
        actor,
        mission_id,
        version=1,
        state=InvitationState.RECEIVED,
        on=date(2026, 1, 5),
        issued_by="Chair (fictional)",
    )
    service.record_waiver(actor, mission_id, version=None, reason="Called at short notice.")


def test_a_mission_with_all_it_stands_on_waits_for_the_approver(
    inside, planner, approver, mission_id, told, waiting
):
    with inside():
        advance(planner, mission_id)
        invite_and_waive(planner, mission_id)
    assert told(approver) == [
        ("mission_to_approve", "Approve the mission", "General election (fictional)")
    ]
    assert waiting(approver)[0]["url"] == f"/missions/{mission_id}"
    assert told(planner) == []


def test_what_a_mission_still_lacks_waits_for_the_planner(
    inside, planner, approver, mission_id, told
):
    assert told(planner)[0][:2] == ("mission_to_assess", "Begin the assessment of the mission")
    with inside():
        advance(planner, mission_id)
    assert told(planner)[0][:2] == (
        "mission_to_prepare",
        "Record the written invitation or welcome of the country.",
    )
    assert told(approver) == []


def test_a_mission_before_its_deployment_waits_for_its_exact_polling_day(
    inside, planner, approver, propose, told
):
    mission_id = propose(precision=Precision.MONTH)
    with inside():
        advance(planner, mission_id)
        invite_and_waive(planner, mission_id)
        advance(approver, mission_id)
        advance(planner, mission_id)
    assert told(planner)[0][:2] == (
        "mission_to_prepare",
        "Enter the exact polling day before the mission is deployed.",
    )


def test_a_mission_that_has_ended_waits_for_nobody(inside, planner, approver, mission_id, told):
    with inside():
        service.end_mission(
            planner, mission_id, version=1, ending=Ending.CANCELLED, reason="Postponed (fictional)"
        )
    assert told(planner) == told(approver) == []


def test_a_member_is_told_of_no_mission(factory, mission_id, told):
    assert told(factory.actor()) == []


def test_home_costs_the_same_queries_for_one_mission_and_for_three(
    planner, propose, browser_for, queries
):
    browser = browser_for(planner)
    costs = []
    for proposed in (1, 2):  # and what was proposed before
        for _ in range(proposed):
            propose()
        with queries() as seen:
            assert "Begin the assessment" in browser.get("/").text
        costs.append(len(seen))
    assert costs[0] == costs[1]
