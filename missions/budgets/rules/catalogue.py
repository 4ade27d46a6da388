"""The words a budget is written in and the order it is added up in: data, one rule set per version.

A budget version keeps the number of the rule set it was made with, so that a later change of
categories or of the order of calculation leaves approved budgets as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kernel.errors import N_


class Driver(StrEnum):
    """What an amount is calculated from."""

    PERSON_UNITS = "person_units"
    UNITS = "units"
    LUMP_SUM = "lump_sum"


class Factor(StrEnum):
    """One number a driver multiplies."""

    PERSONS = "persons"
    UNITS = "units"
    RATE = "rate"


class Measure(StrEnum):
    """Where the units of a line come from: typed, or counted on a phase of the plan."""

    NUMBER = "number"
    DAYS = "days"
    NIGHTS = "nights"


class Part(StrEnum):
    """A sum on a budget that a share can be taken of."""

    SUBTOTAL = "subtotal"
    CONTINGENCY = "contingency"
    OVERHEAD = "overhead"


@dataclass(frozen=True, slots=True)
class DriverRule:
    """A driver: its name for people and the factors its amount is the product of."""

    driver: Driver
    label: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A heading lines are grouped under."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class OnCost:
    """A share added on top: `part` is its share of the rounded sum of the parts in `of`."""

    part: Part
    of: tuple[Part, ...]
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything a budget is calculated by. On-costs are taken in the order they stand in."""

    number: int
    categories: tuple[Category, ...]
    drivers: tuple[DriverRule, ...]
    on_costs: tuple[OnCost, ...]

    def category_label(self, code: str) -> str:
        """The name of a category, or its code when this rule set does not have it."""
        return next((each.label for each in self.categories if each.code == code), code)

    def factors(self, driver: Driver) -> tuple[Factor, ...]:
        """What a driver multiplies."""
        return next(each.factors for each in self.drivers if each.driver == driver)


_DRIVERS: Final = (
    DriverRule(
        Driver.PERSON_UNITS,
        N_("Persons × units × rate"),
        (Factor.PERSONS, Factor.UNITS, Factor.RATE),
    ),
    DriverRule(Driver.UNITS, N_("Units × rate"), (Factor.UNITS, Factor.RATE)),
    DriverRule(Driver.LUMP_SUM, N_("Lump sum"), (Factor.RATE,)),
)

_CATEGORIES: Final = (
    Category("travel", N_("International travel")),
    Category("subsistence", N_("Accommodation and daily allowances")),
    Category("fees", N_("Fees")),
    Category("transport", N_("Local transport")),
    Category("security", N_("Security and medical")),
    Category("communications", N_("Communications and equipment")),
    Category("interpretation", N_("Interpretation and translation")),
    Category("venues", N_("Venues and meetings")),
    Category("reporting", N_("Reports and printing")),
    Category("other", N_("Other costs")),
)

_ON_COSTS: Final = (
    OnCost(
        Part.CONTINGENCY,
        (Part.SUBTOTAL,),
        N_("Contingency"),
        N_("A share of the subtotal, rounded"),
    ),
    OnCost(
        Part.OVERHEAD,
        (Part.SUBTOTAL, Part.CONTINGENCY),
        N_("Overhead"),
        N_("A share of the subtotal plus the rounded contingency, rounded"),
    ),
)

RULE_SETS: Final[Mapping[int, RuleSet]] = MappingProxyType(
    {1: RuleSet(1, _CATEGORIES, _DRIVERS, _ON_COSTS)}
)
"""Every rule set a stored budget may have been made with, by number."""

CURRENT: Final = RULE_SETS[max(RULE_SETS)]
"""The rule set new budgets are made with."""
