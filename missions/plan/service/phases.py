"""Giving a phase of one mission other days than its kind begins with."""

from dataclasses import dataclass
from uuid import UUID

from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PlanPhase
from missions.budgets import service as budgets
from missions.budgets.service import BudgetMove
from missions.missions import queries as missions
from missions.missions.queries import Mission, MissionPhase
from missions.missions.service import PhaseDays, mission_phases, set_phase_days
from missions.plan.service.tasks import plan_for_edit
from missions.roster import service as roster


@dataclass(frozen=True)
class ChangedPhase:
    """A phase with its new days, and what that changed in the budget (None: nothing)."""

    phase: MissionPhase
    days: PhaseDays
    budget: BudgetMove | None


def phase_for_edit(actor: Actor, mission_id: UUID, key: str) -> tuple[Mission, MissionPhase]:
    """A mission and one of its phases, for somebody who plans; raises NotFound, Forbidden, Refused."""
    mission = plan_for_edit(actor, mission_id)
    return mission, missions.phase_of(mission_id, key)


def change_phase(
    actor: Actor,
    mission_id: UUID,
    key: str,
    *,
    version: int | None,
    first_day: int,
    last_day: int,
) -> ChangedPhase:
    """Give a phase other days from polling day; budget lines counted on it are counted again.

    Raises NotFound, Forbidden, Conflict, and Refused when it would end before it begins.
    """
    mission, phase = phase_for_edit(actor, mission_id, key)
    missions.hold(mission_id)  # nobody counts a line on the days before while they change
    days = PhaseDays(key, first_day, last_day)
    set_phase_days(actor, phase, days, version=version)
    planned = [
        PlanPhase(each.key, each.name, each.on(mission.polling_day))
        for each in mission_phases(mission_id)
    ]
    budget = budgets.apply_new_dates(actor, Subject("mission", mission_id), planned)
    roster.follow_new_dates(actor, [mission])
    return ChangedPhase(phase, days, budget)
