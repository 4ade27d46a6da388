from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kernel.identity.actor import Actor
from kernel.questions import waiting
from kernel.questions.waiting import Waiting, register_waiting, waiting_for

ACTOR = Actor(1, uuid4(), uuid4(), "Fictional Person")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_providers(monkeypatch):
    """Providers registered here are gone after the test."""
    monkeypatch.setattr(waiting, "_PROVIDERS", {})


def thing(text: str, days: float | None = None, order: int = 50) -> Waiting:
    due = None if days is None else NOW + timedelta(days=days)
    return Waiting("sample", text, "/there", due=due, order=order)


def texts() -> list[tuple[str, list[str]]]:
    found = waiting_for(ACTOR, NOW)
    return [(group.module, [each.text for each in group.items]) for group in found]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([thing("later", 2), thing("sooner", 1)], ["sooner", "later"]),
        ([thing("today", 0), thing("overdue", -3)], ["overdue", "today"]),
        ([thing("no moment", order=1), thing("soon", 7)], ["soon", "no moment"]),
        ([thing("far off", 8), thing("no moment", order=1)], ["no moment", "far off"]),
        ([thing("second", order=20), thing("first", order=10)], ["first", "second"]),
        ([thing("second", 1, order=20), thing("first", 1, order=10)], ["first", "second"]),
        ([thing("as", order=10), thing("given", order=10)], ["as", "given"]),
    ],
)
def test_what_is_overdue_or_due_within_a_week_goes_first_and_the_rest_by_its_order(given, wanted):
    register_waiting(lambda _actor: given, module="missions")
    assert texts() == [("missions", wanted)]


def test_modules_come_by_their_most_urgent_thing_and_one_without_any_is_left_out():
    register_waiting(lambda _actor: [thing("read")], module="network")
    register_waiting(lambda _actor: [], module="training")
    register_waiting(lambda _actor: [thing("approve", 20)], module="missions")
    register_waiting(lambda _actor: [thing("confirm", 1)], module="missions")
    assert texts() == [("missions", ["confirm", "approve"]), ("network", ["read"])]


def test_a_provider_registered_twice_is_asked_once():
    def provider(_actor):
        return [thing("read")]

    register_waiting(provider, module="network")
    register_waiting(provider, module="network")
    assert texts() == [("network", ["read"])]


def test_each_provider_is_told_who_asks():
    asked = []
    register_waiting(lambda actor: asked.append(actor) or [], module="network")
    assert (waiting_for(ACTOR, NOW), asked) == ([], [ACTOR])
