"""What states of nominations, steps and days are called, as messages to translate."""

from collections.abc import Mapping
from typing import Final

from kernel.errors import N_, P_
from missions.roster.rules import Freedom, NominationState

STATES: Final[Mapping[str, str]] = {
    NominationState.NOMINATED: N_("Nominated"),
    NominationState.SHORTLISTED: N_("Shortlisted"),
    NominationState.SELECTED: N_("Selected"),
    NominationState.RESERVE: N_("Reserve"),
    NominationState.REJECTED: N_("Rejected"),
    NominationState.ACCEPTED: P_("nomination", "Accepted"),
    NominationState.WITHDRAWN: P_("nomination", "Withdrawn"),
}
STEPS: Final[Mapping[str, str]] = {
    NominationState.SHORTLISTED: N_("Shortlist"),
    NominationState.SELECTED: N_("Select"),
    NominationState.RESERVE: N_("Put on reserve"),
    NominationState.REJECTED: N_("Reject"),
    NominationState.ACCEPTED: N_("Has accepted"),
    NominationState.WITHDRAWN: N_("Withdraw"),
}
"""The buttons that lead to a state."""
KINDS: Final[Mapping[str, str]] = {
    NominationState.NOMINATED: "",
    NominationState.SHORTLISTED: "info",
    NominationState.SELECTED: "ok",
    NominationState.RESERVE: "warn",
    NominationState.REJECTED: "bad",
    NominationState.ACCEPTED: "ok",
    NominationState.WITHDRAWN: "",
}
"""The colours of tags."""
FREEDOM: Final[Mapping[str, str]] = {
    Freedom.WHOLE: N_("Free on all these days"),
    Freedom.PART: N_("Free on some of these days"),
    Freedom.NOT: N_("Not free on these days"),
    Freedom.UNKNOWN: N_("Has not said when"),
}
FREEDOM_KINDS: Final[Mapping[str, str]] = {
    Freedom.WHOLE: "ok",
    Freedom.PART: "warn",
    Freedom.NOT: "bad",
    Freedom.UNKNOWN: "",
}
GENDERS: Final[Mapping[str, str]] = {
    "female": N_("Women"),
    "male": N_("Men"),
    "other": N_("Another gender"),
    "not_declared": N_("Not declared"),
}
