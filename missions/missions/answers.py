"""What missions answer to the kernel's questions."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from kernel.errors import N_, NotFound
from kernel.identity.actor import Actor
from kernel.questions.plan_facts import PlanFacts, PlanPeople, PlanPhase
from kernel.questions.waiting import MOST, Waiting
from missions.missions import queries
from missions.missions.phases import PhaseDays
from missions.missions.rules import MissionState, blockers, is_open
from missions.missions.service.overview import standing_of
from missions.permissions import MissionsPermission

_PREPARED: Final = (
    MissionState.PROPOSED,
    MissionState.ASSESSING,
    MissionState.RECRUITING,
    MissionState.REPORTING,
)
"""States a planner has something to record in before the mission may move on."""


def plan_facts(actor: Actor, subject_id: UUID, *, held: bool = False) -> PlanFacts | None:
    """The phases of a mission and how many people it counts on, for whoever may see it."""
    try:
        mission = queries.mission_of(actor, subject_id)
        if held:
            queries.keep(subject_id)
    except NotFound:
        return None
    phases = [
        PhaseDays(phase.key, phase.first_day, phase.last_day)
        for phase in queries.phases_of(subject_id)
    ]
    return PlanFacts(
        title=mission.title,
        endpoint="mission.overview",
        argument="mission_id",
        phases=tuple(
            PlanPhase(phase.key, phase.name, phase.on(mission.polling_day)) for phase in phases
        ),
        people=(
            PlanPeople("observers", N_("Observers"), mission.observers),
            PlanPeople("staff", N_("Support staff"), mission.staff),
        ),
        ended=not is_open(MissionState(mission.state)),
    )


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Missions to approve, and for planners what stands in the way of a mission's next step."""
    edits = actor.can(MissionsPermission.MISSION_EDIT)
    approves = actor.can(MissionsPermission.MISSION_APPROVE)
    if not (edits or approves):
        return
    states = _PREPARED if edits else (MissionState.ASSESSING,)
    for dossier in queries.dossiers_in(actor, states, MOST):
        standing = standing_of(dossier)
        missing = blockers(standing)
        if standing.state is MissionState.ASSESSING and not missing:
            found = (10, "mission_to_approve", N_("Approve the mission")) if approves else None
        else:
            found = _to_prepare(standing.state, missing) if edits else None
        if found is not None:
            order, kind, text = found
            url = url_for("mission.overview", mission_id=dossier.mission.id)
            yield Waiting(kind, str(gettext(text)), url, dossier.mission.title, order=order)


def _to_prepare(state: MissionState, missing: list[str]) -> tuple[int, str, str] | None:
    """What a planner records or does next, where the mission waits for her."""
    if missing:
        return (30, "mission_to_prepare", missing[0])
    if state is MissionState.PROPOSED:
        return (40, "mission_to_assess", N_("Begin the assessment of the mission"))
    if state is MissionState.REPORTING:
        return (40, "mission_to_close", N_("Close the mission"))
    return None
