"""Somebody is erased: every feature of training forgets her, and the trail says so about nobody."""

import pytest

from kernel.db import db
from kernel.events import emit
from kernel.events.people import PersonErased
from tests.factories.training import AGENDA
from training.certificates.service import start_issuing
from training.participants.service import lock_attendance
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
