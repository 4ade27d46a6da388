"""A subject with a plan, its planner and its approver, and a budget for them to work on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from kernel.db import new_id
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PLAN_FACTS, PlanFacts, PlanPeople, PlanPhase
from kernel.values.periods import Period
from missions.budgets import service
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import LineEntry
from tests.factories import Factory
from tests.factories.missions import start_budget

KIND = "mission"
TEN_DAYS = Period(date(2026, 5, 5), date(2026, 5, 14))
TWELVE_DAYS = Period(date(2026, 5, 5), date(2026, 5, 16))


def deployment(period: Period) -> PlanPhase:
    """The one phase of the plan, on these dates."""
    return PlanPhase("deployment", "Deployment", period)


@dataclass
class Plans:
    """Answers for subjects of a kind made up for tests: who may see which plan."""

    facts: dict[UUID, PlanFacts] = field(default_factory=dict)
    hidden_from: set[UUID] = field(default_factory=set)

    def __call__(self, actor: Actor, subject_id: UUID, *, held: bool) -> PlanFacts | None:
        """The plan, unless it is hidden from the actor or there is none."""
        return None if actor.person_id in self.hidden_from else self.facts.get(subject_id)

    def end(self, subject: Subject) -> None:
        """Let the subject be over."""
        self.facts[subject.id] = replace(self.facts[subject.id], ended=True)

    def move(self, subject: Subject, period: Period) -> list[PlanPhase]:
        """Put the deployment on other dates."""
        phases = [deployment(period)]
        self.facts[subject.id] = PlanFacts(
            title="Rehearsal (fictional)",
            endpoint="budgets.show",
            argument="mission_id",
            phases=tuple(phases),
            people=(PlanPeople("observers", "Observers", 45),),
        )
        return phases


@pytest.fixture
def plans(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Plans:
    """The provider of plans for this test's subjects, in place of the missions themselves."""
    provider = Plans()
    monkeypatch.setitem(PLAN_FACTS._providers, KIND, provider)
    return provider


@pytest.fixture
def subject(plans: Plans) -> Subject:
    """A subject with a deployment of ten days."""
    made = Subject(KIND, new_id())
    plans.move(made, TEN_DAYS)
    return made


@pytest.fixture
def planner(factory: Factory) -> Actor:
    return factory.actor("Planner (fictional)", roles=["planner"])


@pytest.fixture
def approver(factory: Factory) -> Actor:
    return factory.actor("Approver (fictional)", roles=["approver"])


def entry(**changes: Any) -> LineEntry:
    """45 persons × 12 × GBP 180 unless told otherwise."""
    values: dict[str, Any] = {
        "category": "subsistence",
        "description": "Daily allowance",
        "driver": Driver.PERSON_UNITS,
        "persons": 45,
        "units": Decimal(12),
        "rate": Decimal(180),
        "currency": "GBP",
    }
    return LineEntry(**{**values, **changes})


def bound(measure: Measure = Measure.DAYS, **changes: Any) -> LineEntry:
    """A line that counts the days of the deployment."""
    return entry(units=None, measure=measure, phase="deployment", **changes)


@pytest.fixture
def started(inside: Callable[[], Any], planner: Actor, subject: Subject) -> Subject:
    """The subject with a draft in pounds, 5 % contingency, 7 % overhead and no lines."""
    with inside():
        start_budget(planner, subject)
    return subject


@pytest.fixture
def drafted(inside: Callable[[], Any], planner: Actor, started: Subject) -> Subject:
    """The draft with a dollar rate and three lines: bound to days, in dollars, a lump sum."""
    with inside():
        service.set_rate(
            planner,
            started,
            1,
            currency="USD",
            units_per_base=Decimal("1.25"),
            quoted_on=date(2026, 4, 1),
            source="Central bank (fictional)",
        )
        service.add_line(planner, started, 1, bound())
        flights = entry(
            category="travel",
            description="Flights",
            driver=Driver.UNITS,
            units=Decimal(45),
            rate=Decimal(1000),
            currency="USD",
        )
        service.add_line(planner, started, 1, flights)
        printing = entry(
            category="reporting",
            description="Printing",
            driver=Driver.LUMP_SUM,
            rate=Decimal(900),
        )
        service.add_line(planner, started, 1, printing)
    return started


@pytest.fixture
def submitted(inside: Callable[[], Any], planner: Actor, drafted: Subject) -> Subject:
    """The budget, waiting for an approver."""
    with inside():
        service.submit(planner, drafted, 1, lock=lock(planner, drafted))
    return drafted


@pytest.fixture
def approved(inside: Callable[[], Any], approver: Actor, submitted: Subject) -> Subject:
    """The budget, approved."""
    with inside():
        service.approve(approver, submitted, 1, lock=lock(approver, submitted))
    return submitted


def lock(actor: Actor, subject: Subject) -> int:
    """The lock of the newest version as it stands now."""
    sheet = service.open_sheet(actor, subject)
    assert sheet is not None
    return sheet.version.lock
