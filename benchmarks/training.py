"""A workshop with 200 participants."""

from fractions import Fraction
from typing import Final
from uuid import UUID

from benchmarks.stage import Stage
from kernel.db import db, scoped
from kernel.values.partial_dates import PartialDate
from training.participants import service as participants
from training.workshops import service as workshops
from training.workshops.rules import WorkshopState

PEOPLE: Final = 200
COUNTRIES: Final = ("SB", "WS", "TO", "FJ", "VU", "KI", "TV", "NR")
AGENDA: Final = {
    "S1": 90,
    "S2": 180,
    "S3": 180,
    "S4": 120,
    "S5": 180,
    "S6": 120,
    "S7": 240,
    "S8": 90,
}
"""Minutes of each session: 1,200 in all."""


def workshop_of_200(stage: Stage) -> UUID:
    """Run such a workshop as the reader, a programme officer; returns its id."""
    reader = stage.reader
    with (
        stage.app.app_context(),
        scoped(stage.tenant.id, person=reader.person_id, organisations=reader.organisation_ids),
    ):
        workshop = workshops.create_workshop(
            reader,
            programme="JEP",
            title="Measured workshop",
            held=PartialDate(2015, 8),
            city="Honiara",
            country="SB",
            region=None,
            state=WorkshopState.DELIVERED,
            threshold=Fraction(4, 5),
            source="Measured",
        )
        db.session.flush()
        workshops.agenda_imports.import_file(
            reader, "agenda.csv", _agenda(), subject_id=workshop.id
        )
        participants.import_file(reader, workshop.id, "people.csv", _people())
        db.session.commit()
        return workshop.id


def _agenda() -> bytes:
    lines = ["session,date,title,scheduled_minutes"]
    lines += [f"{code},2015-08-03,Session {code},{minutes}" for code, minutes in AGENDA.items()]
    return "\n".join(lines).encode()


def _people() -> bytes:
    """People of eight countries and every gender, who missed none, some or all of the sessions."""
    lines = [",".join(("Full name", "Gender", "Country", "E-mail", *AGENDA))]
    for number in range(PEOPLE):
        attended = [
            minutes if place >= number % (len(AGENDA) + 1) else 0
            for place, minutes in enumerate(AGENDA.values())
        ]
        gender = ("F", "M", "F", "")[number % 4]
        country = COUNTRIES[number % len(COUNTRIES)]
        name, address = f"Participant {number:03} Fictional", f"p{number}@example.org"
        lines.append(",".join((name, gender, country, address, *map(str, attended))))
    return "\n".join(lines).encode()
