"""What the audit trail calls what is done with missions, their work plans, teams and budgets."""

from typing import Final

from kernel.errors import N_

_MISSIONS: Final = {
    "assessment.recorded": N_("Assessment recorded"),
    "mission.approved": N_("Mission approved"),
    "mission.assessing": N_("Assessment of the mission begun"),
    "mission.cancelled": N_("Mission cancelled"),
    "mission.closed": N_("Mission closed"),
    "mission.completion_recorded": N_("Report and accounts of the mission recorded"),
    "mission.created": N_("Mission proposed"),
    "mission.deployed": N_("Mission deployed"),
    "mission.downsized": N_("Mission downsized"),
    "mission.edited": N_("Mission described anew"),
    "mission.invitation_accepted": N_("Invitation of the country accepted"),
    "mission.invitation_declined": N_("Invitation of the country declined"),
    "mission.invitation_received": N_("Invitation of the country received"),
    "mission.invitation_requested": N_("Invitation of the country requested"),
    "mission.polling_day_moved": N_("Polling day moved"),
    "mission.recruiting": N_("Recruitment for the mission begun"),
    "mission.reporting": N_("Reporting on the mission begun"),
    "mission_phase.changed": N_("Phase of the mission changed"),
    "waiver.recorded": N_("Assessment waiver recorded"),
}
_PLANS: Final = {
    "plan.started": N_("Work plan started"),
    "task.added": N_("Task added"),
    "task.blocked": N_("Task blocked"),
    "task.doing": N_("Task begun"),
    "task.done": N_("Task done"),
    "task.edited": N_("Task changed"),
    "task.moved": N_("Task moved with polling day"),
    "task.removed": N_("Task removed"),
    "task.todo": N_("Task reopened"),
}
_TEAMS: Final = {
    "nomination.accepted": N_("Place on the mission accepted"),
    "nomination.consent_given": N_("Nominee agrees to be found again"),
    "nomination.consent_withdrawn": N_("Nominee withdrew their consent"),
    "nomination.displaced": N_("Moved to the reserve: expected elsewhere on the new dates"),
    "nomination.made": N_("Nominated for the mission"),
    "nomination.moved": N_("Days on the mission moved with its dates"),
    "nomination.put_back": N_("Nomination put back"),
    "nomination.rejected": N_("Nomination rejected"),
    "nomination.released": N_("Let go: the mission has ended early"),
    "nomination.removed": N_("Nomination removed"),
    "nomination.reserve": N_("Put on the reserve list of the mission"),
    "nomination.selected": N_("Selected for the mission"),
    "nomination.shortlisted": N_("Shortlisted for the mission"),
    "nomination.withdrawn": N_("Nomination withdrawn"),
}
_BUDGETS: Final = {
    "budget.approve": N_("Budget approved"),
    "budget.close": N_("Budget closed"),
    "budget.line_added": N_("Budget line added"),
    "budget.line_changed": N_("Budget line changed"),
    "budget.line_followed_dates": N_("Budget line counted again on new dates"),
    "budget.line_put_back": N_("Budget line put back"),
    "budget.line_removed": N_("Budget line removed"),
    "budget.rate_removed": N_("Exchange rate removed"),
    "budget.rate_set": N_("Exchange rate set"),
    "budget.return": N_("Budget returned"),
    "budget.revise": N_("Budget replaced by a revision"),
    "budget.revision_opened": N_("Revision of the budget opened"),
    "budget.rework": N_("Budget worked on again"),
    "budget.shares_changed": N_("Contingency and overhead changed"),
    "budget.started": N_("Budget started"),
    "budget.submit": N_("Budget submitted"),
}

ACTIONS: Final = {**_MISSIONS, **_PLANS, **_TEAMS, **_BUDGETS}

OBJECTS: Final = {
    "budget": N_("Budget"),
    "mission": N_("Mission"),
    "mission_phase": N_("Phase of a mission"),
    "nomination": N_("Nomination for a mission"),
    "task": N_("Task"),
}
