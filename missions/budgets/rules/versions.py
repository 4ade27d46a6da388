"""The life of a budget version: which move leads from which state to which, as data."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from kernel.errors import N_, Message, NotNow


class State(StrEnum):
    """Where a version stands. Only a draft can be edited."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REVISED = "revised"
    CLOSED = "closed"


class Move(StrEnum):
    """What can happen to a version."""

    SUBMIT = "submit"
    RETURN = "return"
    REWORK = "rework"
    APPROVE = "approve"
    REVISE = "revise"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Transition:
    """A move: the states it starts from, the one it ends in, what to say when it cannot be made."""

    sources: frozenset[State]
    target: State
    refusal: str


TRANSITIONS: Final = MappingProxyType(
    {
        Move.SUBMIT: Transition(
            frozenset({State.DRAFT}), State.SUBMITTED, N_("Only a draft can be submitted.")
        ),
        Move.RETURN: Transition(
            frozenset({State.SUBMITTED}),
            State.RETURNED,
            N_("Only a budget that was submitted can be returned."),
        ),
        Move.REWORK: Transition(
            frozenset({State.RETURNED}),
            State.DRAFT,
            N_("Only a budget that was returned can be worked on again."),
        ),
        Move.APPROVE: Transition(
            frozenset({State.SUBMITTED}),
            State.APPROVED,
            N_("Only a budget that was submitted can be approved."),
        ),
        Move.REVISE: Transition(
            frozenset({State.APPROVED}),
            State.REVISED,
            N_("Only an approved budget can be replaced by a revision."),
        ),
        Move.CLOSE: Transition(
            frozenset({State.APPROVED, State.REVISED}),
            State.CLOSED,
            N_("Only an approved budget can be closed."),
        ),
    }
)

OPEN: Final = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED})
"""States of a version still on its way to approval; a budget has one such version at most."""


def after(state: State, move: Move) -> State:
    """The state a move leads to; raises Refused, saying from where it can be made."""
    transition = TRANSITIONS[move]
    if state not in transition.sources:
        raise NotNow(
            N_("%(rule)s Reload the page to see where this one stands."),
            rule=Message(transition.refusal),
        )
    return transition.target


def can_move(state: State, move: Move) -> bool:
    """Whether a version in this state can make the move."""
    return state in TRANSITIONS[move].sources


def check_editable(state: State) -> None:
    """Raise Refused unless lines, rates and shares may change in this state."""
    if state is State.RETURNED:
        raise NotNow(N_("Choose “Work on it again” before you change a budget that was returned."))
    if state is not State.DRAFT:
        raise NotNow(N_("This version no longer changes: start a revision to change the budget."))


def check_going_on(ended: bool, move: Move | None = None) -> None:
    """Raise Refused for any change but closing once what the budget pays for has ended."""
    if ended and move is not Move.CLOSE:
        raise NotNow(N_("What this budget pays for has ended: it can be read, and closed."))


def check_submittable(lines: int) -> None:
    """Raise Refused when there is nothing to approve."""
    if lines == 0:
        raise NotNow(N_("Add at least one line before you submit the budget."))


def is_own(submitted_by: UUID | None, person: UUID) -> bool:
    """Whether a person would be approving what they submitted themselves."""
    return submitted_by == person
