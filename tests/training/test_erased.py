"""Somebody is erased: every feature of training forgets her, and the trail says so about nobody."""

import pytest

from kernel.audit.keys import ciphers_of, destroy_key
from kernel.db import db
from kernel.errors import Refused
from kernel.events import emit
from kernel.events.people import PersonErased
from tests.factories.training import AGENDA
from training.alumni.queries import people_who_took_part, record_of
from training.certificates.service import start_issuing
from training.participants.queries import agenda_of, participant_of
from training.participants.service import correct_attendance, lock_attendance
from training.workshops.queries import workshop_of


@pytest.fixture
def erased(inside, factory, register, officer, workshop_id, run_jobs):
    """An alumna with a certificate, erased."""
    alumna = factory.actor("Ama Fictional")
    register(workshop_id, alumna.name, AGENDA, person_id=alumna.person_id)
    with inside():
        lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)
        db.session.flush()
        start_issuing(officer, workshop_id)
    run_jobs()
    with inside():
        emit(PersonErased(alumna.person_id))
    run_jobs()
    return alumna


def test_who_was_erased_before_the_lock_is_counted_and_made_no_alumna(
    inside, factory, register, officer, workshop_id, trail, run_jobs
):
    participant_id = register(workshop_id, "Ama Fictional", AGENDA)
    register(workshop_id, "Abla Fictional", AGENDA)
    with inside():
        erased = participant_of(participant_id).person_id
        emit(PersonErased(erased))
    run_jobs()
    with inside():
        destroy_key(erased)
        lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)
    with inside():
        assert people_who_took_part([erased]) == {erased}
        assert record_of(erased) is None
        assert ciphers_of({erased}) == {}
        [session, *_] = agenda_of(workshop_id)
        version = participant_of(participant_id).version
        with pytest.raises(Refused, match="erased"):
            correct_attendance(
                officer, participant_id, {session.id: 0}, reason="Sheet", version=version
            )
    assert {entry.about_id for entry in trail("participation.recorded")} > {None}


@pytest.mark.parametrize(
    ("action", "kind", "before", "after"),
    [
        ("participant.erased", "participant", None, None),
        ("certificate.erased", "certificate", None, None),
        ("alumni_record.erased", "alumni_record", {"state": "invited"}, {"state": "erased"}),
    ],
)
def test_what_is_forgotten_is_on_the_trail_about_nobody_and_once(
    erased, inside, run_jobs, trail, action, kind, before, after
):
    with inside():
        emit(PersonErased(erased.person_id))
    run_jobs()
    [entry] = trail(action)
    assert (entry.object_kind, entry.actor_id, entry.about_id) == (kind, None, None)
    assert "Ama" not in entry.object_label
    assert (entry.before, entry.after) == (before, after)
