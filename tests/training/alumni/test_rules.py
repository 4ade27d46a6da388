"""What alumni state themselves: periods joined so that no day is stated twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.values.periods import Period
from training.alumni.rules import Merged, RecordState, awakened, future_period, merged

TODAY = date(2026, 11, 22)


def days(first, last):
    return Period(date(2027, 3, first), date(2027, 3, last))


@pytest.mark.parametrize(
    ("stated", "added", "whole", "replaced"),
    [
        ([], days(5, 9), days(5, 9), ()),
        ([days(1, 3)], days(5, 9), days(5, 9), ()),  # the fourth stays free
        ([days(1, 4)], days(5, 9), days(1, 9), (days(1, 4),)),  # adjoins
        ([days(10, 12)], days(5, 9), days(5, 12), (days(10, 12),)),
        ([days(6, 7)], days(5, 9), days(5, 9), (days(6, 7),)),  # inside
        ([days(1, 20)], days(5, 9), days(1, 20), (days(1, 20),)),  # stated already
        (
            [days(1, 5), days(9, 12), days(20, 22)],
            days(5, 9),
            days(1, 12),
            (days(1, 5), days(9, 12)),
        ),
    ],
)
def test_a_new_period_takes_in_what_it_overlaps_or_adjoins(stated, added, whole, replaced):
    assert merged(stated, added) == Merged(whole, replaced)


periods = st.builds(
    lambda start, length: Period.of_days(TODAY + timedelta(start), length),
    st.integers(0, 60),
    st.integers(1, 20),
)


@given(st.lists(periods, max_size=12))
def test_however_stated_the_same_days_remain_and_none_twice(added):
    kept = set()
    for period in added:
        joined = merged(kept, period)
        kept = kept - set(joined.replaced) | {joined.period}
    remaining = [day for period in kept for day in period]
    assert len(remaining) == len(set(remaining))
    assert set(remaining) == {day for period in added for day in period}
    for one in kept:  # a day between two periods, so that one row holds any run of days
        assert all(other.start - one.end != timedelta(1) for other in kept)


def test_days_that_begin_today_can_be_stated():
    assert future_period(TODAY, TODAY, today=TODAY) == Period(TODAY, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (TODAY - timedelta(1), TODAY + timedelta(5), "starts_on"),
        (TODAY + timedelta(5), TODAY + timedelta(4), "ends_on"),
    ],
)
def test_days_in_the_past_or_in_the_wrong_order_are_refused_at_their_field(first, last, field):
    with pytest.raises(Refused) as refused:
        future_period(first, last, today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "active"), ("active", "active"), ("dormant", "active"), ("erased", "erased")],
)
def test_a_record_is_active_once_its_person_says_something(before, after):
    assert awakened(RecordState(before)) == after
