"""From lines to a total, in an order that is part of the rules.

Each line is computed and rounded in its own currency, converted at the version's rate, rounded in
base and only then summed. On-costs follow in the order of the rule set, each rounded before the
next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kernel.errors import N_, Refused
from kernel.values.money import ExchangeRate, Money
from missions.budgets.rules.catalogue import OnCost, Part, RuleSet
from missions.budgets.rules.lines import Line, amount

Rates = Mapping[str, ExchangeRate]
"""The version's exchange rates by foreign currency; base itself needs none."""

Shares = Mapping[Part, Decimal]
"""The share of each on-cost, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class CostedLine:
    """A line with what it costs, in its own currency and in base."""

    line: Line
    amount: Money
    in_base: Money


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """The lines under one heading and their sum in base."""

    category: str
    lines: tuple[CostedLine, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class CostedOnCost:
    """An on-cost with the sum it is a share of and what that comes to."""

    rule: OnCost
    share: Decimal
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Costing:
    """A budget version added up: every number on its page, and what each was added from."""

    categories: tuple[CategoryTotal, ...]
    subtotal: Money
    on_costs: tuple[CostedOnCost, ...]
    total: Money

    @property
    def lines(self) -> tuple[CostedLine, ...]:
        """All lines, in the order of their headings."""
        return tuple(line for category in self.categories for line in category.lines)

    def on_cost(self, part: Part) -> CostedOnCost:
        """One on-cost by its name."""
        return next(each for each in self.on_costs if each.rule.part == part)


def cost(lines: Iterable[Line], rates: Rates, base: str, shares: Shares, rules: RuleSet) -> Costing:
    """Add a budget version up; raises Refused when a line's currency has no rate."""
    costed = [cost_line(line, rates, base, rules) for line in lines]
    categories = _by_category(costed, base, rules)
    subtotal = Money.total((each.total for each in categories), base).rounded()
    on_costs = _on_costs(subtotal, shares, rules)
    total = Money.total((subtotal, *(each.amount for each in on_costs)), base)
    return Costing(categories, subtotal, on_costs, total)


def cost_line(line: Line, rates: Rates, base: str, rules: RuleSet) -> CostedLine:
    """What one line costs; raises Refused when its currency has no rate."""
    own = amount(line, rules)
    if own.currency == base:
        return CostedLine(line, own, own)
    rate = rates.get(own.currency)
    if rate is None:
        raise Refused(
            N_("Add an exchange rate for %(currency)s first."),
            field="currency",
            currency=own.currency,
        )
    return CostedLine(line, own, rate.convert(own))


def _by_category(costed: list[CostedLine], base: str, rules: RuleSet) -> tuple[CategoryTotal, ...]:
    """Lines under their headings, headings in the order of the rule set, empty ones left out."""
    grouped: dict[str, list[CostedLine]] = {each.code: [] for each in rules.categories}
    for each in costed:
        grouped.setdefault(each.line.category, []).append(each)
    return tuple(
        CategoryTotal(code, tuple(lines), Money.total((each.in_base for each in lines), base))
        for code, lines in grouped.items()
        if lines
    )


def _on_costs(subtotal: Money, shares: Shares, rules: RuleSet) -> tuple[CostedOnCost, ...]:
    """Each on-cost on the rounded parts before it, in the order of the rule set."""
    parts = {Part.SUBTOTAL: subtotal}
    costed = []
    for rule in rules.on_costs:
        share = shares.get(rule.part, Decimal(0))
        base = Money.total((parts[part] for part in rule.of), subtotal.currency)
        parts[rule.part] = (base * share).rounded()
        costed.append(CostedOnCost(rule, share, base, parts[rule.part]))
    return tuple(costed)
