"""What a move of the plan's dates does to a budget: lines bound to its phases are counted again.

Called by whoever moves the dates, who has checked that the actor may: the budget follows by itself,
whether or not the actor could edit it. What was approved stays; the move opens a revision instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.db import db
from kernel.errors import N_
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PlanPhase
from kernel.values.money import Money
from missions.budgets import queries
from missions.budgets.models import Budget, BudgetVersion
from missions.budgets.queries import StoredVersion
from missions.budgets.rules.lines import BoundPhase
from missions.budgets.rules.rebinding import MovedLine, rebind_all
from missions.budgets.rules.totals import cost
from missions.budgets.rules.versions import State
from missions.budgets.service.decisions import open_revision, reopen, return_with
from missions.budgets.service.drafts import touch
from missions.budgets.service.lines import fill
from missions.budgets.service.trail import line_values, trail

RETURNED_BY_MOVE = N_(
    "The dates moved after it was submitted. Check the amounts and submit it again."
)

_FOLLOWS = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED})


@dataclass(frozen=True, slots=True)
class BudgetMove:
    """What a move of dates changes: lines with the reason, the total, and what becomes of the version."""

    number: int
    lines: tuple[MovedLine, ...]
    total_before: Money
    total_after: Money
    returns_submission: bool
    opens_revision: bool


def preview_new_dates(subject: Subject, phases: Sequence[PlanPhase]) -> BudgetMove | None:
    """What the budget would become if the phases were on these dates; None when nothing changes."""
    versions = queries.versions(subject)
    if not versions or versions[-1].state not in _FOLLOWS:
        return None
    return _move_of(versions[-1], _bound(phases))


def apply_new_dates(
    actor: Actor, subject: Subject, phases: Sequence[PlanPhase]
) -> BudgetMove | None:
    """Let the budget follow its phases to new dates; returns what changed, None when nothing did.

    Lines of a draft are counted again and keep the dates they had before, to say why. A submitted
    version is returned to its author. An approved one opens a draft revision, marked as such.
    """
    found = queries.newest_to_write(subject)
    if found is None:
        return None
    budget, version = found
    moved = preview_new_dates(subject, phases)
    if moved is None:
        return None
    version = _as_draft(actor, subject, budget, version)
    by_key = {each.after.key: each for each in moved.lines}
    for record in queries.lines_to_write(version.id):
        if record.key in by_key:
            before = line_values(record)
            fill(record, by_key[record.key].after)
            record.was_start = by_key[record.key].why.was.start
            record.was_end = by_key[record.key].why.was.end
            trail(actor, "budget.line_followed_dates", budget, version, before, line_values(record))
    touch(version, actor)
    db.session.flush()
    return moved


def _as_draft(
    actor: Actor, subject: Subject, budget: Budget, version: BudgetVersion
) -> BudgetVersion:
    """The version the move is written into, made a draft in the way its state asks for."""
    if version.state == State.APPROVED:
        return open_revision(actor, budget, version, by_move=True)
    if version.state == State.SUBMITTED:
        return_with(actor, subject, budget, version, RETURNED_BY_MOVE)
        db.session.flush()
    if version.state == State.RETURNED:
        reopen(actor, budget, version)
        db.session.flush()
    return version


def _bound(phases: Sequence[PlanPhase]) -> list[BoundPhase]:
    return [BoundPhase(each.key, each.name, each.period) for each in phases]


def _move_of(version: StoredVersion, phases: list[BoundPhase]) -> BudgetMove | None:
    lines = [stored.line for stored in queries.lines(version.id)[version.id]]
    moved = rebind_all(lines, phases)
    if not moved:
        return None
    rates = queries.rates_by_currency(queries.rates(version.base, version.id)[version.id])
    after = {each.after.key: each.after for each in moved}
    now = [after.get(line.key, line) for line in lines]
    before, then = (
        cost(each, rates, version.base, version.shares, version.rules) for each in (lines, now)
    )
    return BudgetMove(
        number=version.number,
        lines=moved,
        total_before=before.total,
        total_after=then.total,
        returns_submission=version.state is State.SUBMITTED,
        opens_revision=version.state is State.APPROVED,
    )
