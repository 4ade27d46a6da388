"""The credentials somebody was nominated on, as they are kept: plain data, read back as values."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kernel.questions.credentials import Trained, TrainedIn
from kernel.values.partial_dates import PartialDate
from kernel.values.periods import Period


def taken(person: Trained) -> dict[str, Any]:
    """What is known of a person, without her name and id, which the nomination has from the person."""
    return {
        "gender": person.gender,
        "countries": list(person.countries),
        "organisation": person.organisation,
        "language": person.language,
        "workshops": [
            {
                "programme": workshop.programme,
                "title": workshop.title,
                "country": workshop.country,
                "held": str(workshop.held),
                "minutes": workshop.minutes,
                "scheduled": workshop.scheduled,
                "earned_certificate": workshop.earned_certificate,
            }
            for workshop in person.workshops
        ],
        "free": [[days.start.isoformat(), days.end.isoformat()] for days in person.free],
    }


def read(person_id: UUID, name: str, kept: Mapping[str, Any]) -> Trained:
    """What was known when the snapshot was taken."""
    return Trained(
        person_id=person_id,
        name=name,
        gender=kept["gender"],
        countries=tuple(kept["countries"]),
        organisation=kept["organisation"],
        language=kept["language"],
        workshops=tuple(
            TrainedIn(**{**workshop, "held": PartialDate.parse(workshop["held"])})
            for workshop in kept["workshops"]
        ),
        free=tuple(
            Period(date.fromisoformat(start), date.fromisoformat(end))
            for start, end in kept["free"]
        ),
    )
