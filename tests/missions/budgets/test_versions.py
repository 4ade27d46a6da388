import itertools
from uuid import uuid4

import pytest

from kernel.errors import Refused
from missions.budgets.rules.versions import (
    Move,
    State,
    after,
    can_move,
    check_editable,
    check_submittable,
    is_own,
)

ALLOWED = {
    (State.DRAFT, Move.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Move.RETURN): State.RETURNED,
    (State.SUBMITTED, Move.APPROVE): State.APPROVED,
    (State.RETURNED, Move.REWORK): State.DRAFT,
    (State.APPROVED, Move.REVISE): State.REVISED,
    (State.APPROVED, Move.CLOSE): State.CLOSED,
    (State.REVISED, Move.CLOSE): State.CLOSED,
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)))
def test_only_the_written_moves_can_be_made(state, move):
    assert can_move(state, move) == ((state, move) in ALLOWED)
    if (state, move) in ALLOWED:
        assert after(state, move) is ALLOWED[state, move]
    else:
        with pytest.raises(Refused):
            after(state, move)


@pytest.mark.parametrize("state", State)
def test_only_a_draft_can_be_edited(state):
    if state is State.DRAFT:
        check_editable(state)
        return
    with pytest.raises(Refused):
        check_editable(state)


def test_a_budget_without_lines_is_not_submitted():
    check_submittable(1)
    with pytest.raises(Refused):
        check_submittable(0)


def test_a_person_does_not_approve_what_they_submitted():
    submitter = uuid4()
    assert is_own(submitter, submitter)
    assert not is_own(submitter, uuid4())
