"""Whom an audience names, how acknowledgements are counted, when reminders come."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from network.announcements.rules import (
    Audience,
    Content,
    Match,
    PersonFacts,
    Tally,
    Text,
    Told,
    check_content,
    check_only_group,
    chosen,
    meets,
    reminder_is_due,
    tally,
    text_for,
)

ONE, TWO = UUID(int=1), UUID(int=2)
GROUP, OTHER = UUID(int=11), UUID(int=12)
SOLOMONS = PersonFacts(UUID(int=21), ONE, "Pacific", frozenset({"focal_point"}), frozenset({GROUP}))
GHANA = PersonFacts(UUID(int=22), TWO, "Africa", frozenset({"head"}), frozenset())
SAMOA = PersonFacts(UUID(int=23), UUID(int=3), "Pacific", frozenset(), frozenset({OTHER}))
EVERYONE = (SOLOMONS, GHANA, SAMOA)


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience(), ()),
        (Audience(everybody=True), EVERYONE),
        (Audience(regions=("Pacific",)), (SOLOMONS, SAMOA)),
        (Audience(regions=("Pacific", "Africa")), EVERYONE),  # either of two regions
        (Audience(functions=("head", "focal_point")), (SOLOMONS, GHANA)),
        (Audience(group_ids=(GROUP,)), (SOLOMONS,)),
        (Audience(organisation_ids=(TWO,)), (GHANA,)),
        (Audience(regions=("Pacific",), functions=("focal_point",)), (SOLOMONS,)),
        (
            Audience(match=Match.ANY, regions=("Africa",), functions=("focal_point",)),
            (SOLOMONS, GHANA),
        ),
        (Audience(regions=("Africa",), group_ids=(GROUP,)), ()),
        (Audience(match=Match.ANY, regions=("Africa",), group_ids=(OTHER,)), (GHANA, SAMOA)),
    ],
)
def test_an_audience_is_who_meets_its_conditions(audience, people):
    assert chosen(audience, EVERYONE) == list(people)


@given(
    st.sets(st.sampled_from(["Pacific", "Africa"])),
    st.sets(st.sampled_from(["head", "focal_point"])),
    st.sampled_from(EVERYONE),
)
def test_who_meets_every_condition_meets_at_least_one(regions, functions, facts):
    named = {"regions": tuple(regions), "functions": tuple(functions)}
    if meets(Audience(match=Match.ALL, **named), facts):
        assert meets(Audience(match=Match.ANY, **named), facts)


def test_somebody_with_two_organisations_is_told_once_and_for_the_one_she_speaks_for():
    plain = PersonFacts(SOLOMONS.person_id, TWO, "Africa")
    assert chosen(Audience(everybody=True), [plain, SOLOMONS]) == [SOLOMONS]
    assert chosen(Audience(everybody=True), [SOLOMONS, plain]) == [SOLOMONS]


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ([], Tally()),
        ([Told(ONE, True, False), Told(ONE, False, False)], Tally(2, 0, 1, 0, 0)),
        ([Told(ONE, True, False), Told(ONE, False, True)], Tally(2, 1, 1, 0, 1)),
        ([Told(ONE, True, True), Told(TWO, False, True)], Tally(2, 2, 2, 1, 2)),
        ([Told(ONE, True, True), Told(ONE, True, True)], Tally(2, 2, 1, 1, 1)),
    ],
)
def test_an_organisation_counts_by_its_focal_point_and_by_anybody(told, counted):
    assert tally(told) == counted


DUE = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("today", "reminded", "due"),
    [
        (date(2027, 3, 9), None, False),
        (date(2027, 3, 10), None, True),
        (date(2027, 3, 11), date(2027, 3, 10), False),
        (date(2027, 3, 12), date(2027, 3, 10), True),
        (date(2027, 3, 12), date(2027, 3, 12), False),
        (date(2027, 3, 13), date(2027, 3, 12), False),
        (date(2027, 3, 19), date(2027, 3, 12), True),
        (date(2027, 3, 19), date(2027, 3, 10), True),
        (date(2027, 3, 25), date(2027, 3, 19), False),
        (date(2027, 3, 26), date(2027, 3, 19), True),
    ],
)
def test_reminders_come_two_days_before_on_the_day_and_then_weekly(today, reminded, due):
    assert reminder_is_due(DUE, today, reminded) is due


def test_a_reader_gets_her_language_else_the_first():
    texts = [Text("en", "Ink", ""), Text("fr", "Encre", "")]
    assert text_for("fr", texts).title == "Encre"
    assert text_for("ar", texts).title == "Ink"


ALL = Audience(everybody=True)
ENGLISH = (Text("en", "Ink", "It dries."),)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (Content(ENGLISH, Audience()), "everybody"),
        (Content(ENGLISH, Audience(everybody=True, regions=("Africa",))), "everybody"),
        (Content(ENGLISH * 2, ALL), "language_2"),
        (Content(ENGLISH, ALL, must_acknowledge=True), "due_on"),
        (Content(ENGLISH, ALL, True, date(2027, 3, 1)), "due_on"),
        (Content(ENGLISH, ALL, True, DUE, date(2027, 3, 11)), "expires_on"),
        (Content(ENGLISH, ALL, expires_on=date(2027, 3, 1)), "expires_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(content, field):
    with pytest.raises(Refused) as refused:
        check_content(content, date(2027, 3, 2))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "audience",
    [
        Audience(everybody=True),
        Audience(regions=("Africa",), group_ids=(GROUP,)),
        Audience(group_ids=(OTHER,)),
        Audience(group_ids=(GROUP,), functions=("head",), match=Match.ANY),
        Audience(functions=("head",)),
    ],
)
def test_a_chair_tells_nobody_but_her_group(audience):
    check_only_group(Audience(group_ids=(GROUP,)), [GROUP])
    check_only_group(Audience(group_ids=(GROUP,), functions=("head",)), [GROUP])
    with pytest.raises(Refused):
        check_only_group(audience, [GROUP])
