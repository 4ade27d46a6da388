import datetime
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.periods import Period, end_of_day

MONDAY = date(2026, 3, 2)

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    return Period.of_days(draw(days), draw(st.integers(1, 400)))


@pytest.mark.parametrize(
    ("end", "length", "nights"),
    [(MONDAY, 1, 0), (date(2026, 3, 4), 3, 2), (date(2026, 4, 1), 31, 30)],
)
def test_days_include_both_ends_and_nights_are_one_fewer(
    end: date, length: int, nights: int
) -> None:
    period = Period(MONDAY, end)
    assert (period.days, period.nights) == (length, nights)
    assert Period.of_days(MONDAY, length) == period


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(MONDAY, date(2026, 3, 1))
    with pytest.raises(ValueError, match="before it starts"):
        Period.of_days(MONDAY, 0)


def test_a_period_is_made_of_days_not_moments() -> None:
    with pytest.raises(TypeError):
        Period(MONDAY, datetime.datetime(2026, 3, 4, tzinfo=UTC))


@given(periods())
def test_a_period_lists_exactly_its_days(period: Period) -> None:
    listed = list(period)
    assert len(listed) == period.days
    assert all(day in period for day in listed)
    assert period.start - datetime.timedelta(days=1) not in period
    assert period.end + datetime.timedelta(days=1) not in period


@given(periods(), periods())
def test_overlap_is_the_days_in_common(one: Period, other: Period) -> None:
    common = one.overlap(other)
    assert set(common or ()) == set(one) & set(other)
    assert common == other.overlap(one)


@given(periods(), st.integers(-500, 500))
def test_shifting_there_and_back_changes_nothing(period: Period, by: int) -> None:
    shifted = period.shifted(by)
    assert shifted.days == period.days
    assert (shifted.start - period.start).days == by
    assert shifted.shifted(-by) == period


@pytest.mark.parametrize(
    ("day", "zone", "over"),
    [
        (date(2026, 3, 2), "UTC", "2026-03-03T00:00"),
        (date(2026, 3, 2), "Pacific/Funafuti", "2026-03-02T12:00"),
        (date(2026, 3, 2), "America/Jamaica", "2026-03-03T05:00"),
        (date(2026, 3, 28), "Europe/London", "2026-03-29T00:00"),
        (date(2026, 3, 29), "Europe/London", "2026-03-29T23:00"),
        # Beirut puts its clocks from 00:00 to 01:00, so that midnight does not exist.
        (date(2026, 3, 28), "Asia/Beirut", "2026-03-28T22:00"),
        # Samoa skipped 30 December 2011 at the date line.
        (date(2011, 12, 29), "Pacific/Apia", "2011-12-30T10:00"),
    ],
)
def test_a_day_is_over_at_the_local_midnight_that_ends_it(day: date, zone: str, over: str) -> None:
    assert end_of_day(day, zone) == datetime.datetime.fromisoformat(over).replace(tzinfo=UTC)
