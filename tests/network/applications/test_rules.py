"""The steps of an application, and what they do to a membership."""

import pytest

from kernel.errors import Refused
from kernel.identity.models import Membership
from network.applications.rules import (
    DECIDED,
    MEMBERSHIPS,
    NEXT,
    STATE_LABELS,
    STEP_LABELS,
    ApplicationState,
    check_new_member,
    check_step,
)
from network.members.rules import next_memberships

POSSIBLE = [(before, after) for before, steps in NEXT.items() for after in steps]


@pytest.mark.parametrize(("before", "after"), POSSIBLE)
def test_an_application_takes_the_steps_of_its_life(before, after):
    check_step(before, after, "The meeting of 3 March.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (before, after)
        for before in ApplicationState
        for after in ApplicationState
        if (before, after) not in POSSIBLE
    ],
)
def test_an_application_takes_no_other_step(before, after):
    with pytest.raises(Refused) as refused:
        check_step(before, after, "The meeting of 3 March.")
    assert refused.value.field == "step"


@pytest.mark.parametrize("decision", sorted(DECIDED))
def test_a_decision_needs_its_reason(decision):
    with pytest.raises(Refused) as refused:
        check_step(ApplicationState.CONSIDERED, decision, "")
    assert refused.value.field == "reason"


def test_considering_needs_none():
    check_step(ApplicationState.RECEIVED, ApplicationState.CONSIDERED, "")


@pytest.mark.parametrize(("membership", "text"), [("applied", "Another"), ("active", "already"),
                                                  ("suspended", "already")])  # fmt: skip
def test_who_is_a_member_or_applies_already_applies_no_more(membership, text):
    with pytest.raises(Refused, match=text):
        check_new_member(membership)


@pytest.mark.parametrize("membership", [None, "left"])
def test_who_is_new_or_left_may_apply(membership):
    check_new_member(membership)


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in POSSIBLE if pair[0] is ApplicationState.CONSIDERED]
)
def test_a_step_of_an_application_is_one_of_the_membership(before, after):
    assert MEMBERSHIPS[after] in next_memberships(MEMBERSHIPS[before], by_application=True)
    assert set(MEMBERSHIPS.values()) <= set(Membership)


def test_every_state_has_its_words():
    assert set(STATE_LABELS) == set(ApplicationState)
    assert set(STEP_LABELS) == {after for _, after in POSSIBLE}
