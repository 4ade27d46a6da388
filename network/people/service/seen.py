"""One person as a reader may see her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row

from kernel.errors import NotFound
from kernel.identity.actor import Actor
from network.groups.queries import groups_of
from network.people import queries
from network.people.queries import Known, Place
from network.people.rules import Audience, Field, ReaderFacts, visible_fields

_STRANGER: Final = UUID(int=0)
"""Nobody's id: whoever reads as this person is a member of no group."""


@dataclass(frozen=True)
class PersonSeen:
    """A person with what the reader may see of her: a field that is not in `fields` is not there.

    `places` are where she is and was, `functions` those she holds now; both are the network's to know.
    """

    id: UUID
    name: str
    former: bool
    is_self: bool
    places: Sequence[Place]
    functions: Sequence[Row[str, UUID, bool]]
    fields: Mapping[Field, Any]


def seen(actor: Actor, person_id: UUID, *, seen_as: Audience | None = None) -> PersonSeen:
    """A person as the actor may see her; herself, if she wishes, as somebody of an audience would.

    Raises NotFound for who never belonged to an organisation.
    """
    found = queries.known(actor, person_id)
    if found is None:
        raise NotFound
    reader, reading = found.reader, actor
    if seen_as is not None and found.reader.is_self:
        reader = ReaderFacts.of(seen_as)
        reading = actor if seen_as is Audience.GROUPS else replace(actor, person_id=_STRANGER)
    visible = visible_fields(reader, found.audiences)
    return PersonSeen(
        id=found.id,
        name=found.name,
        former=found.reader.former,
        is_self=found.reader.is_self,
        places=queries.places_of(person_id),
        functions=queries.functions_of(person_id),
        fields=_fields(reading, found, visible),
    )


def _fields(actor: Actor, found: Known, visible: frozenset[Field]) -> dict[Field, Any]:
    """The visible fields that say something."""
    stored: dict[Field, Any] = {
        field: getattr(found, field) for field in visible if field is not Field.GROUPS
    }
    if Field.GROUPS in visible:
        stored[Field.GROUPS] = groups_of(actor, found.id)
    return {field: stored[field] for field in Field if stored.get(field)}
