"""Workshops, their agendas and participants; to be called inside a block of a network."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Person
from kernel.values.sorting import sort_key
from training.participants.models import Attendance, Participant
from training.workshops.models import Programme, Session, Workshop

_numbers = count(1)

FIRST_DAY = date(2015, 8, 3)
AGENDA = (90, 180, 180, 120, 180, 120, 240, 90)
"""1,200 minutes, as in `sessions_fictional.csv`."""


def make_workshop(
    *, programme: str = "JEP", minutes: Sequence[int] = (), **values: Any
) -> Workshop:
    """A workshop of August 2015, its day unknown, with a session S1, S2 … for each of `minutes`."""
    facts = {
        "title": f"Workshop {next(_numbers)} (fictional)",
        "city": "Gaborone",
        "country": "BW",
        "region": "Africa",
        "year": 2015,
        "month": 8,
        **values,
    }
    workshop = Workshop(programme_id=_programme(programme).id, **facts)
    db.session.add(workshop)
    db.session.flush()
    db.session.add_all(
        Session(
            workshop_id=workshop.id,
            code=f"S{position}",
            position=position,
            held_on=FIRST_DAY + timedelta(days=(position - 1) // 2),
            title=f"Session {position}",
            scheduled_minutes=scheduled,
        )
        for position, scheduled in enumerate(minutes, start=1)
    )
    db.session.flush()
    return workshop


def register(
    workshop: Workshop,
    name: str = "Neema Fictional",
    minutes: Sequence[int] = (),
    *,
    person_id: UUID | None = None,
    **values: Any,
) -> Participant:
    """Put somebody on the list of a workshop, with minutes in the order of its agenda.

    She is a new person without an account unless `person_id` says who she is.
    """
    if person_id is None:
        person = Person(name=name, sort_key=sort_key(name))
        db.session.add(person)
        db.session.flush()
        person_id = person.id
    facts = {
        "address": f"{sort_key(name).replace(' ', '.')}@example.org",
        "gender": "female",
        "country": "TZ",
        **values,
    }
    participant = Participant(
        workshop_id=workshop.id,
        person_id=person_id,
        name=name,
        sort_key=sort_key(name),
        **facts,
    )
    db.session.add(participant)
    db.session.flush()
    agenda = db.session.scalars(
        select(Session).where(Session.workshop_id == workshop.id).order_by(Session.position)
    )
    db.session.add_all(
        Attendance(participant_id=participant.id, session_id=session.id, minutes=attended)
        for session, attended in zip(agenda, minutes, strict=False)
    )
    db.session.flush()
    return participant


def _programme(code: str) -> Programme:
    found = db.session.scalars(select(Programme).where(Programme.code == code)).one_or_none()
    if found is None:
        found = Programme(code=code)
        db.session.add(found)
        db.session.flush()
    return found
