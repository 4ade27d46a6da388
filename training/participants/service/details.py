"""Correcting what a list says of a participant besides her minutes."""

from uuid import UUID

from kernel.db import db
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.values.sorting import sort_key
from training.participants import access, queries
from training.participants.models import Participant
from training.participants.service.people import (
    FACTS,
    amend,
    require_known,
    require_reason,
    trail,
    with_reason,
)
from training.workshops.queries import Workshop


def correct_details(
    actor: Actor,
    participant_id: UUID,
    *,
    version: int | None,
    name: str,
    gender: str,
    country: str,
    address: str,
    reason: str | None = None,
) -> Participant:
    """Correct a participant's name, gender, country or mail address.

    Until attendance is locked an address the network knows makes her that person, as when she is added.
    Afterwards a reason is needed and she stays the person she is: what was recorded stands on that.
    Certificates keep what was signed; one that is replaced takes the corrected name. Raises NotFound,
    Forbidden, Conflict when somebody else changed her meanwhile, and Refused for somebody erased, without
    a reason, and for an address that is another participant's or, once locked, another person's.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(queries.participant_of(participant_id).workshop_id)
    participant = queries.participant_of(participant_id)
    before = {fact: getattr(participant, fact) for fact in FACTS}
    participant.expect(version, before)
    require_known(participant)
    given = {"name": name, "gender": gender, "country": country, "address": address}
    changes = {fact: value for fact, value in given.items() if value != before[fact]}
    if not changes:
        return participant
    require_reason(workshop, reason)
    if "address" in changes:
        _readdress(workshop, participant, address)
    amend(participant, changes, queries.member_embs([country]), {}, {})
    if "name" in changes:
        _rename(participant)
    db.session.flush()
    trail(
        actor,
        "participant.corrected" if queries.is_locked(workshop) else "participant.changed",
        participant,
        before={fact: before[fact] for fact in changes},
        after=with_reason(changes, reason),
    )
    return participant


def _readdress(workshop: Workshop, participant: Participant, address: str) -> None:
    """Make her the person of her new address, where that is somebody the network knows."""
    person_id = queries.people_at([address]).get(address, participant.person_id)
    for other in queries.participants_of(workshop.id):
        if other.id != participant.id and (
            other.address == address or other.person_id == person_id
        ):
            raise Refused(
                N_("%(name)s is registered already, under %(address)s. Enter another address."),
                field="address",
                name=other.name,
                address=other.address,
            )
    if person_id != participant.person_id and queries.is_locked(workshop):
        raise Refused(
            N_(
                "This address belongs to somebody else the network knows. Attendance is locked: this"
                " participation stays with the person it was recorded for."
            ),
            field="address",
        )
    participant.person_id = person_id


def _rename(participant: Participant) -> None:
    """What somebody without an account is called is the organiser's to say."""
    for person in queries.people_without_account([participant.person_id]).values():
        person.name, person.sort_key = participant.name, sort_key(participant.name)
