"""What missions answer to the kernel's questions."""

from uuid import UUID

from kernel.errors import N_, NotFound
from kernel.identity.actor import Actor
from kernel.questions.plan_facts import PlanFacts, PlanPeople, PlanPhase
from missions.missions import queries
from missions.missions.phases import PhaseDays
from missions.missions.rules import MissionState, is_open


def plan_facts(actor: Actor, subject_id: UUID) -> PlanFacts | None:
    """The phases of a mission and how many people it counts on, for whoever may see it."""
    try:
        mission = queries.mission_of(actor, subject_id)
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
