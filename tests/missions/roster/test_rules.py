"""Who may go on a mission: worked cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.values.periods import Period
from missions.missions.phases import PHASES
from missions.missions.rules import MissionKind
from missions.roster.rules import (
    ENDED,
    IN_THE_COUNTRY,
    NEXT,
    OBSERVING,
    PLACED,
    Freedom,
    NominationState,
    freedom,
    observes_own_country,
    require_independent,
    require_removable,
    stepped,
    time_in_country,
)


def days(first, last):
    return Period(date(2027, 3, first), date(2027, 3, last))


@pytest.mark.parametrize(
    ("kind", "country", "own", "refused"),
    [
        ("observation", "SB", ("TZ",), False),
        ("observation", "SB", ("SB",), True),
        ("observation", "SB", ("TZ", "SB"), True),  # one of several is enough
        ("assessment", "SB", ("SB",), True),
        ("advance", "SB", ("SB",), True),
        ("expert_team", "SB", ("SB",), False),  # experts advise
    ],
)
def test_nobody_observes_their_own_country(kind, country, own, refused):
    assert observes_own_country(kind, country, own) is refused
    if not refused:
        require_independent(kind, country, own)
        return
    with pytest.raises(Refused, match="own country"):
        require_independent(kind, country, own)


def test_somebody_of_unknown_origin_is_refused_for_observing_only():
    require_independent("expert_team", "SB", ())
    with pytest.raises(Refused, match="not on record"):
        require_independent("observation", "SB", ())


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ([], Freedom.UNKNOWN),
        ([days(6, 20)], Freedom.WHOLE),
        ([days(1, 31)], Freedom.WHOLE),
        ([days(6, 19)], Freedom.PART),
        ([days(7, 31)], Freedom.PART),
        ([days(1, 8), days(10, 31)], Freedom.PART),
        ([days(1, 5)], Freedom.NOT),
        ([days(21, 31)], Freedom.NOT),
    ],
)
def test_free_days_are_told_as_far_as_they_were_stated(stated, said):
    assert freedom(stated, days(6, 20)) is said


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(1, 10))
def test_whole_part_and_not_agree_with_counting_days(free, start, length):
    first = date(2027, 1, 1)
    wanted = Period.of_days(first + timedelta(start), length)
    stated, run = [], None
    for number in range(43):
        if number in free:
            run = number if run is None else run
        elif run is not None:
            stated.append(Period(first + timedelta(run), first + timedelta(number - 1)))
            run = None
    hit = sum(1 for day in wanted if (day - first).days in free)
    expected = {0: Freedom.NOT, wanted.days: Freedom.WHOLE}.get(hit, Freedom.PART)
    assert freedom(stated, wanted) is (expected if free else Freedom.UNKNOWN)


@pytest.mark.parametrize("before", NominationState)
@pytest.mark.parametrize("after", NominationState)
def test_only_the_steps_of_the_table_can_be_taken(before, after):
    if after in NEXT[before]:
        assert stepped(before, after) is after
        return
    with pytest.raises(Refused):
        stepped(before, after)


def test_ended_nominations_lead_nowhere_and_everybody_else_can_withdraw():
    for state in NominationState:
        assert (NominationState.WITHDRAWN in NEXT[state]) is (state not in ENDED)
    assert {before for before, after in NEXT.items() if PLACED & set(after)} == {
        NominationState.SHORTLISTED,
        NominationState.RESERVE,
        NominationState.SELECTED,
    }


def test_only_what_nobody_decided_on_can_be_removed():
    require_removable(NominationState.NOMINATED)
    for state in set(NominationState) - {NominationState.NOMINATED}:
        with pytest.raises(Refused):
            require_removable(state)


def test_every_kind_of_mission_has_its_time_in_the_country():
    assert set(MissionKind) >= OBSERVING
    polling_day = date(2027, 3, 14)
    expected = {
        MissionKind.OBSERVATION: days(6, 20),
        MissionKind.ASSESSMENT: Period(date(2026, 11, 14), date(2026, 11, 20)),
        MissionKind.EXPERT_TEAM: Period(date(2027, 2, 28), date(2027, 3, 21)),
        MissionKind.ADVANCE: Period(date(2027, 2, 21), date(2027, 3, 5)),
    }
    for kind, phases in PHASES.items():
        by_key = {phase.key: phase.on(polling_day) for phase in phases}
        assert set(by_key) & set(IN_THE_COUNTRY)
        assert time_in_country(by_key) == expected[kind]
    assert time_in_country({}) is None
