"""Minutes per session: correcting them, and locking the attendance of a workshop."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, Conflict, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from training.alumni.service import record_participations
from training.participants import access, queries
from training.participants.events import AttendanceCorrected, AttendanceLocked
from training.participants.models import Participant
from training.participants.rules import Tally, check_minutes
from training.participants.service.people import trail, write_minutes
from training.workshops.queries import Workshop


def lock_attendance(
    actor: Actor, workshop_id: UUID, *, version: int | None, seen: Tally | None = None
) -> Tally:
    """Make the attendance of a workshop final and record who took part; returns what it counts.

    `version` is the workshop's; `seen` what the person was trail would be recorded. Raises NotFound,
    Forbidden, Refused when it is locked already or nobody is registered, and Conflict when the workshop,
    or what its attendance amounts to, is not what she saw.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(workshop_id)
    if queries.is_locked(workshop):
        raise Refused(N_("The attendance of this workshop is locked already."))
    standings = queries.standings_of(workshop_id)
    if not standings:
        raise Refused(N_("Nobody is registered yet. Import the participants first."))
    tally = Tally.of(one.standing for one in standings)
    workshop.expect(version, asdict(tally))
    if seen is not None and seen != tally:
        raise Conflict(current=asdict(tally))
    workshop.locked_at, workshop.locked_by = clock.now(), actor.person_id
    record(actor, "attendance.locked", workshop, after=asdict(tally))
    record_participations(actor, workshop_id, standings)
    emit(AttendanceLocked(workshop_id))
    return tally


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
    (in its field `minutes_<code>`) or without a reason.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(queries.participant_of(participant_id).workshop_id)
    participant = queries.participant_of(participant_id)
    agenda = queries.agenda_of(workshop.id)
    stored = queries.minutes_of(participant_id)
    before = {one.id: stored[one.id].minutes if one.id in stored else 0 for one in agenda}
    participant.expect(version, {one.field: before[one.id] for one in agenda})
    check_minutes(agenda, minutes)
    changes = {id: attended for id, attended in minutes.items() if before[id] != attended}
    if not changes:
        return participant
    if queries.is_locked(workshop) and not reason:
        raise Refused(
            N_("Attendance is locked. Enter the reason why it is corrected."), field="reason"
        )
    write_minutes(participant, stored, changes)
    db.session.flush()
    changed = [one for one in agenda if one.id in changes]
    after: dict[str, Any] = {one.code: changes[one.id] for one in changed}
    trail(
        actor,
        "attendance.corrected" if queries.is_locked(workshop) else "attendance.changed",
        participant,
        before={one.code: before[one.id] for one in changed},
        after={**after, "reason": reason} if reason else after,
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
