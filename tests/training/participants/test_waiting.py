"""What participants say waits for who runs workshops."""

from datetime import UTC, datetime

import pytest

from kernel.values import clock
from training.participants.service import lock_attendance
from training.workshops.queries import workshop_of

LAST_DAY = datetime(2015, 8, 6, 12, 0, tzinfo=UTC)
"""The day of the last sessions, which are eight on four days."""


@pytest.fixture
def told(waiting):
    """`told(actor)` is the title and the address of the workshops to lock."""
    return lambda actor: [
        (each["about"], each["url"])
        for each in waiting(actor)
        if each["kind"] == "attendance_to_lock"
    ]


def test_attendance_waits_once_the_last_session_is_over(register, workshop_id, officer, told):
    assert told(officer) == []
    register(workshop_id, "Neema")
    with clock.frozen(LAST_DAY):
        assert told(officer) == []
    url = f"/training/workshops/{workshop_id}/participants/lock"
    assert told(officer) == [("Africa region workshop", url)]


def test_locked_attendance_waits_for_nobody(inside, register, workshop_id, officer, told):
    register(workshop_id, "Neema")
    with inside():
        lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)
    assert told(officer) == []


def test_a_member_is_not_asked_to_lock(factory, register, workshop_id, told):
    register(workshop_id, "Neema")
    assert told(factory.actor()) == []
