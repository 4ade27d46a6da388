"""States, regions and thresholds of workshops."""

from fractions import Fraction

import pytest

from kernel.errors import Refused
from training.workshops.rules import (
    NextStep,
    WorkshopState,
    check_state,
    check_threshold,
    means_whole_network,
    next_step,
    region_among,
)

REGIONS = ["Africa", "Caribbean and Americas"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("draft", "draft"),
        ("draft", "call_open"),
        ("draft", "delivered"),
        ("confirmed", "cancelled"),
        ("delivered", "reported"),
        ("cancelled", "cancelled"),
    ],
)
def test_a_workshop_moves_on_or_is_cancelled_before_it_is_delivered(before, after):
    check_state(WorkshopState(before), WorkshopState(after), locked=False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("delivered", "draft"),
        ("delivered", "cancelled"),
        ("reported", "delivered"),
        ("cancelled", "draft"),
    ],
)
def test_a_workshop_does_not_go_back(before, after):
    with pytest.raises(Refused) as refused:
        check_state(WorkshopState(before), WorkshopState(after), locked=False)
    assert refused.value.field == "state"


def test_a_workshop_whose_attendance_is_locked_is_not_cancelled_and_moves_on():
    check_state(WorkshopState.CONFIRMED, WorkshopState.DELIVERED, locked=True)
    with pytest.raises(Refused, match="took part") as refused:
        check_state(WorkshopState.CONFIRMED, WorkshopState.CANCELLED, locked=True)
    assert refused.value.field == "state"


def test_the_threshold_changes_only_before_attendance_is_locked():
    four_fifths, half = Fraction(4, 5), Fraction(1, 2)
    check_threshold(four_fifths, half, locked=False)
    check_threshold(four_fifths, Fraction(8, 10), locked=True)
    with pytest.raises(Refused) as refused:
        check_threshold(four_fifths, half, locked=True)
    assert refused.value.field == "threshold"


@pytest.mark.parametrize("text", ["Pan-Commonwealth", "pan commonwealth", "Tout le Réseau"])
def test_pan_commonwealth_is_no_region(text):
    assert means_whole_network(text)


@pytest.mark.parametrize(
    ("text", "known", "region"),
    [
        ("africa", REGIONS, "Africa"),
        ("Caribbean & Americas", REGIONS, None),
        ("Afrika", REGIONS, None),
        ("Anywhere", [], "Anywhere"),
    ],
)
def test_a_region_is_one_of_the_network_where_it_has_any(text, known, region):
    assert region_among(text, known) == region


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ((0, 0, True, False, False), NextStep.IMPORT_AGENDA),
        ((8, 0, False, False, False), NextStep.IMPORT_PARTICIPANTS),
        ((8, 29, False, False, False), None),
        ((8, 29, True, False, False), NextStep.LOCK_ATTENDANCE),
        ((8, 29, True, True, False), NextStep.ISSUE_CERTIFICATES),
        ((8, 29, True, True, True), None),
    ],
)
def test_an_officer_is_told_the_next_step(facts, step):
    names = ("sessions", "participants", "ended", "locked", "issued")
    assert next_step(**dict(zip(names, facts, strict=True))) is step
