"""The draft somebody is about to change: found, permitted, locked and marked as edited."""

from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.values import clock
from missions.budgets import queries
from missions.budgets.models import Budget, BudgetVersion
from missions.budgets.rules.catalogue import RULE_SETS, RuleSet
from missions.budgets.rules.versions import State, check_editable
from missions.budgets.service.sheets import visible_plan
from missions.permissions import MissionsPermission


def newest(actor: Actor, subject: Subject) -> tuple[Budget, BudgetVersion]:
    """The budget of a subject and its newest version, locked; raises NotFound."""
    visible_plan(actor, subject)
    found = queries.newest_to_write(subject)
    if found is None:
        raise NotFound()
    return found


def draft(actor: Actor, subject: Subject) -> tuple[Budget, BudgetVersion]:
    """The draft to edit, marked as edited by the actor now.

    Raises NotFound, Forbidden, or Refused when the newest version is not a draft.
    """
    budget, version = newest(actor, subject)
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
