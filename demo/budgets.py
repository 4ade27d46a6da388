"""The budget of the demonstration mission: fictional figures of a plausible size, waiting for approval."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from demo import missions
from demo.world import World
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PlanFacts
from missions.budgets import service
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import LineEntry

BASE: Final = "GBP"
FOREIGN: Final = "USD"
UNITS_PER_POUND: Final = Decimal("1.27")
SOURCE: Final = "Sample rate (fictional)"
QUOTED: Final = timedelta(days=14)
"""How long before the day of loading the rate was quoted."""


def load(world: World) -> None:
    """Plan the budget of the observation mission and submit it: the approver has something to do."""
    with world.acting("planner") as planner:
        load_budget(planner, missions.observation_of(planner), world.today - QUOTED)


def load_budget(planner: Actor, mission_id: UUID, quoted_on: date) -> None:
    """Plan a mission's budget with lines of all drivers in two currencies, and submit it.

    Loading again changes nothing. Raises what the service raises.
    """
    subject = Subject("mission", mission_id)
    if service.open_sheet(planner, subject) is not None:
        return
    service.start(
        planner,
        subject,
        base_currency=BASE,
        contingency_percent=Decimal(5),
        overhead_percent=Decimal(7),
    )
    service.set_rate(
        planner,
        subject,
        1,
        currency=FOREIGN,
        units_per_base=UNITS_PER_POUND,
        quoted_on=quoted_on,
        source=SOURCE,
    )
    for entry in _entries(service.visible_plan(planner, subject)):
        service.add_line(planner, subject, 1, entry)
    sheet = service.open_sheet(planner, subject)
    assert sheet is not None, "it was started a moment ago"
    service.submit(planner, subject, 1, lock=sheet.version.lock)


def _entries(plan: PlanFacts) -> list[LineEntry]:
    """The lines, for the people the plan counts on; bound to its phases, they follow polling day."""
    count = {each.key: each.number for each in plan.people}
    observers, staff = count["observers"], count["staff"]
    return [
        _each("travel", "Return flights of observers", observers, "1", "1450"),
        _each("travel", "Return flights of support staff", staff, "1", "1320"),
        _stay("Daily allowance of observers", observers, Measure.DAYS, "94", FOREIGN),
        _stay("Hotel nights of observers", observers, Measure.NIGHTS, "138", FOREIGN),
        _stay("Hotel nights of support staff", staff, Measure.NIGHTS, "138", FOREIGN),
        _counted("fees", "Chair’s fee", Measure.DAYS, "450", BASE),
        _counted("transport", "Vehicles with drivers", Measure.DAYS, "780", FOREIGN),
        _units("transport", "Boat transfers to outer islands", "6", "415.50", FOREIGN),
        _each("security", "Medical insurance", observers + staff, "1", "62.40"),
        _counted("interpretation", "Interpreters", Measure.DAYS, "310", FOREIGN),
        _units("communications", "Satellite telephones", "4", "235", BASE),
        _lump("venues", "Briefing room and press conference", "2800", FOREIGN),
        _lump("reporting", "Editing and printing of the report", "3650", BASE),
    ]


def _each(category: str, description: str, persons: int, units: str, rate: str) -> LineEntry:
    return LineEntry(
        category=category,
        description=description,
        driver=Driver.PERSON_UNITS,
        persons=persons,
        units=Decimal(units),
        rate=Decimal(rate),
        currency=BASE,
    )


def _stay(description: str, persons: int, measure: Measure, rate: str, currency: str) -> LineEntry:
    return LineEntry(
        category="subsistence",
        description=description,
        driver=Driver.PERSON_UNITS,
        persons=persons,
        measure=measure,
        phase="deployment",
        rate=Decimal(rate),
        currency=currency,
    )


def _counted(
    category: str, description: str, measure: Measure, rate: str, currency: str
) -> LineEntry:
    return LineEntry(
        category=category,
        description=description,
        driver=Driver.UNITS,
        measure=measure,
        phase="deployment",
        rate=Decimal(rate),
        currency=currency,
    )


def _units(category: str, description: str, units: str, rate: str, currency: str) -> LineEntry:
    return LineEntry(
        category=category,
        description=description,
        driver=Driver.UNITS,
        units=Decimal(units),
        rate=Decimal(rate),
        currency=currency,
    )


def _lump(category: str, description: str, rate: str, currency: str) -> LineEntry:
    return LineEntry(
        category=category,
        description=description,
        driver=Driver.LUMP_SUM,
        rate=Decimal(rate),
        currency=currency,
    )
