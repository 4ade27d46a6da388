"""Who may do what with a budget version: the planner edits and submits, the approver decides."""

from dataclasses import dataclass
from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from missions.budgets.rules.versions import Move, State, can_move, is_own
from missions.permissions import MissionsPermission


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What decisions about a version depend on."""

    state: State
    submitted_by: UUID | None = None
    ended: bool = False


_PERMISSION = {
    Move.SUBMIT: MissionsPermission.BUDGET_EDIT,
    Move.REWORK: MissionsPermission.BUDGET_EDIT,
    Move.REVISE: MissionsPermission.BUDGET_EDIT,
    Move.RETURN: MissionsPermission.BUDGET_APPROVE,
    Move.APPROVE: MissionsPermission.BUDGET_APPROVE,
    Move.CLOSE: MissionsPermission.BUDGET_APPROVE,
}


def can_start(actor: Actor, *, ended: bool) -> bool:
    """Whether a person may start a budget: of something that goes on."""
    return not ended and actor.can(MissionsPermission.BUDGET_EDIT)


def can_edit(actor: Actor, facts: VersionFacts) -> bool:
    """Whether a person may change lines, rates and shares now."""
    editable = facts.state is State.DRAFT and not facts.ended
    return editable and actor.can(MissionsPermission.BUDGET_EDIT)


def can(actor: Actor, move: Move, facts: VersionFacts) -> bool:
    """Whether a person may make this move now; nobody approves what they submitted.

    What has ended only has its budget closed.
    """
    return (
        can_move(facts.state, move)
        and not (facts.ended and move is not Move.CLOSE)
        and actor.can(_PERMISSION[move])
        and not (move is Move.APPROVE and is_own(facts.submitted_by, actor.person_id))
    )


def require(actor: Actor, move: Move, facts: VersionFacts) -> None:
    """Raise Forbidden unless the person may make this move at all, whatever the state."""
    actor.require(_PERMISSION[move])
    if move is Move.APPROVE and is_own(facts.submitted_by, actor.person_id):
        raise Forbidden(N_("You submitted this yourself: somebody else approves it."))
