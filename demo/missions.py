"""The missions of the demo: fictional elections in real member countries, told from the day of loading."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from demo.world import World
from kernel.identity.actor import Actor
from kernel.values import clock
from missions.missions import queries
from missions.missions import service as missions
from missions.missions.rules import InvitationState, MissionKind, Precision
from missions.plan import service as plans
from missions.plan.rules import TaskState

TITLE: Final = "General election, Solomon Islands (demonstration, fictional)"
"""The observation mission that the budget of the demo belongs to."""

ISLANDS: Final = "Pacific/Guadalcanal"
POLLING_IN: Final = timedelta(days=56)
DONE: Final = 2
"""Tasks of the starter plan that lie behind the day of loading; the next one is under way."""


def load(world: World) -> None:
    """Propose three missions; bring the observation to recruiting, with its plan under way."""
    with world.acting("planner") as planner:
        mission_id = _propose_observation(planner)
        _record_invitation(planner, mission_id, world.today)
        _waive_assessment(planner, mission_id)
        _start_plan(planner, mission_id)
        _advance(planner, mission_id)
        _propose_others(planner, world.today)
    with world.acting("approver") as approver:
        _advance(approver, mission_id)
    with world.acting("planner") as planner:
        _advance(planner, mission_id)


def observation_of(actor: Actor) -> UUID:
    """The id of the observation mission."""
    found, _ = queries.missions(actor, queries.MissionFilter(kind=MissionKind.OBSERVATION), 1)
    return next(mission.id for mission in found if mission.title == TITLE)


def _propose_observation(planner: Actor) -> UUID:
    mission = missions.create_mission(
        planner,
        kind=MissionKind.OBSERVATION,
        title=TITLE,
        country="SB",
        # By its own calendar, a day ahead of the network's for half of each day: its tasks are due by that.
        polling_day=clock.today(ISLANDS) + POLLING_IN,
        precision=Precision.DAY,
        time_zone=ISLANDS,
        observers=45,
        staff=6,
    )
    return mission.id


def _record_invitation(planner: Actor, mission_id: UUID, today: date) -> None:
    def record(version: int, state: InvitationState, days_ago: int, **letter: Any) -> None:
        on = today - timedelta(days=days_ago)
        missions.record_invitation(
            planner, mission_id, version=version, state=state, on=on, **letter
        )

    record(1, InvitationState.REQUESTED, 70)
    signed_by = "Chairperson of the electoral commission (fictional)"
    record(2, InvitationState.RECEIVED, 45, issued_by=signed_by, reference="DEMO/2/14")
    record(3, InvitationState.ACCEPTED, 40)


def _waive_assessment(planner: Actor, mission_id: UUID) -> None:
    missions.record_waiver(
        planner,
        mission_id,
        version=None,
        reason="The election was called at short notice, and an assessment of the last one, a year"
        " ago, still holds (fictional).",
    )


def _start_plan(planner: Actor, mission_id: UUID) -> None:
    tasks = plans.apply_starter(planner, mission_id, translate=str)
    for task, state in zip(tasks, (*[TaskState.DONE] * DONE, TaskState.DOING), strict=False):
        plans.set_task_state(planner, mission_id, task.id, version=task.version, state=state)


def _advance(actor: Actor, mission_id: UUID) -> None:
    version = queries.mission_of(actor, mission_id).version
    missions.advance(actor, mission_id, version=version)


def _propose_others(planner: Actor, today: date) -> None:
    assessment = missions.create_mission(
        planner,
        kind=MissionKind.ASSESSMENT,
        title="Pre-election assessment, Malawi (demonstration, fictional)",
        country="MW",
        polling_day=today + timedelta(days=160),
        precision=Precision.DAY,
        time_zone="Africa/Blantyre",
        observers=0,
        staff=3,
    )
    _advance(planner, assessment.id)
    missions.create_mission(
        planner,
        kind=MissionKind.EXPERT_TEAM,
        title="Expert team, Saint Lucia (demonstration, fictional)",
        country="LC",
        polling_day=today + timedelta(days=300),
        precision=Precision.MONTH,
        time_zone="America/St_Lucia",
        observers=4,
        staff=1,
    )
