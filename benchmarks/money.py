"""A mission with a budget of 300 lines."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from benchmarks.stage import Stage
from kernel.db import db, scoped
from kernel.identity.actor import Actor
from kernel.questions import Subject
from missions.budgets import service
from missions.budgets.rules.catalogue import CURRENT, Driver
from missions.budgets.rules.lines import LineEntry
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision

LINES: Final = 300


def budget_of_300_lines(stage: Stage) -> UUID:
    """Plan a mission with such a budget as the reader, who is a planner; returns the mission's id."""
    reader = stage.reader
    with (
        stage.app.app_context(),
        scoped(stage.tenant.id, person=reader.person_id, organisations=reader.organisation_ids),
    ):
        mission_id = _mission(reader)
        subject = Subject("mission", mission_id)
        service.start(
            reader,
            subject,
            base_currency="GBP",
            contingency_percent=Decimal(5),
            overhead_percent=Decimal(7),
        )
        service.set_rate(
            reader,
            subject,
            1,
            currency="USD",
            units_per_base=Decimal("1.27"),
            quoted_on=date(2026, 10, 1),
            source="Measured",
        )
        for number in range(LINES):
            service.add_line(reader, subject, 1, _line(number))
        db.session.commit()
    return mission_id


def _mission(reader: Actor) -> UUID:
    mission = missions.create_mission(
        reader,
        kind=MissionKind.OBSERVATION,
        title="Measured mission",
        country="SB",
        polling_day=date(2027, 4, 14),
        precision=Precision.DAY,
        time_zone="Pacific/Guadalcanal",
        observers=45,
        staff=6,
    )
    return mission.id


def _line(number: int) -> LineEntry:
    """Lines of every category and driver in turn, a third of them in dollars."""
    drivers = list(Driver)
    driver = drivers[number % len(drivers)]
    return LineEntry(
        category=CURRENT.categories[number % len(CURRENT.categories)].code,
        description=f"Line {number + 1} of the measured budget",
        driver=driver,
        persons=number % 45 + 1 if driver is Driver.PERSON_UNITS else None,
        units=None if driver is Driver.LUMP_SUM else Decimal(number % 12 + 1),
        rate=Decimal(100 + number * 7) / 4,
        currency="USD" if number % 3 == 0 else "GBP",
    )
