"""What attendance amounts to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.participants.rules import Attended, parse_minutes, standing

AGENDA = (90, 180, 180, 120, 180, 120, 240, 90)


def attended(*minutes):
    return standing(Attended(m, s) for m, s in zip(minutes, AGENDA, strict=True))


@pytest.mark.parametrize(
    ("minutes", "took_part", "earned"),
    [
        ((90, 180, 180, 120, 180, 120, 240, 90), True, True),
        ((90, 180, 180, 120, 180, 120, 90, 0), True, True),  # 960 of 1,200: four fifths
        ((90, 180, 180, 120, 180, 120, 89, 0), True, False),  # 959
        ((1, 0, 0, 0, 0, 0, 0, 0), True, False),
        ((0,) * 8, False, False),
    ],
)
def test_participation_needs_a_minute_and_a_certificate_four_fifths(minutes, took_part, earned):
    result = attended(*minutes)
    assert (result.scheduled, result.took_part, result.earned) == (1200, took_part, earned)


def test_nothing_scheduled_earns_nothing():
    assert not standing([]).earned


@given(
    scheduled=st.integers(1, 5000),
    share=st.fractions(Fraction(1, 100), 1, max_denominator=100),
)
def test_needed_is_the_fewest_minutes_that_earn(scheduled, share):
    needed = standing([Attended(0, scheduled)], share).needed
    assert standing([Attended(needed, scheduled)], share).earned
    assert not standing([Attended(needed - 1, scheduled)], share).earned


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("180 min", 180),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("2 hours", 120),
        ("1:30", 90),
        ("0", 0),
        ("-30", None),
        ("1h75", None),
        ("12.5", None),
        ("ninety", None),
        ("", None),
    ],
)
def test_minutes_are_read_as_offices_write_them(text, minutes):
    assert parse_minutes(text) == minutes
