"""What an import would do, how an unnamed EMB is called, how a membership may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.identity.models import Membership
from kernel.values.countries import country_names
from kernel.values.outcomes import Outcome
from network.members.rules import (
    DECLINED,
    MEMBERSHIP_LABELS,
    Change,
    MemberRow,
    check_membership,
    matching_countries,
    member_sort_key,
    next_memberships,
    plan_import,
    step_label,
)

NAMES = country_names("en")
NAMIBIA = {
    "name": "Electoral Commission of Namibia",
    "name_is_fallback": False,
    "region": "Africa",
    "joined_year": 1990,
    "permanent": None,
    "micro_state": None,
    "languages": ["en"],
}


def plan(values, stored=None, country="NA"):
    existing = {} if stored is None else {country: stored}
    [step] = plan_import([MemberRow(2, country, values)], existing, NAMES)
    return step


def test_an_unknown_country_becomes_a_new_member_with_the_name_of_the_file():
    step = plan({"name": "Electoral Commission of Namibia", "region": "Africa"})
    assert (step.row, step.country, step.outcome) == (2, "NA", Outcome.CREATED)
    assert step.values["name"] == "Electoral Commission of Namibia"
    assert step.values["name_is_fallback"] is False


def test_a_new_member_without_a_name_gets_a_flagged_one_of_ours():
    step = plan({"region": "Pacific"}, country="TV")
    assert step.values["name"] == "Election management body of Tuvalu"
    assert step.values["name_is_fallback"] is True


def test_the_same_row_again_changes_nothing():
    step = plan({"name": NAMIBIA["name"], "region": "Africa", "joined_year": 1990}, NAMIBIA)
    assert (step.outcome, step.changes, dict(step.values)) == (Outcome.UNCHANGED, (), {})


def test_a_changed_value_is_told_with_what_it_was():
    step = plan({"name": NAMIBIA["name"], "region": "Southern Africa"}, NAMIBIA)
    assert step.outcome is Outcome.UPDATED
    assert step.changes == (Change("region", "Africa", "Southern Africa"),)
    assert dict(step.values) == {"region": "Southern Africa"}


def test_an_empty_cell_says_nothing_and_changes_nothing():
    assert plan({}, NAMIBIA).outcome is Outcome.UNCHANGED


def test_a_name_in_the_file_replaces_a_fallback_and_clears_its_flag():
    stored = {**NAMIBIA, "name": "Election management body of Namibia", "name_is_fallback": True}
    step = plan({"name": "Electoral Commission of Namibia"}, stored)
    assert dict(step.values) == {
        "name": "Electoral Commission of Namibia",
        "name_is_fallback": False,
    }


def test_a_confirmed_name_is_never_replaced_by_a_fallback():
    assert "name" not in plan({"region": "Elsewhere"}, NAMIBIA).values


def test_false_is_a_value_and_differs_from_not_known():
    assert plan({"micro_state": False}, NAMIBIA).changes == (Change("micro_state", None, False),)


facts = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(min_size=1),
        "region": st.text(min_size=1),
        "joined_year": st.integers(1900, 2026),
        "permanent": st.booleans(),
        "micro_state": st.booleans(),
    },
)


@given(facts, facts)
def test_importing_a_row_twice_leaves_nothing_to_do_the_second_time(first, again):
    created = plan(first)
    stored = {**NAMIBIA, **created.values}
    stored |= plan(again, stored).values
    assert plan(again, stored).outcome is Outcome.UNCHANGED


def test_members_sort_by_country_then_name():
    assert member_sort_key("Élections", "Côte d'Ivoire") == "cote d ivoire elections"


@pytest.mark.parametrize(("text", "code"), [("namib", "NA"), ("côte d", "CI"), ("cote d", "CI")])
def test_a_country_is_found_by_part_of_its_name(text, code):
    assert matching_countries(text, NAMES) == [code]


def test_no_words_match_no_country():
    assert matching_countries("  ", NAMES) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("active", "suspended"),
        ("suspended", "active"),
        ("active", "left"),
        ("suspended", "left"),
    ],
)
def test_a_membership_takes_the_steps_of_its_life(before, after):
    check_membership(after, next_memberships(before))


@pytest.mark.parametrize(
    ("before", "after"), [("applied", "active"), ("applied", "left"), ("left", "applied")]
)
def test_some_steps_are_those_of_an_application(before, after):
    check_membership(after, next_memberships(before, by_application=True))
    with pytest.raises(Refused):
        check_membership(after, next_memberships(before))


def test_no_application_suspends():
    assert next_memberships("active", by_application=True) == ()


def test_who_applied_and_was_refused_never_left():
    assert step_label("applied", "left") == DECLINED
    assert step_label("active", "left") == "Left"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("applied", "suspended"),
        ("active", "applied"),
        ("active", "active"),
        ("left", "active"),
        ("active", "nonsense"),
    ],
)
def test_a_membership_takes_no_other_step(before, after):
    with pytest.raises(Refused) as refused:
        check_membership(after, next_memberships(before))
    assert refused.value.field == "membership"


def test_the_secretariat_cannot_lock_the_network_out_of_its_administration():
    assert next_memberships("active", is_secretariat=True) == ()


def test_every_membership_has_a_label():
    assert set(MEMBERSHIP_LABELS) == set(Membership)
