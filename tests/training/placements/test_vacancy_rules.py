"""When a vacancy closes, and what an officer's form makes of its rules."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from training.placements.rules.eligibility import Kind
from training.placements.rules.terms import Terms
from training.placements.rules.vacancies import (
    NEXT_STATES,
    VacancyState,
    closing_moment,
    is_over,
    written_deadline,
)

DAY = date(2027, 3, 12)
TERMS = Terms("Electoral professional", "About it.", 12, DAY, "Europe/London", employment=True)


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (DAY, None, "Europe/London", "2027-03-12T23:59:59.999999"),
        (DAY, None, "Pacific/Kiritimati", "2027-03-12T09:59:59.999999"),
        (DAY, None, "America/Jamaica", "2027-03-13T04:59:59.999999"),
        (date(2027, 7, 1), None, "Europe/London", "2027-07-01T22:59:59.999999"),
        (DAY, time(17), "Africa/Nairobi", "2027-03-12T14:00:00"),
        (DAY, time(0), "Asia/Kathmandu", "2027-03-11T18:15:00"),
        # Clocks go back at two: half past one comes twice, and the later one counts.
        (date(2027, 10, 31), time(1, 30), "Europe/London", "2027-10-31T01:30:00"),
    ],
)
def test_a_deadline_without_a_time_is_the_end_of_that_local_day(day, at, zone, utc):
    assert closing_moment(day, at, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused_at_its_field():
    with pytest.raises(Refused, match="skip") as refused:
        closing_moment(date(2027, 3, 28), time(1, 30), "Europe/London")
    assert refused.value.field == "closes_time"


def test_a_vacancy_is_over_from_its_very_moment():
    closes = closing_moment(DAY, time(17), "UTC")
    assert is_over(closes, closes)
    assert not is_over(closes, closes.replace(hour=16, minute=59, second=59))


def test_the_deadline_is_written_with_its_zone():
    closes = closing_moment(DAY, None, "Europe/London")
    assert written_deadline(closes, "Europe/London") == "2027-03-12 23:59 (Europe/London)"


def test_what_is_left_empty_is_no_rule():
    assert [rule.kind for rule in TERMS.rules()] == [Kind.EMPLOYMENT]
    everything = Terms(
        "T", "S", 6, DAY, "UTC", None, True, ("gaborone",), ("Law",), experience=True
    )
    assert [rule.kind for rule in everything.rules()] == list(Kind)


def test_a_vacancy_without_any_rule_is_refused():
    with pytest.raises(Refused, match="at least one rule"):
        Terms("T", "S", 6, DAY, "UTC").rules()


@given(
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["UTC", "Pacific/Kiritimati", "America/Jamaica", "Asia/Kathmandu"]),
    st.booleans(),
    st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)
def test_terms_are_read_back_as_they_were_entered(at, zone, experience, events):
    entered = Terms("T", "S", 6, DAY, zone, at, True, events, ("Law",), experience)
    moment = closing_moment(DAY, at, zone)
    assert Terms.of("T", "S", 6, moment, zone, entered.rules()) == entered


def test_nothing_leads_back_from_what_was_published():
    later = set(VacancyState) - {VacancyState.DRAFT, VacancyState.APPROVED}
    assert all(NEXT_STATES[state] <= later for state in later)
