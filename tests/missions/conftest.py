"""A member country, a planner and an approver, and a mission for them to work on."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kernel.identity.actor import Actor
from missions.missions import service
from missions.missions.rules import MissionKind, Precision
from tests.factories import Factory

POLLING_DAY = date(2027, 3, 14)


@pytest.fixture
def planner(factory: Factory) -> Actor:
    """Somebody who plans missions."""
    return factory.actor("Planner (fictional)", roles=["planner"])


@pytest.fixture
def approver(factory: Factory) -> Actor:
    """Somebody who approves what others planned."""
    return factory.actor("Approver (fictional)", roles=["approver"])


@pytest.fixture
def country(factory: Factory) -> str:
    """A member country."""
    factory.organisation("Electoral Commission of Solomon Islands", country="SB")
    return "SB"


@pytest.fixture
def propose(inside: Callable[[], Any], planner: Actor, country: str) -> Callable[..., UUID]:
    """`propose()` makes an observation mission to the member country and returns its id."""

    def make(**changes: Any) -> UUID:
        values: dict[str, Any] = {
            "kind": MissionKind.OBSERVATION,
            "title": "General election (fictional)",
            "country": country,
            "polling_day": POLLING_DAY,
            "precision": Precision.DAY,
            "time_zone": "Pacific/Guadalcanal",
            "observers": 12,
            "staff": 4,
        }
        with inside():
            return service.create_mission(planner, **{**values, **changes}).id

    return make


@pytest.fixture
def mission_id(propose: Callable[..., UUID]) -> UUID:
    """An observation mission, proposed."""
    return propose()


@pytest.fixture
def mails(app, run_jobs):
    """`mails()` runs what is due and returns the new mails, as (address, subject, text)."""
    folder = Path(app.config["MAIL"].removeprefix("folder:"))
    seen = set(folder.glob("**/*"))

    def collect():
        run_jobs()
        new = [path for path in sorted(folder.glob("**/*")) if path.is_file() and path not in seen]
        seen.update(new)
        parsed = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in new]
        return [(str(m["To"]), str(m["Subject"]), m.get_body().get_content()) for m in parsed]

    return collect
