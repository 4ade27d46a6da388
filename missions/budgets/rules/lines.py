"""A budget line: a driver and its factors, from which its amount always follows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from kernel.errors import N_, Message, Refused
from kernel.values.money import Money
from kernel.values.periods import Period
from missions.budgets.rules.catalogue import Driver, Factor, Measure, RuleSet

UNIT_PLACES: Final = 2
"""Decimals a typed number of units may have: quarters of a day are common, less is not."""

RATE_PLACES: Final = 4
"""Decimals a rate may have: a price per litre or page is often finer than the smallest coin."""

MOST_PERSONS: Final = 100_000
MOST_UNITS: Final = Decimal(1_000_000)
HIGHEST_RATE: Final = Decimal(10) ** 11
"""Anything above these is a slip of the keyboard; the columns have no room for more."""

_ONE: Final = Decimal(1)
CHOOSE_PHASE: Final = N_("Choose the phase whose days or nights count.")


@dataclass(frozen=True, slots=True)
class BoundPhase:
    """The phase a line counts its units on, as it was when they were counted."""

    key: str
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Line:
    """A line as planned. `rate` is the price of one unit, or the lump sum itself.

    `key` stays the same in every version of the budget, so that versions can be compared.
    `units` of a line bound to a phase are counted, never typed.
    """

    key: UUID
    category: str
    description: str
    driver: Driver
    rate: Money
    persons: int | None = None
    units: Decimal | None = None
    measure: Measure = Measure.NUMBER
    phase: BoundPhase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """A line as somebody enters it; `phase` is the key of the phase whose days or nights count."""

    category: str
    description: str
    driver: Driver
    rate: Decimal
    currency: str
    persons: int | None = None
    units: Decimal | None = None
    measure: Measure = Measure.NUMBER
    phase: str | None = None


def problems(entry: LineEntry, rules: RuleSet) -> dict[str, Message]:
    """What keeps an entry from being calculated, by field: a driver needs each of its factors."""
    factors = rules.factors(entry.driver)
    found: dict[str, Message | None] = {"rate": _rate_problem(entry.rate)}
    if entry.category not in {each.code for each in rules.categories}:
        found["category"] = Message(N_("Choose a category from the list."))
    if Factor.PERSONS in factors:
        found["persons"] = _persons_problem(entry.persons)
    if Factor.UNITS in factors and entry.measure is Measure.NUMBER:
        found["units"] = _units_problem(entry.units)
    if Factor.UNITS in factors and entry.measure is not Measure.NUMBER and not entry.phase:
        found["phase"] = Message(CHOOSE_PHASE)
    return {field: problem for field, problem in found.items() if problem is not None}


def planned(entry: LineEntry, key: UUID, phases: Iterable[BoundPhase], rules: RuleSet) -> Line:
    """The line an entry stands for: factors its driver does not have are dropped, units counted.

    Raises Refused, naming the field, when a factor is missing or makes no sense.
    """
    for field, problem in problems(entry, rules).items():
        raise Refused(problem.text, field=field)
    factors = rules.factors(entry.driver)
    line = Line(
        key=key,
        category=entry.category,
        description=entry.description,
        driver=entry.driver,
        rate=Money(entry.rate, entry.currency),
        persons=entry.persons if Factor.PERSONS in factors else None,
    )
    if Factor.UNITS not in factors:
        return line
    if entry.measure is Measure.NUMBER:
        return replace(line, units=entry.units)
    phase = next((each for each in phases if each.key == entry.phase), None)
    if phase is None:
        raise Refused(CHOOSE_PHASE, field="phase")
    units = count_units(entry.measure, phase.period)
    return replace(line, units=units, measure=entry.measure, phase=phase)


def amount(line: Line, rules: RuleSet) -> Money:
    """What a line costs in its own currency: the product of its driver's factors, rounded once."""
    count = _ONE
    for factor in rules.factors(line.driver):
        if factor is Factor.PERSONS:
            count *= line.persons or 0
        elif factor is Factor.UNITS:
            count *= line.units or 0
    return (line.rate * count).rounded()


def count_units(measure: Measure, period: Period) -> Decimal:
    """How many days (both ends count) or nights (one fewer) a period has."""
    return Decimal(period.nights if measure is Measure.NIGHTS else period.days)


def plain(number: Decimal) -> Decimal:
    """A number without the zeros its column pads it with: 2.5, not 2.50, and 12, not 12.00."""
    return number.quantize(_ONE) if number == number.to_integral_value() else number.normalize()


def _persons_problem(persons: int | None) -> Message | None:
    if persons is not None and 1 <= persons <= MOST_PERSONS:
        return None
    return Message(N_("Enter how many persons, for example 45."))


def _units_problem(units: Decimal | None) -> Message | None:
    if units is None or not 0 < units <= MOST_UNITS:
        return Message(N_("Enter how many units, for example 12."))
    if units != round(units, UNIT_PLACES):
        return Message(N_("Enter units with two decimals at most, for example 2.5."))
    return None


def _rate_problem(rate: Decimal) -> Message | None:
    if not 0 <= rate <= HIGHEST_RATE:
        return Message(N_("Enter a rate of zero or more, for example 180."))
    if rate != round(rate, RATE_PLACES):
        return Message(N_("Enter a rate with four decimals at most, for example 1.0825."))
    return None
