"""What kinds, states and findings are called, as messages to translate."""

from typing import Final

from kernel.errors import N_, P_
from missions.missions.rules import (
    Ending,
    Finding,
    InvitationState,
    MissionKind,
    MissionState,
    Precision,
)

KINDS: Final = {
    MissionKind.OBSERVATION: N_("Observation"),
    MissionKind.ASSESSMENT: N_("Assessment"),
    MissionKind.EXPERT_TEAM: N_("Expert team"),
    MissionKind.ADVANCE: N_("Advance team"),
}
STATES: Final = {
    MissionState.PROPOSED: N_("Proposed"),
    MissionState.ASSESSING: N_("Being assessed"),
    MissionState.APPROVED: P_("mission", "Approved"),
    MissionState.RECRUITING: N_("Recruiting"),
    MissionState.DEPLOYED: N_("Deployed"),
    MissionState.REPORTING: N_("Reporting"),
    MissionState.CLOSED: P_("mission", "Closed"),
    MissionState.CANCELLED: P_("mission", "Cancelled"),
    MissionState.DOWNSIZED: N_("Downsized"),
}
INVITATION_STATES: Final = {
    InvitationState.NONE: N_("No invitation yet"),
    InvitationState.REQUESTED: N_("Requested"),
    InvitationState.RECEIVED: N_("Received in writing"),
    InvitationState.ACCEPTED: P_("invitation", "Accepted"),
    InvitationState.DECLINED: P_("invitation", "Declined"),
}
ENDINGS: Final = {
    Ending.CANCELLED: N_("The mission is cancelled"),
    Ending.DOWNSIZED: N_("The mission is downsized: a smaller one is proposed in its place"),
}
FINDINGS: Final = {
    Finding.FAVOURABLE: N_("A mission is advised"),
    Finding.CONDITIONAL: N_("A mission is advised on conditions"),
    Finding.UNFAVOURABLE: N_("A mission is not advised"),
}
PRECISIONS: Final = {
    Precision.DAY: N_("The day is fixed"),
    Precision.MONTH: N_("Only the month is known"),
    Precision.YEAR: N_("Only the year is known"),
}
