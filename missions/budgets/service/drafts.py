"""The draft somebody is about to change: found, permitted, locked and marked as edited."""

from kernel.errors import N_, NotFound, NotNow
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.values import clock
from missions.budgets import queries
from missions.budgets.models import Budget, BudgetVersion
from missions.budgets.rules.catalogue import RULE_SETS, RuleSet
from missions.budgets.rules.versions import Move, State, check_editable, check_going_on
from missions.budgets.service.sheets import visible_plan
from missions.permissions import MissionsPermission


def newest(
    actor: Actor, subject: Subject, number: int, move: Move | None = None
) -> tuple[Budget, BudgetVersion]:
    """The budget of a subject and its newest version, locked, for a move or another change.

    Raises NotFound, or Refused when `number` is not the newest version any more, or the subject has
    ended and the move is not the one that closes.
    """
    plan = visible_plan(actor, subject, held=True)
    found = queries.newest_to_write(subject)
    if found is None or number > found[1].number:
        raise NotFound()
    if number < found[1].number:
        raise NotNow(
            N_("There is a newer version of this budget. Open it and make your change there.")
        )
    check_going_on(plan.ended, move)
    return found


def draft(actor: Actor, subject: Subject, number: int) -> tuple[Budget, BudgetVersion]:
    """The draft to edit, marked as edited by the actor now.

    Raises NotFound, Forbidden, or Refused when it is not a draft, not the newest version, or its
    subject has ended.
    """
    budget, version = newest(actor, subject, number)
    actor.require(MissionsPermission.BUDGET_EDIT)
    check_editable(State(version.state))
    touch(version, actor)
    return budget, version


def touch(version: BudgetVersion, actor: Actor) -> None:
    """Note who changed a version last, and when."""
    version.edited_by = actor.person_id
    version.edited_at = clock.now()


def rules_of(version: BudgetVersion) -> RuleSet:
    """The rule set a version was made with."""
    return RULE_SETS[version.rule_set]
