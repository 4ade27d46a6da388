"""Adding a participant by hand, and taking one off the list."""

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.identity.models import Person
from training.alumni.queries import people_who_took_part
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


def test_somebody_added_by_hand_is_registered_and_has_attended_nothing(
    inside, add, workshop_id, trail
):
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
    inside, officer, workshop_id, register, trail
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


def test_nobody_is_taken_off_a_locked_list(inside, officer, workshop_id, register, lock):
    participant_id = register(workshop_id, minutes=(1,))
    lock()
    with inside(), pytest.raises(Refused, match="locked"):
        service.remove_participant(officer, participant_id, version=1)


def test_after_the_lock_somebody_is_added_with_a_reason_and_her_minutes_recorded_with_one(
    inside, officer, workshop_id, register, add, lock, trail
):
    register(workshop_id, "Ama Fictional", (90,))
    lock()
    with pytest.raises(Refused) as refused:
        add()
    assert refused.value.field == "reason"
    added = add(reason="On the signed sheet of day one")
    with inside():
        late = queries.participant_of(added)
        assert people_who_took_part([late.person_id]) == set()
        [entry] = trail("participant.added_after_lock")
        assert (entry.about_id, "reason" in entry.after) == (late.person_id, True)
        assert "sheet" not in str(entry.after)
        [session, *_] = queries.agenda_of(workshop_id)
        service.correct_attendance(
            officer, added, {session.id: 90}, reason="Signed sheet", version=late.version
        )
        assert people_who_took_part([late.person_id]) == {late.person_id}


def test_only_who_runs_workshops_adds_and_removes(inside, workshop_id, register, factory):
    participant_id, member = register(workshop_id), factory.actor()
    with inside(), pytest.raises(Forbidden):
        service.add_participant(member, workshop_id, **FACTS)
    with inside(), pytest.raises(Forbidden):
        service.remove_participant(member, participant_id, version=1)


@pytest.fixture
def correct(inside, officer):
    """`correct(participant_id, name=…)` corrects what the list says of her."""

    def act(participant_id, *, version=None, **changes):
        with inside():
            row = queries.participant_of(participant_id)
            known = {name: getattr(row, name) for name in service.FACTS}
            service.correct_details(
                officer, participant_id, version=version or row.version, **{**known, **changes}
            )

    return act


@pytest.fixture
def lock(inside, officer, workshop_id):
    """`lock()` locks the attendance of the workshop."""

    def act():
        with inside():
            version = workshop_of(workshop_id).version
            service.lock_attendance(officer, workshop_id, version=version)

    return act


def test_a_misspelt_participant_is_put_right(inside, add, correct, trail):
    participant_id = add(name="Nema Fictional", address="nema@example.org")
    correct(participant_id, name="Neema Fictional", address="neema@example.org")
    with inside():
        row = queries.participant_of(participant_id)
        assert (row.name, row.address, row.country) == (
            "Neema Fictional",
            "neema@example.org",
            "TZ",
        )
        assert db.session.get(Person, (row.tenant_id, row.person_id)).name == "Neema Fictional"
        [entry] = trail("participant.changed")
        assert set(entry.after) == {"name", "address"}
        assert "Neema" not in str(entry.after)


def test_nothing_corrected_is_nothing_on_the_trail(inside, add, correct, trail):
    correct(add())
    with inside():
        assert trail("participant.changed") == []


def test_two_people_correcting_a_participant_meet(add, correct):
    participant_id = add()
    correct(participant_id, name="Neema First")
    with pytest.raises(Conflict):
        correct(participant_id, version=1, name="Neema Second")


def test_an_address_of_another_participant_is_refused_at_the_address(add, correct):
    add(address="first@example.org")
    second = add(name="Otieno Fictional", address="second@example.org")
    with pytest.raises(Refused, match="registered already") as refused:
        correct(second, address="first@example.org")
    assert refused.value.field == "address"


def test_an_address_of_the_network_makes_her_that_person_until_the_lock(
    inside, add, correct, lock, register, workshop_id, factory
):
    account = factory.actor("Neema Own Name", address="own@example.org")
    other = factory.actor("Somebody Else Fictional", address="else@example.org")
    participant_id = add(address="typo@example.org")
    correct(participant_id, address="own@example.org")
    with inside():
        assert queries.participant_of(participant_id).person_id == account.person_id
    register(workshop_id, "Ama Fictional", (90,))
    lock()
    with pytest.raises(Refused, match="somebody else the network knows") as refused:
        correct(participant_id, address="else@example.org", reason="Letter of 3 March")
    assert refused.value.field == "address"
    with inside():
        assert queries.participant_of(participant_id).person_id != other.person_id


def test_after_the_lock_a_correction_needs_its_reason(inside, add, correct, lock, trail):
    participant_id = add(name="Nema Fictional")
    lock()
    with pytest.raises(Refused) as refused:
        correct(participant_id, name="Neema Fictional")
    assert refused.value.field == "reason"
    correct(participant_id, name="Neema Fictional", reason="Passport seen")
    with inside():
        [entry] = trail("participant.corrected")
        assert set(entry.after) == {"name", "reason"}


def test_who_was_erased_is_not_put_right(inside, add, correct):
    participant_id = add()
    with inside():
        row = queries.participant_of(participant_id)
        service.erase(row.person_id)
    with pytest.raises(Refused, match="erased"):
        correct(participant_id, name="Neema Again", address="n@example.org")
