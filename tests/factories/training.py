"""Workshops and their agendas; to be called inside a block of a network."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from kernel.db import db
from training.workshops.models import Programme, Session, Workshop

_numbers = count(1)

FIRST_DAY = date(2015, 8, 3)


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


def _programme(code: str) -> Programme:
    found = db.session.scalars(select(Programme).where(Programme.code == code)).one_or_none()
    if found is None:
        found = Programme(code=code)
        db.session.add(found)
        db.session.flush()
    return found
