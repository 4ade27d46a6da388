"""The verbs of missions: proposing one, recording what it stands on, taking it from state to state."""

from missions.missions.phases import PhaseDays
from missions.missions.rules import Precision
from missions.missions.service.events import MissionEnded
from missions.missions.service.grounds import (
    dossier_for_edit,
    letter_of,
    record_assessment,
    record_invitation,
    record_waiver,
)
from missions.missions.service.mission import (
    advance,
    create_mission,
    edit_mission,
    end_mission,
    may_plan,
    mission_for_edit,
    mission_phases,
    record_completion,
    require_current,
    require_plan,
    set_phase_days,
    set_polling_day,
)
from missions.missions.service.overview import Overview, overview
from missions.missions.words import PRECISIONS, STATES

__all__ = [
    "PRECISIONS",
    "STATES",
    "MissionEnded",
    "Overview",
    "PhaseDays",
    "Precision",
    "advance",
    "create_mission",
    "dossier_for_edit",
    "edit_mission",
    "end_mission",
    "letter_of",
    "may_plan",
    "mission_for_edit",
    "mission_phases",
    "overview",
    "record_assessment",
    "record_completion",
    "record_invitation",
    "record_waiver",
    "require_current",
    "require_plan",
    "set_phase_days",
    "set_polling_day",
]
