"""Forgetting a participant who was erased: her minutes stay, as counts without a name."""

from uuid import UUID

from kernel.audit import record
from kernel.events import emit
from kernel.values.erasure import ERASED_NAME
from kernel.values.sorting import sort_key
from training.participants import queries
from training.participants.events import ParticipantsErased
from training.participants.rules import Gender


def erase(person_id: UUID) -> None:
    """Take name, address and gender of a person off every list she is on; again changes nothing.

    The workshops are held: whoever issues certificates meanwhile is done first, or finds her erased.
    """
    listed = [row.workshop_id for row in queries.registrations_of(person_id)]
    for workshop_id in listed:
        queries.workshop_to_change(workshop_id)
    for row in queries.registrations_of(person_id):
        if row.address is None:
            continue
        row.name, row.sort_key = ERASED_NAME, sort_key(ERASED_NAME)
        row.address, row.gender = None, Gender.NOT_DECLARED
        # About nobody: a key is not made anew for somebody whose key was destroyed.
        record(None, "participant.erased", row, label="")
    if listed:
        emit(ParticipantsErased(person_id))
