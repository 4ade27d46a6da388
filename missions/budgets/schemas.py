"""The forms and JSON bodies of budgets, and what the API answers."""

from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Currency,
    Date,
    DateTime,
    Decimal,
    Identifier,
    Integer,
    ListOf,
    LongText,
    MoneyAmount,
    Nested,
    Schema,
    Text,
)
from kernel.fields.base import translate
from missions.budgets.rules.catalogue import CURRENT, Driver, Measure, Part
from missions.budgets.rules.differences import Change
from missions.budgets.rules.lines import (
    HIGHEST_RATE,
    MOST_PERSONS,
    MOST_UNITS,
    RATE_PLACES,
    UNIT_PLACES,
    LineEntry,
    problems,
)
from missions.budgets.rules.versions import State

MEASURES: Final = {
    Measure.NUMBER: N_("The number I enter"),
    Measure.DAYS: N_("The days of a phase, first and last day included"),
    Measure.NIGHTS: N_("The nights of a phase, one fewer than its days"),
}


class BudgetLineSchema(Schema):
    """A line: what it is for, its driver, and the driver's factors."""

    category = Choice(label=N_("Category"), required=True)
    description = Text(
        label=N_("What it is for"),
        hint=N_("For example “Daily allowance of observers”."),
        required=True,
        max_length=200,
    )
    driver = Choice(
        Driver,
        labels={each.driver: each.label for each in CURRENT.drivers},
        label=N_("How the amount is calculated"),
        widget="radios",
        required=True,
    )
    persons = Integer(
        label=N_("Persons"),
        hint=N_("Only for persons × units × rate."),
        max=MOST_PERSONS,
    )
    measure = Choice(
        Measure,
        labels=MEASURES,
        label=N_("Units are"),
        hint=N_("Not for a lump sum. Days and nights follow the phase when its dates move."),
        load_default=Measure.NUMBER,
    )
    units = Decimal(
        label=N_("Number of units"),
        hint=N_("Days, nights, flights, pages. Leave it empty when the units come from a phase."),
        places=UNIT_PLACES,
        max=MOST_UNITS,
    )
    phase = Choice(
        label=N_("Phase"),
        hint=N_("Only when the units are its days or nights."),
    )
    rate = MoneyAmount(
        label=N_("Rate"),
        hint=N_("The price of one unit, or the lump sum itself."),
        places=RATE_PLACES,
        max=HIGHEST_RATE,
        required=True,
    )
    currency = Currency(label=N_("Currency"), required=True)

    @validates_schema
    def _factors_of_driver(self, data: dict[str, Any], **_: Any) -> None:
        found = problems(LineEntry(**data), CURRENT)
        if found:
            raise ValidationError({name: [translate(p.text)] for name, p in found.items()})


class BudgetSharesSchema(Schema):
    """The two shares that are added to the lines."""

    contingency_percent = Decimal(
        label=N_("Contingency, in percent"),
        hint=N_("A share of the subtotal, often 5 to 10."),
        places=2,
        max=100,
        required=True,
    )
    overhead_percent = Decimal(
        label=N_("Overhead, in percent"),
        hint=N_("A share of the subtotal plus contingency."),
        places=2,
        max=100,
        required=True,
    )


class BudgetStartSchema(BudgetSharesSchema):
    """A new budget."""

    base_currency = Currency(
        label=N_("Base currency"),
        hint=N_("Every amount is converted into it. It cannot be changed later."),
        required=True,
    )


class BudgetRateSchema(Schema):
    """An exchange rate, but for its currency."""

    units_per_base = Decimal(
        label=N_("Units for 1 of the base currency"),
        hint=N_("For example 1.27 when 1 pound buys 1.27 dollars."),
        places=8,
        max=9_999_999_999,
        required=True,
    )
    quoted_on = Date(label=N_("Quoted on"), required=True)
    source = Text(
        label=N_("Source"),
        hint=N_("Who published it, for example “Bank of England”."),
        required=True,
        max_length=200,
    )

    @validates_schema
    def _above_zero(self, data: dict[str, Any], **_: Any) -> None:
        if data["units_per_base"] == 0:
            text = translate(N_("Enter a rate above zero, for example 1.27."))
            raise ValidationError({"units_per_base": [text]})


class NewBudgetRateSchema(BudgetRateSchema):
    """An exchange rate with its currency."""

    currency = Currency(label=N_("Currency"), required=True)


class BudgetReturnSchema(Schema):
    """Why a budget goes back to its author."""

    reason = LongText(
        label=N_("What should change"),
        hint=N_("The author reads this in the mail and on the budget."),
        required=True,
        max_length=4_000,
    )


def _sum() -> MoneyAmount:
    """An amount that was worked out, of whatever size and sign."""
    return MoneyAmount(min=-(10**40), max=10**40)


class BudgetLineOutput(Schema):
    """A line, what it costs in its own currency and in base, and the dates before its phase moved."""

    position = Integer()
    version = Integer()
    key = Identifier()
    category = Text()
    description = Text()
    driver = Choice(Driver)
    persons = Integer()
    measure = Choice(Measure)
    units = Decimal()
    phase = Text()
    phase_start = Date()
    phase_end = Date()
    moved_from_start = Date()
    moved_from_end = Date()
    rate = MoneyAmount(max=HIGHEST_RATE)
    currency = Currency()
    amount = _sum()
    amount_in_base = _sum()


class BudgetRateOutput(Schema):
    """An exchange rate: units of the currency for 1 unit of the base currency."""

    currency = Currency()
    version = Integer()
    units_per_base = Decimal(places=8)
    quoted_on = Date()
    source = Text()


class BudgetOnCostOutput(Schema):
    """A share added on top, of the sum of the named parts."""

    part = Choice(Part)
    of = ListOf(Choice(Part))
    percent = Decimal()
    base = _sum()
    amount = _sum()


class BudgetVersionOutput(Schema):
    """A version without its lines."""

    number = Integer()
    version = Integer()
    state = Choice(State)
    base_currency = Currency()
    rule_set = Integer()
    contingency_percent = Decimal()
    overhead_percent = Decimal()
    opened_by_move = Boolean()
    edited_at = DateTime()
    submitted_at = DateTime()
    decided_at = DateTime()
    return_reason = Text()
    subtotal = _sum()
    total = _sum()


class BudgetOutput(BudgetVersionOutput):
    """A version added up from its lines."""

    lines = ListOf(Nested(BudgetLineOutput))
    rates = ListOf(Nested(BudgetRateOutput))
    on_costs = ListOf(Nested(BudgetOnCostOutput))


class BudgetVersionsOutput(Schema):
    """Every version of a budget, the newest first."""

    items = ListOf(Nested(BudgetVersionOutput))


class BudgetLineChangeOutput(Schema):
    """A line that was added, removed or changed, and what that does to the subtotal."""

    change = Choice(Change)
    key = Identifier()
    description = Text()
    amount_before = _sum()
    amount_after = _sum()
    by = _sum()


class BudgetDifferenceOutput(Schema):
    """What a version changed against the one before it, in base."""

    lines = ListOf(Nested(BudgetLineChangeOutput))
    unchanged = Integer()
    total_before = _sum()
    total_after = _sum()
