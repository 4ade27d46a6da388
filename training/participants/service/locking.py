"""Locking the attendance of a workshop: what it will record, and recording it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from kernel.audit import record
from kernel.errors import N_, Conflict, NotNow
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from training.alumni.service import record_participations
from training.participants import access, queries
from training.participants.events import AttendanceLocked
from training.participants.queries import Attendances, ParticipantStanding
from training.participants.rules import Tally


@dataclass(frozen=True)
class LockingSummary:
    """What locking would record now. `unrecorded` sessions of people have no minutes and count as 0."""

    workshop: Attendances
    standings: Sequence[ParticipantStanding]
    tally: Tally
    unrecorded: int


def locking_summary(actor: Actor, workshop_id: UUID) -> LockingSummary:
    """What locking would record; raises Forbidden, NotFound, and Refused as locking would."""
    access.require_manage(actor)
    workshop = queries.attendances_of(workshop_id)
    standings = queries.standings_in(workshop)
    _require_lockable(workshop, standings)
    unrecorded = len(standings) * workshop.sessions - queries.minutes_on_record(workshop_id)
    return LockingSummary(workshop, standings, _tally(standings), unrecorded)


def lock_attendance(
    actor: Actor, workshop_id: UUID, *, version: int | None, seen: Tally | None = None
) -> Tally:
    """Make the attendance of a workshop final and record who took part; returns what it counts.

    `version` is the workshop's; `seen` what the person was told would be recorded. Raises NotFound,
    Forbidden, Refused when it is locked already, was cancelled, has no agenda, nobody is registered or its
    last session is still to come, and Conflict when the workshop, or what its attendance amounts to, is not
    what she saw.
    """
    access.require_manage(actor)
    workshop = queries.workshop_to_change(workshop_id)
    measured = queries.attendances_of(workshop_id)
    standings = queries.standings_in(measured)
    _require_lockable(measured, standings)
    tally = _tally(standings)
    workshop.expect(version, asdict(tally))
    if seen is not None and seen != tally:
        raise Conflict(current=asdict(tally))
    workshop.locked_at, workshop.locked_by = clock.now(), actor.person_id
    record(actor, "attendance.locked", workshop, after=asdict(tally))
    record_participations(actor, workshop_id, standings)
    emit(AttendanceLocked(workshop_id))
    return tally


def _require_lockable(workshop: Attendances, standings: Sequence[ParticipantStanding]) -> None:
    if workshop.locked_at is not None:
        raise NotNow(
            N_("The attendance of this workshop is locked already: there is nothing more to do.")
        )
    if workshop.cancelled:
        raise NotNow(N_("This workshop was cancelled: nobody took part in it."))
    if not workshop.sessions:
        # Once it is locked, neither agenda nor minutes could be brought in any more.
        raise NotNow(N_("This workshop has no agenda yet. Import its sessions first."))
    if not standings:
        raise NotNow(N_("Nobody is registered yet. Import the participants first."))
    if not workshop.ended:
        raise NotNow(
            N_(
                "The last session of this workshop is on %(day)s. Lock attendance on that day or later;"
                " if the day is wrong, import the agenda again."
            ),
            day=workshop.last_day,
        )


def _tally(standings: Sequence[ParticipantStanding]) -> Tally:
    return Tally.of(one.standing for one in standings)
