"""Codes nobody misreads, and what a certificate can become."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from training.certificates import rules
from training.certificates.rules import Cause, CertificateState, Step, after, is_due, steps_from

ISSUED, SUSPENDED = CertificateState.ISSUED, CertificateState.SUSPENDED
REVOKED, SUPERSEDED = CertificateState.REVOKED, CertificateState.SUPERSEDED
CODE = "7KQM2XWP9RTH4DNC"


def test_no_sign_of_a_code_is_taken_for_another():
    assert len(rules.ALPHABET) == len(set(rules.ALPHABET)) == 31
    assert not set("01OIL") & set(rules.ALPHABET)


def test_codes_are_long_and_use_the_whole_alphabet():
    codes = [rules.new_code() for _ in range(500)]
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) == set(rules.ALPHABET)
    assert len(set(codes)) == 500


def test_a_code_is_printed_in_groups_of_four():
    assert rules.grouped(CODE) == "7KQM-2XWP-9RTH-4DNC"


@pytest.mark.parametrize(
    "typed",
    [
        "7KQM2XWP9RTH4DNC",
        "7kqm-2xwp-9rth-4dnc",
        " 7KQM 2XWP 9RTH 4DNC ",
        "7KQM–2XWP—9RTH‑4DNC",
        "7KQM.2XWP/9RTH_4DNC\n",
        "7\u00a0kqm\u200f2xwp 9rth:4dnc",
        "７ＫＱＭ２ＸＷＰ９ＲＴＨ４ＤＮＣ",
        "٧KQM-٢XWP-٩RTH-٤DNC",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert rules.read_code(typed) == CODE


@given(st.text())
def test_anything_typed_becomes_letters_and_digits(typed):
    read = rules.read_code(typed)
    assert read == "" or read.isalnum()


@given(st.text(alphabet=rules.ALPHABET, min_size=16, max_size=16))
def test_what_is_printed_is_read_back(code):
    printed = rules.grouped(code)
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", printed)
    assert rules.read_code(printed.lower()) == code


@pytest.mark.parametrize(
    ("step", "state", "then"),
    [
        (Step.SUSPEND, ISSUED, SUSPENDED),
        (Step.SUSPEND, SUSPENDED, None),
        (Step.SUSPEND, REVOKED, None),
        (Step.SUSPEND, SUPERSEDED, None),
        (Step.REINSTATE, ISSUED, None),
        (Step.REINSTATE, SUSPENDED, ISSUED),
        (Step.REINSTATE, REVOKED, None),
        (Step.REINSTATE, SUPERSEDED, None),
        (Step.REVOKE, ISSUED, REVOKED),
        (Step.REVOKE, SUSPENDED, REVOKED),
        (Step.REVOKE, REVOKED, None),
        (Step.REVOKE, SUPERSEDED, None),
        (Step.REPLACE, ISSUED, SUPERSEDED),
        (Step.REPLACE, SUSPENDED, SUPERSEDED),
        (Step.REPLACE, REVOKED, REVOKED),
        (Step.REPLACE, SUPERSEDED, None),
    ],
)
def test_where_each_step_leads_from_each_state(step, state, then):
    if then is None:
        with pytest.raises(Refused):
            after(step, state)
    else:
        assert after(step, state) is then
    assert (step in steps_from(state)) is (then is not None)


@pytest.mark.parametrize(
    ("earned", "latest", "cause", "due"),
    [
        (True, None, None, True),
        (False, None, None, False),
        (True, ISSUED, None, False),
        (True, SUSPENDED, None, False),
        (True, REVOKED, Cause.ATTENDANCE, True),
        (False, REVOKED, Cause.ATTENDANCE, False),
        (True, REVOKED, Cause.DECISION, False),
        (True, SUPERSEDED, None, False),
    ],
)
def test_who_is_due_a_certificate(earned, latest, cause, due):
    assert is_due(earned=earned, latest=latest, cause=cause) is due


@pytest.mark.parametrize("state", CertificateState)
def test_a_certificate_falls_with_its_minutes_only_while_it_stands(state):
    assert rules.falls(earned=False, latest=state) is (state in (ISSUED, SUSPENDED))
    assert not rules.falls(earned=True, latest=state)
    assert not rules.falls(earned=False, latest=None)
