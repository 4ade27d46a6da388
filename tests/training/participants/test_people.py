"""Adding a participant by hand, and taking one off the list."""

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from training.participants import queries, service
from training.participants.models import Attendance
from training.workshops.queries import workshop_of

FACTS = {"name": "Neema Fictional", "gender": "female", "country": "TZ", "address": "n@example.org"}


@pytest.fixture
def add(inside, officer, workshop_id):
    """`add()` registers somebody by hand and returns the participant's id."""

    def act(**changes):
        with inside():
            return service.add_participant(officer, workshop_id, **{**FACTS, **changes}).id

    return act


def trail(action):
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_somebody_added_by_hand_is_registered_and_has_attended_nothing(inside, add, workshop_id):
    add()
    with inside():
        [one] = queries.standings_of(workshop_id)
        assert (one.name, one.address, one.standing.attended) == (
            "Neema Fictional",
            "n@example.org",
            0,
        )
        [entry] = trail("participant.added")
        assert entry.about_id == one.person_id
        assert "Neema" not in str(entry.after)  # kept under her own key


def test_an_address_of_the_network_is_that_person(inside, add, workshop_id, factory):
    account = factory.actor("Neema Own Name", address="n@example.org")
    add()
    with inside():
        assert queries.standings_of(workshop_id)[0].person_id == account.person_id


def test_the_same_address_twice_is_refused_at_the_address(add):
    add()
    with pytest.raises(Refused) as refused:
        add(name="Somebody Else")
    assert refused.value.field == "address"


def test_a_participant_is_taken_off_the_list_with_her_minutes(
    inside, officer, workshop_id, register
):
    participant_id = register(workshop_id, minutes=(90, 180))
    with inside():
        assert service.remove_participant(officer, participant_id, version=1) == workshop_id
    with inside():
        assert queries.standings_of(workshop_id) == []
        assert db.session.scalars(select(Attendance)).all() == []
        assert len(trail("participant.removed")) == 1
    with inside(), pytest.raises(NotFound):
        service.remove_participant(officer, participant_id, version=1)


def test_whoever_was_changed_meanwhile_stays(inside, officer, workshop_id, register):
    participant_id = register(workshop_id)
    with inside(), pytest.raises(Conflict):
        service.remove_participant(officer, participant_id, version=7)


def test_a_locked_list_neither_grows_nor_shrinks(inside, officer, workshop_id, register, add):
    participant_id = register(workshop_id, minutes=(1,))
    with inside():
        service.lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)
    with pytest.raises(Refused, match="locked"):
        add()
    with inside(), pytest.raises(Refused, match="locked"):
        service.remove_participant(officer, participant_id, version=1)


def test_only_who_runs_workshops_adds_and_removes(inside, workshop_id, register, factory):
    participant_id, member = register(workshop_id), factory.actor()
    with inside(), pytest.raises(Forbidden):
        service.add_participant(member, workshop_id, **FACTS)
    with inside(), pytest.raises(Forbidden):
        service.remove_participant(member, participant_id, version=1)
