"""Putting people on the list of a workshop, and taking them off it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from kernel.audit import Done, record_each
from kernel.db import db, new_id
from kernel.errors import N_, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from kernel.values.sorting import sort_key
from training.participants import access, queries
from training.participants.models import Attendance, Participant
from training.participants.rules import Gender, ScheduledSession
from training.workshops.queries import Workshop, workshop_of

FACTS = ("name", "gender", "country", "address")
"""What a list says of a participant besides her minutes."""


def open_workshop(actor: Actor, workshop_id: UUID) -> Workshop:
    """A workshop whose list may still change, held until the transaction ends.

    Raises Forbidden, NotFound, and Refused once attendance is locked.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(workshop_id)
    require_open(workshop)
    return workshop


def workshop_to_fill(actor: Actor, workshop_id: UUID) -> Workshop:
    """A workshop whose list may still change, to look at; raises as `open_workshop` does."""
    access.require_manage(actor)
    workshop = workshop_of(workshop_id)
    require_open(workshop)
    return workshop


def require_open(workshop: Workshop) -> None:
    """Raises Refused once attendance is locked."""
    if queries.is_locked(workshop):
        raise NotNow(
            N_(
                "Attendance is locked: nobody can be taken off the list, and no file imported."
                " Add or correct one participant at a time, with a reason."
            )
        )


def require_reason(workshop: Workshop, reason: str | None) -> None:
    """Raises Refused for a change without a reason once attendance is locked."""
    if queries.is_locked(workshop) and not reason:
        raise Refused(
            N_("Attendance is locked. Enter the reason why it is corrected."), field="reason"
        )


def require_known(participant: Participant) -> None:
    """Raises Refused for somebody who was erased: her minutes stay as they were counted."""
    if participant.address is None:
        raise NotNow(N_("This participant was erased: there is nothing left to correct."))


def add_participant(
    actor: Actor,
    workshop_id: UUID,
    *,
    name: str,
    gender: str,
    country: str,
    address: str,
    reason: str | None = None,
) -> Participant:
    """Register somebody by hand. An address the network knows is that same person.

    Once attendance is locked a reason is needed; she has attended nothing until her minutes are corrected.
    Raises Forbidden, NotFound, and Refused without a reason or when she is registered already.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(workshop_id)
    require_reason(workshop, reason)
    person_id = queries.people_at([address]).get(address)
    if registered := queries.registered_as(workshop_id, address, person_id):
        raise Refused(
            N_("%(name)s is registered already, under %(address)s. Enter another address."),
            field="address",
            name=registered.name,
            address=registered.address,
        )
    values = {"name": name, "gender": gender, "country": country, "address": address}
    added = registration(workshop_id, person_id, values, queries.member_embs([country]), {})
    save([added])
    action = "participant.added_after_lock" if queries.is_locked(workshop) else "participant.added"
    trail(actor, action, added.participant, after=with_reason(values, reason))
    return added.participant


def remove_participant(actor: Actor, participant_id: UUID, *, version: int | None) -> UUID:
    """Take somebody off the list with her minutes; returns the workshop's id.

    Raises Forbidden, NotFound, Refused when attendance is locked or for somebody erased, and Conflict when
    somebody else changed her meanwhile.
    """
    workshop = open_workshop(actor, queries.participant_of(participant_id).workshop_id)
    participant = queries.participant_of(participant_id)
    facts = {name: getattr(participant, name) for name in FACTS}
    participant.expect(version, facts)
    require_known(participant)
    codes = {one.id: one.code for one in queries.agenda_of(workshop.id)}
    minutes = {codes[id]: row.minutes for id, row in queries.minutes_of(participant_id).items()}
    trail(actor, "participant.removed", participant, before={**facts, **minutes})
    db.session.delete(participant)
    return workshop.id


@dataclass(frozen=True)
class Registration:
    """Somebody new on a list: the participant, her minutes, and the person when nobody knew her."""

    participant: Participant
    minutes: Sequence[Attendance]
    person: Person | None


def registration(
    workshop_id: UUID,
    person_id: UUID | None,
    values: Mapping[str, Any],
    embs: Mapping[str, UUID],
    agenda: Mapping[str, ScheduledSession],
) -> Registration:
    """What is to be saved of somebody new; `values` has minutes by the field of their session."""
    name, participant_id = values["name"], new_id()
    person = None if person_id else Person(id=new_id(), name=name, sort_key=sort_key(name))
    participant = Participant(
        id=participant_id,
        workshop_id=workshop_id,
        person_id=person_id or (person and person.id),
        organisation_id=embs.get(values["country"]),
        name=name,
        sort_key=sort_key(name),
        address=values["address"],
        gender=values.get("gender", Gender.NOT_DECLARED),
        country=values["country"],
    )
    minutes = [
        Attendance(participant_id=participant_id, session_id=session.id, minutes=values[field])
        for field, session in agenda.items()
        if field in values
    ]
    return Registration(participant, minutes, person)


def save(registrations: Sequence[Registration]) -> None:
    """Write people, then participants, then minutes, each kind at once."""
    db.session.add_all(one.person for one in registrations if one.person)
    db.session.flush()
    db.session.add_all(one.participant for one in registrations)
    db.session.flush()
    db.session.add_all(row for one in registrations for row in one.minutes)
    db.session.flush()


def amend(
    participant: Participant,
    values: Mapping[str, Any],
    embs: Mapping[str, UUID],
    agenda: Mapping[str, ScheduledSession],
    stored: Mapping[UUID, Attendance],
) -> None:
    """Change what a list says of a participant, minutes among it."""
    for fact in FACTS:
        if fact in values:
            setattr(participant, fact, values[fact])
    participant.sort_key = sort_key(participant.name)
    if "country" in values:
        participant.organisation_id = embs.get(participant.country)
    minutes = {one.id: values[field] for field, one in agenda.items() if field in values}
    write_minutes(participant, stored, minutes)


def write_minutes(
    participant: Participant, stored: Mapping[UUID, Attendance], minutes: Mapping[UUID, int]
) -> None:
    """Write minutes by session; whoever else read this participant before sees a conflict."""
    for session_id, attended in minutes.items():
        if session_id in stored:
            stored[session_id].minutes = attended
        else:
            row = Attendance(participant_id=participant.id, session_id=session_id, minutes=attended)
            db.session.add(row)
    flag_modified(participant, "name")


def with_reason(values: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    """What was written, with the reason where one was given, for the trail."""
    return {**values, "reason": reason} if reason else dict(values)


def trail(
    actor: Actor,
    action: str,
    participant: Participant,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down what happened to a participant."""
    record_each(actor, action, [done_to(participant, before, after)])


def done_to(
    participant: Participant,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Done:
    """What happened to a participant, for the trail; all of it is hers, so all is encrypted."""
    personal = {*(before or {}), *(after or {})}
    return Done(participant, before, after, personal, about=participant.person_id)
