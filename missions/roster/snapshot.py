"""The credentials somebody was nominated on, as they are kept, read back as values.

They are sealed under her key: once she is erased nobody can read them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from kernel.audit.keys import PersonCipher
from kernel.audit.sealed import sealed, unsealed
from kernel.questions.credentials import Trained, TrainedIn
from kernel.values.partial_dates import PartialDate
from kernel.values.periods import Period

_ERASED: Final[Mapping[str, Any]] = {
    "gender": "not_declared",
    "countries": (),
    "organisation": None,
    "language": None,
    "workshops": (),
    "free": (),
}


def taken(cipher: PersonCipher, person: Trained) -> dict[str, Any]:
    """What is known of a person, without her name and id, which the nomination has from the person."""
    return sealed(cipher, _plain(person))


def countries(cipher: PersonCipher | None, kept: Mapping[str, Any]) -> list[str] | None:
    """Where she was known to be from; None once she was erased."""
    known = unsealed(cipher, kept)
    return None if known is None else list(known["countries"])


def _plain(person: Trained) -> dict[str, Any]:
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


def read(
    person_id: UUID, name: str, cipher: PersonCipher | None, kept: Mapping[str, Any]
) -> Trained:
    """What was known when the snapshot was taken; nothing once she was erased."""
    known = unsealed(cipher, kept) or _ERASED
    return Trained(
        person_id=person_id,
        name=name,
        gender=known["gender"],
        countries=tuple(known["countries"]),
        organisation=known["organisation"],
        language=known["language"],
        workshops=tuple(
            TrainedIn(**{**workshop, "held": PartialDate.parse(workshop["held"])})
            for workshop in known["workshops"]
        ),
        free=tuple(
            Period(date.fromisoformat(start), date.fromisoformat(end))
            for start, end in known["free"]
        ),
    )
