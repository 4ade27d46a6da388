"""What states, genders and purposes are called, as messages to translate."""

from collections.abc import Mapping
from typing import Final

from kernel.errors import N_, P_
from kernel.questions.credentials import Purpose
from training.alumni.rules import RecordState

STATES: Final[Mapping[str, str]] = {
    RecordState.INVITED: N_("Not confirmed yet"),
    RecordState.ACTIVE: P_("alumni record", "Active"),
    RecordState.DORMANT: N_("Dormant"),
    RecordState.ERASED: N_("Erased"),
}
GENDERS: Final = {
    "female": N_("Women"),
    "male": N_("Men"),
    "other": N_("Another gender"),
    "not_declared": N_("Not declared"),
}
"""The headings of counts."""
GENDER_OF_ONE: Final = {
    "female": N_("Female"),
    "male": N_("Male"),
    "other": N_("Other"),
    "not_declared": N_("Not declared"),
}
CERTIFICATES: Final[Mapping[str, str]] = {
    "issued": N_("Issued"),
    "suspended": P_("certificate", "Suspended"),
    "revoked": N_("Revoked"),
    "superseded": N_("Replaced"),
}
PURPOSES: Final = {
    Purpose.MISSIONS: N_("May mission planners find you and see your training and availability?"),
}
"""What each purpose asks of the person."""
ALLOWED: Final[Mapping[str, str]] = {Purpose.MISSIONS: N_("Mission planners")}
"""Whom each purpose lets find her."""
