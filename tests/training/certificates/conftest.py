"""A workshop with locked attendance, and its certificates."""

import pytest
from sqlalchemy import select

from kernel.db import db
from tests.factories.training import AGENDA
from training.certificates import service
from training.certificates.models import Certificate
from training.participants import queries as participants_queries
from training.participants import service as participants
from training.workshops.queries import sessions_of, workshop_of

FULL = AGENDA
FOUR_FIFTHS = (90, 180, 180, 120, 180, 120, 90, 0)
A_MINUTE_LESS = (90, 180, 180, 120, 180, 120, 89, 0)
REASON = "The name is misspelt"


@pytest.fixture
def lock(inside, officer):
    """`lock(workshop_id)` locks the attendance of a workshop as it stands."""

    def act(workshop_id):
        with inside():
            version = workshop_of(workshop_id).version
            participants.lock_attendance(officer, workshop_id, version=version)

    return act


@pytest.fixture
def correct(inside, officer):
    """`correct(participant_id, {"S1": 90})` corrects locked minutes by the session's code."""

    def act(participant_id, minutes):
        with inside():
            found = participants_queries.participant_of(participant_id)
            ids = {s.code: s.id for s in sessions_of(found.workshop_id)}
            participants.correct_attendance(
                officer,
                participant_id,
                {ids[code]: attended for code, attended in minutes.items()},
                reason="The sheet was read wrongly",
                version=found.version,
            )

    return act


@pytest.fixture
def rename(inside, officer):
    """`rename(participant_id, name)` corrects a participant's name after the lock."""

    def act(participant_id, name):
        with inside():
            row = participants_queries.participant_of(participant_id)
            known = {fact: getattr(row, fact) for fact in participants.FACTS}
            corrected = {**known, "name": name, "reason": "Passport seen"}
            participants.correct_details(officer, row.id, version=row.version, **corrected)

    return act


@pytest.fixture
def certificates(inside):
    """`certificates()` are all of the network, the oldest first."""

    def find():
        with inside():
            return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))

    return find


@pytest.fixture
def issued(inside, officer, run_jobs):
    """`issued(workshop_id)` issues what is due, jobs and mails included, and returns the run's id."""

    def act(workshop_id):
        with inside():
            run_id = service.start_issuing(officer, workshop_id).id
        run_jobs()
        return run_id

    return act


@pytest.fixture
def act(inside, officer):
    """`act("revoke", certificate)` takes the step as the officer, on the version given."""

    def take(verb, row, *, reason=REASON, version=None, actor=None):
        with inside():
            return getattr(service, verb)(
                actor or officer, row.id, reason=reason, version=version or row.version
            )

    return take
