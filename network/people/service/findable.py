"""People in the search: by name, organisation, country and what they show to everybody, while they belong."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from kernel.search import Entry, index, remove
from kernel.values.countries import searched_names
from network.people import queries
from network.people.queries import Findable
from network.people.rules import Field, ReaderFacts, visible_fields

KIND: Final = "person"
"""What people are called in search."""


def make_findable(person_id: UUID) -> None:
    """Bring what is found of a person up to date; who belongs to no organisation now is not found."""
    make_people_findable([person_id])


def make_people_findable(person_ids: Collection[UUID]) -> None:
    """The same for several."""
    found = {person.id: person for person in queries.findable(person_ids)}
    remove(*(person_id for person_id in person_ids if person_id not in found))
    for person in found.values():
        index(
            Entry(
                KIND,
                person.id,
                person.name,
                body=_body(person),
                organisation_id=person.organisation_id,
            )
        )


def _body(person: Findable) -> str:
    """What everybody in the network may read of her, and nothing that only some may."""
    visible = visible_fields(ReaderFacts(), person.audiences)
    words = list(person.organisations)
    if Field.POSITION in visible:
        words.append(person.position)
    if Field.EXPERTISE in visible:
        words.extend(person.expertise)
    words += [name for code in person.countries if code for name in searched_names(code)]
    return ", ".join(word for word in words if word)
