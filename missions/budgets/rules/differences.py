"""What changed between two versions of a budget, line by line and in its totals."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kernel.values.money import Money
from missions.budgets.rules.lines import Line
from missions.budgets.rules.totals import CostedLine, Costing


class Change(StrEnum):
    """What happened to a line."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line that differs. `by` is what it adds to (or takes from) the subtotal, in base."""

    change: Change
    before: CostedLine | None
    after: CostedLine | None
    by: Money

    @property
    def line(self) -> Line:
        """The line as it is now, or as it was before it was removed."""
        costed = self.after or self.before
        assert costed is not None, "a change has at least one side"
        return costed.line


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum before and after."""

    before: Money
    after: Money

    @property
    def by(self) -> Money:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared. `unchanged` counts the lines that are as they were."""

    lines: tuple[LineChange, ...]
    unchanged: int
    subtotal: Sum
    on_costs: tuple[Sum, ...]
    total: Sum


def difference(before: Costing, after: Costing) -> Difference:
    """Compare two versions of one budget, both made with the same on-costs.

    Changes stand in the order of the later version, what was removed at the end. The changes of
    the lines add up exactly to the change of the subtotal, because lines are rounded before they
    are summed.
    """
    old, new = _by_key(before), _by_key(after)
    changes = [_changed(old.get(key), line) for key, line in new.items()]
    changes += [_changed(line, None) for key, line in old.items() if key not in new]
    changed = tuple(each for each in changes if each is not None)
    kept = sum(1 for each in changed if each.change is not Change.REMOVED)
    return Difference(
        lines=changed,
        unchanged=len(new) - kept,
        subtotal=Sum(before.subtotal, after.subtotal),
        on_costs=tuple(
            Sum(before.on_cost(each.rule.part).amount, each.amount) for each in after.on_costs
        ),
        total=Sum(before.total, after.total),
    )


def _by_key(costing: Costing) -> dict[UUID, CostedLine]:
    return {each.line.key: each for each in costing.lines}


def _changed(before: CostedLine | None, after: CostedLine | None) -> LineChange | None:
    if before == after:
        return None
    if before is None:
        assert after is not None, "two missing sides are equal"
        return LineChange(Change.ADDED, None, after, after.in_base)
    if after is None:
        return LineChange(Change.REMOVED, before, None, -before.in_base)
    return LineChange(Change.CHANGED, before, after, after.in_base - before.in_base)
