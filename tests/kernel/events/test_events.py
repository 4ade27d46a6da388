"""Events: one job per subscriber, in the transaction that emitted them, with the fields they had."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from kernel.db import db
from kernel.events import Event, emit, subscriber

heard: list[object] = []


@dataclass(frozen=True)
class PollingDayMoved(Event):
    mission_id: UUID
    day: date


@dataclass(frozen=True)
class NobodyListens(Event):
    n: int


@subscriber(PollingDayMoved, "test.replan")
def replan(event: PollingDayMoved) -> None:
    heard.append(("replan", event))


@subscriber(PollingDayMoved, "test.recost")
def recost(event: PollingDayMoved) -> None:
    heard.append(("recost", event))


@pytest.fixture(autouse=True)
def nothing_heard():
    heard.clear()


def test_each_subscriber_receives_the_event_as_it_was_emitted(inside, run_jobs):
    event = PollingDayMoved(mission_id=uuid4(), day=date(2027, 2, 28))
    with inside():
        emit(event)
    assert heard == []
    assert run_jobs() == ["test.replan", "test.recost"]
    assert heard == [("replan", event), ("recost", event)]


def test_event_of_a_rolled_back_transaction_reaches_nobody(inside, run_jobs):
    with inside():
        emit(PollingDayMoved(mission_id=uuid4(), day=date(2027, 2, 28)))
        db.session.rollback()
    assert run_jobs() == []


def test_event_nobody_subscribed_to_costs_nothing(inside, queries, queued_jobs):
    with inside(), queries() as seen:
        emit(NobodyListens(n=1))
    assert seen == []
    assert queued_jobs() == []
