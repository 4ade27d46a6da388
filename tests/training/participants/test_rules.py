"""What attendance amounts to."""

from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.values.outcomes import Outcome
from training.participants.rules import (
    Gender,
    Known,
    Row,
    Standing,
    Tally,
    parse_minutes,
    parse_rows,
    plan_import,
    tally_by_gender,
)
from training.workshops.rules import DEFAULT_THRESHOLD

AGENDA = (90, 180, 180, 120, 180, 120, 240, 90)


def attended(*minutes):
    return Standing(sum(minutes), sum(AGENDA), DEFAULT_THRESHOLD)


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
    assert not Standing(0, 0, DEFAULT_THRESHOLD).earned


@given(
    scheduled=st.integers(1, 5000),
    share=st.fractions(Fraction(1, 100), 1, max_denominator=100),
)
def test_needed_is_the_fewest_minutes_that_earn(scheduled, share):
    needed = Standing(0, scheduled, share).needed
    assert Standing(needed, scheduled, share).earned
    assert not Standing(needed - 1, scheduled, share).earned


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


@pytest.mark.parametrize(
    ("text", "rows"),
    [("", set()), ("32", {32}), ("32, 34,32", {32, 34})],
)
def test_rows_to_leave_out_are_numbers_with_commas(text, rows):
    assert parse_rows(text) == rows


@pytest.mark.parametrize("text", ["all", "32;34", "1.5", "-2", "123456", "32,"])
def test_anything_else_names_no_rows(text):
    with pytest.raises(Refused) as refused:
        parse_rows(text)
    assert refused.value.field == "leave_out"


def test_every_gender_is_counted_even_when_nobody_declared_it():
    people = [
        ("female", attended(*AGENDA)),
        ("female", attended(1, 0, 0, 0, 0, 0, 0, 0)),
        ("not_declared", attended(*(0,) * 8)),
    ]
    assert tally_by_gender(people) == {
        Gender.FEMALE: Tally(earned=1, took_part=1),
        Gender.MALE: Tally(),
        Gender.OTHER: Tally(),
        Gender.NOT_DECLARED: Tally(absent=1),
    }


@given(st.lists(st.integers(0, 1200)))
def test_everybody_is_counted_once(minutes):
    assert Tally.of(Standing(each, 1200, Fraction(4, 5)) for each in minutes).everybody == len(
        minutes
    )


NEEMA, OTIENO = uuid4(), uuid4()
ON_THE_LIST = Known(uuid4(), NEEMA, "neema@example.org", {"name": "Neema", "minutes": 90})


def row(number, address, **given):
    return Row(number, address, {"name": "Neema", **given})


@pytest.mark.parametrize(
    ("sent", "people", "outcome", "known", "person_id"),
    [
        (row(2, "new@example.org"), {}, Outcome.CREATED, None, None),
        (row(2, "o@example.org"), {"o@example.org": OTIENO}, Outcome.CREATED, None, OTIENO),
        (row(2, "neema@example.org"), {}, Outcome.UNCHANGED, ON_THE_LIST, NEEMA),
        (row(2, "neema@example.org", minutes=45), {}, Outcome.UPDATED, ON_THE_LIST, NEEMA),
        # The participant of an address stays the same person whoever else uses it.
        (
            row(2, "neema@example.org"),
            {"neema@example.org": OTIENO},
            Outcome.UNCHANGED,
            ON_THE_LIST,
            NEEMA,
        ),
        # Known under another address: it is she.
        (row(2, "n@example.org"), {"n@example.org": NEEMA}, Outcome.UNCHANGED, ON_THE_LIST, NEEMA),
    ],
)
def test_a_row_is_about_the_participant_of_its_address_or_the_person_known_there(
    sent, people, outcome, known, person_id
):
    [step], repeats = plan_import([sent], [ON_THE_LIST], people)
    assert (step.does.outcome, step.known, step.person_id) == (outcome, known, person_id)
    assert repeats == []


def test_two_rows_about_one_person_are_told_with_the_earlier_row():
    rows = [row(2, "neema@example.org"), row(3, "n@example.org"), row(4, "new@example.org")]
    steps, repeats = plan_import(rows, [ON_THE_LIST], {"n@example.org": NEEMA})
    assert [step.row for step in steps] == [2, 4]
    assert repeats == [(3, 2)]
