"""The phases of a mission by kind: how many days from polling day each begins and ends.

Versioned data. A mission keeps the days it was created with, and a planner may change them on the
mission, so a new edition never moves a mission that already exists. The figures are this product's
planning assumptions for small missions of short-term observers, not a rule of any network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from kernel.errors import N_, Refused
from kernel.values.periods import Period
from missions.missions.rules import MissionKind

EDITION: Final = "2026-1"


@dataclass(frozen=True)
class PhaseDays:
    """A phase as signed days from polling day, both ends included: -8 is eight days before it.

    Raises Refused when it ends before it begins.
    """

    key: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                N_("Enter a last day that is not before the first day."), field="last_day"
            )

    @property
    def name(self) -> str:
        """What the phase is called, as a message to translate."""
        return PHASE_NAMES[self.key]

    def on(self, polling_day: date) -> Period:
        """The dates of the phase around a polling day."""
        return Period(
            polling_day + timedelta(days=self.first), polling_day + timedelta(days=self.last)
        )


PHASE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "preparation": N_("Preparation"),
        "advance_team": N_("Advance team in the country"),
        "assessment_visit": N_("Assessment visit"),
        "deployment": N_("Mission in the country"),
        "reporting": N_("Reporting"),
    }
)
"""What each phase is called, as a message to translate."""

_OBSERVATION: Final = (
    PhaseDays("preparation", -90, -22),
    PhaseDays("advance_team", -21, -9),
    PhaseDays("deployment", -8, 6),
    PhaseDays("reporting", 7, 60),
)

PHASES: Final[Mapping[MissionKind, tuple[PhaseDays, ...]]] = MappingProxyType(
    {
        MissionKind.OBSERVATION: _OBSERVATION,
        MissionKind.ASSESSMENT: (
            PhaseDays("preparation", -150, -121),
            PhaseDays("assessment_visit", -120, -114),
            PhaseDays("reporting", -113, -92),
        ),
        MissionKind.EXPERT_TEAM: (
            PhaseDays("preparation", -60, -15),
            PhaseDays("deployment", -14, 7),
            PhaseDays("reporting", 8, 45),
        ),
        MissionKind.ADVANCE: (
            PhaseDays("preparation", -60, -22),
            PhaseDays("advance_team", -21, -9),
        ),
    }
)
"""The phases a new mission of each kind begins with, in order."""
