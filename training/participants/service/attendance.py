"""One participant's minutes per session, and correcting them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.db import db
from kernel.errors import NotFound
from kernel.events import emit
from kernel.identity.actor import Actor
from training.alumni.service import record_participations
from training.participants import access, queries
from training.participants.events import AttendanceCorrected
from training.participants.models import Participant
from training.participants.rules import ScheduledSession, Standing, check_minutes
from training.participants.service.people import (
    require_known,
    require_reason,
    trail,
    with_reason,
    write_minutes,
)
from training.workshops.queries import Workshop, threshold_of, workshop_of


@dataclass(frozen=True)
class AttendanceRecord:
    """One participant beside the agenda: `minutes` are those on record, by session."""

    workshop: Workshop
    participant: Participant
    organisation: str | None
    agenda: Sequence[ScheduledSession]
    minutes: Mapping[UUID, int]
    standing: Standing

    @property
    def locked(self) -> bool:
        """Whether a change needs a reason."""
        return queries.is_locked(self.workshop)


def attendance_record(actor: Actor, workshop_id: UUID, participant_id: UUID) -> AttendanceRecord:
    """What is on record of a participant of a workshop; raises Forbidden, NotFound."""
    access.require_manage(actor)
    workshop = workshop_of(workshop_id)
    participant = queries.participant_of(participant_id)
    if participant.workshop_id != workshop_id:
        raise NotFound
    agenda = queries.agenda_of(workshop_id)
    stored = queries.minutes_of(participant_id)
    minutes = {id: row.minutes for id, row in stored.items()}
    standing = Standing(
        sum(minutes.values()), sum(one.minutes for one in agenda), threshold_of(workshop)
    )
    organisation = queries.organisation_name(participant.organisation_id)
    return AttendanceRecord(workshop, participant, organisation, agenda, minutes, standing)


def correct_attendance(
    actor: Actor,
    participant_id: UUID,
    minutes: Mapping[UUID, int],
    *,
    reason: str | None = None,
    version: int | None,
) -> Participant:
    """Set a participant's minutes in some sessions, by the session's id; the others stay as they are.

    Once attendance is locked a reason is needed, and her participation is recorded anew. Raises NotFound,
    Forbidden, Conflict when somebody else changed her meanwhile, and Refused for minutes no session has
    (in the field `minutes`, naming the session), without a reason, and for somebody erased.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(queries.participant_of(participant_id).workshop_id)
    participant = queries.participant_of(participant_id)
    agenda = queries.agenda_of(workshop.id)
    stored = queries.minutes_of(participant_id)
    # Minutes nobody recorded count as none, but 0 that somebody entered is on record.
    before = {one.id: stored[one.id].minutes if one.id in stored else None for one in agenda}
    participant.expect(version, {one.field: before[one.id] or 0 for one in agenda})
    check_minutes(agenda, minutes)
    changes = {id: attended for id, attended in minutes.items() if before[id] != attended}
    if not changes:
        return participant
    require_known(participant)
    require_reason(workshop, reason)
    write_minutes(participant, stored, changes)
    db.session.flush()
    changed = [one for one in agenda if one.id in changes]
    trail(
        actor,
        "attendance.corrected" if queries.is_locked(workshop) else "attendance.changed",
        participant,
        before={one.code: before[one.id] for one in changed},
        after=with_reason({one.code: changes[one.id] for one in changed}, reason),
    )
    if queries.is_locked(workshop):
        _record_anew(actor, workshop, participant)
    return participant


def _record_anew(actor: Actor, workshop: Workshop, participant: Participant) -> None:
    standing = next(
        one for one in queries.standings_of(workshop.id) if one.participant_id == participant.id
    )
    record_participations(actor, workshop.id, [standing])
    emit(AttendanceCorrected(workshop.id, participant.id))
