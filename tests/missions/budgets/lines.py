"""Budget lines and costings for tests of the rules, made from text."""

import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from kernel.values.money import ExchangeRate, Money
from kernel.values.periods import Period
from missions.budgets.rules.catalogue import CURRENT, Driver, Measure, Part
from missions.budgets.rules.lines import BoundPhase, Line, count_units
from missions.budgets.rules.totals import Costing, cost

NAMES = UUID("00000000-0000-0000-0000-000000000001")


def line(
    rate: str,
    *,
    persons: int | None = None,
    units: str | None = None,
    name: str = "A line",
    category: str = "travel",
    phase: BoundPhase | None = None,
    measure: Measure = Measure.NUMBER,
) -> Line:
    """A line from a rate such as "GBP 180"; its driver is the one the given factors belong to."""
    currency, number = rate.split()
    if phase is not None:
        counted = count_units(measure, phase.period)
    else:
        counted = None if units is None else Decimal(units)
    return Line(
        key=uuid5(NAMES, name),
        category=category,
        description=name,
        driver=_driver(persons, counted),
        rate=Money(Decimal(number), currency),
        persons=persons,
        units=counted,
        measure=measure,
        phase=phase,
    )


def _driver(persons: int | None, units: Decimal | None) -> Driver:
    if units is None:
        return Driver.LUMP_SUM
    return Driver.UNITS if persons is None else Driver.PERSON_UNITS


def rate(units_per_base: str, foreign: str = "USD", base: str = "GBP") -> ExchangeRate:
    """An exchange rate as quoted on the first of May 2026."""
    return ExchangeRate(
        base, foreign, Decimal(units_per_base), datetime.date(2026, 5, 1), "Central bank"
    )


def phase(start: str, end: str, name: str = "Deployment") -> BoundPhase:
    """A phase between two ISO dates."""
    period = Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))
    return BoundPhase(name.lower(), name, period)


def costing(
    *lines: Line, rates: tuple[ExchangeRate, ...] = (), contingency: str = "0", overhead: str = "0"
) -> Costing:
    """Lines added up in pounds with the current rules."""
    shares = {Part.CONTINGENCY: Decimal(contingency), Part.OVERHEAD: Decimal(overhead)}
    return cost(lines, {each.foreign: each for each in rates}, "GBP", shares, CURRENT)
