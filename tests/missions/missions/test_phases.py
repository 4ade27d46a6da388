from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.periods import Period
from missions.missions.phases import PHASE_NAMES, PHASES
from missions.missions.rules import MissionKind


@pytest.mark.parametrize(
    ("key", "period"),
    [
        ("preparation", Period(date(2026, 3, 16), date(2026, 5, 23))),
        ("advance_team", Period(date(2026, 5, 24), date(2026, 6, 5))),
        ("deployment", Period(date(2026, 6, 6), date(2026, 6, 20))),
        ("reporting", Period(date(2026, 6, 21), date(2026, 8, 13))),
    ],
)
def test_phases_of_an_observation_lie_around_polling_day(key: str, period: Period) -> None:
    [phase] = [phase for phase in PHASES[MissionKind.OBSERVATION] if phase.key == key]
    assert phase.on(date(2026, 6, 14)) == period


@pytest.mark.parametrize("kind", MissionKind)
def test_every_kind_of_mission_begins_with_phases_that_follow_one_another(
    kind: MissionKind,
) -> None:
    phases = PHASES[kind]
    assert all(phase.first <= phase.last for phase in phases)
    assert all(after.first > before.last for before, after in pairwise(phases))
    assert {phase.key for phase in phases} <= set(PHASE_NAMES)


@given(st.sampled_from(MissionKind), st.dates(date(1995, 1, 1), date(2090, 1, 1)))
def test_a_phase_is_as_long_around_every_polling_day(kind: MissionKind, polling_day: date) -> None:
    for phase in PHASES[kind]:
        assert phase.on(polling_day).days == phase.last - phase.first + 1
