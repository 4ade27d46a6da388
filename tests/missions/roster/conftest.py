"""People who can be found, told by a stand-in for whoever keeps records of training."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kernel.questions.credentials import (
    CREDENTIALS,
    PERSON,
    Credentials,
    Trained,
    TrainedIn,
    Wanted,
)
from kernel.values.partial_dates import PartialDate
from kernel.values.periods import Period
from missions.roster import service
from missions.roster.rules import NominationState

DEPLOYMENT = Period(date(2027, 3, 6), date(2027, 3, 20))
"""The days in the country of an observation around 14 March 2027."""

WORKSHOP = TrainedIn(
    programme="JEP",
    title="Electoral leadership",
    country="BW",
    held=PartialDate(2015, 8),
    minutes=960,
    scheduled=1200,
    earned_certificate=True,
)


class Records:
    """Answers from a list, as narrowly as asked; remembers the questions."""

    def __init__(self) -> None:
        self.people: list[Trained] = []
        self.asked: list[Wanted] = []
        self.more = False

    def __call__(self, actor: object, wanted: Wanted) -> Credentials:
        self.asked.append(wanted)
        found = [
            person
            for person in self.people
            if (wanted.person_ids is None or person.person_id in wanted.person_ids)
            and wanted.not_from not in person.countries
        ]
        return Credentials(tuple(found), self.more, ("JEP",), answered=True)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    """Who is trained, as far as this test says."""
    kept = Records()
    monkeypatch.setattr(CREDENTIALS, "_providers", {PERSON: kept})
    return kept


@pytest.fixture
def trained(factory, records) -> Callable[..., UUID]:
    """`trained("Neema", …)` makes somebody who can be found and returns her id."""

    def make(name: str = "Neema Fictional", **known: Any) -> UUID:
        person_id: UUID = factory.actor(name).person_id
        values: dict[str, Any] = {
            "gender": "female",
            "countries": ("TZ",),
            "organisation": "Electoral Commission of Tanzania",
            "language": "en",
            "workshops": (WORKSHOP,),
            "free": (),
            **known,
        }
        records.people.append(Trained(person_id=person_id, name=name, **values))
        return person_id

    return make


@pytest.fixture
def nominate(inside, planner, trained, mission_id) -> Callable[..., UUID]:
    """`nominate()` nominates somebody new; `nominate(person_id, mission_id=…)` somebody known."""

    def act(person_id: UUID | None = None, mission_id: UUID = mission_id) -> UUID:
        person_id = person_id or trained()
        with inside():
            return service.nominate(planner, mission_id, person_id=person_id).id

    return act


@pytest.fixture
def step(inside, planner, mission_id):
    """`step(nomination_id, "shortlisted", "selected")` takes it from state to state."""

    def act(nomination_id: UUID, *states: str, mission_id: UUID = mission_id) -> None:
        for state in states:
            with inside():
                _, row = service.nomination_for_edit(planner, mission_id, nomination_id)
                service.take_step(
                    planner,
                    mission_id,
                    nomination_id,
                    version=row.version,
                    state=NominationState(state),
                )

    return act


@pytest.fixture
def stands(inside, planner, mission_id):
    """`stands(nomination_id)` tells state and days."""

    def look(nomination_id: UUID, mission_id: UUID = mission_id) -> tuple[str, Period | None]:
        with inside():
            _, row = service.nomination_for_edit(planner, mission_id, nomination_id)
            days = Period(row.starts_on, row.ends_on) if row.starts_on else None
            return row.state, days

    return look
