"""Recording who took part, and opening the alumni record that follows from it."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete

from kernel.audit import Done, record_each
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.grants import give_role
from kernel.identity.models import RoleGrant
from training.alumni import queries
from training.alumni.models import AlumniRecord, Participation
from training.alumni.rules import RecordState
from training.participants.queries import ParticipantStanding
from training.permissions import ALUMNUS


def record_participations(
    actor: Actor, workshop_id: UUID, standings: Collection[ParticipantStanding]
) -> None:
    """Record what locked attendance amounts to for some participants of a workshop.

    Whoever attended a minute or more has a participation, an alumni record and the role of an alumna;
    whoever attended none has no participation here, and is no alumna unless by another workshop. Of somebody
    who was erased the minutes are counted, and nothing else is made. Doing it again changes nothing. The
    caller holds the workshop.
    """
    recorded = queries.participations_in(workshop_id, [one.person_id for one in standings])
    done: dict[str, list[Done]] = defaultdict(list)
    for one in standings:
        if settled := _settle(workshop_id, one, recorded.get(one.person_id)):
            action, what = settled
            done[action].append(what)
    for action, each in done.items():
        record_each(actor, action, each)
    db.session.flush()
    living = {one.person_id for one in standings if not one.is_erased}
    alumni = queries.people_who_took_part(living)
    _open_records(actor, alumni)
    _close_records(actor, living - alumni)


def _settle(
    workshop_id: UUID, one: ParticipantStanding, stored: Participation | None
) -> tuple[str, Done] | None:
    """Make what is recorded of one participant true; what was done, or None where it was true already."""
    standing = one.standing
    after = {"attended_minutes": standing.attended, "scheduled_minutes": standing.scheduled}
    before = _facts(stored) if stored else None
    if stored is None and standing.took_part:
        stored = Participation(person_id=one.person_id, workshop_id=workshop_id, **after)
        db.session.add(stored)
        return "participation.recorded", Done(stored, after=after, about=_about(one))
    if stored is None or before == after:
        return None
    if not standing.took_part:
        db.session.delete(stored)
        return "participation.withdrawn", Done(stored, before, about=_about(one))
    stored.attended_minutes, stored.scheduled_minutes = standing.attended, standing.scheduled
    return "participation.changed", Done(stored, before, after, about=_about(one))


def _about(one: ParticipantStanding) -> UUID | None:
    """Whom an entry of the trail is about: a key is not made anew for somebody whose key was destroyed."""
    return None if one.is_erased else one.person_id


def _facts(stored: Participation) -> dict[str, int]:
    return {
        "attended_minutes": stored.attended_minutes,
        "scheduled_minutes": stored.scheduled_minutes,
    }


def _open_records(actor: Actor, person_ids: Collection[UUID]) -> None:
    """Open the record of whoever has none, and give the role to whoever does not hold it."""
    if not person_ids:
        return
    known = queries.alumni_records_of(person_ids)
    erased = {one for one, found in known.items() if found.state == RecordState.ERASED}
    opened = [AlumniRecord(person_id=one) for one in sorted(set(person_ids) - set(known))]
    db.session.add_all(opened)
    role = {"role": ALUMNUS}
    record_each(
        actor,
        "alumni_record.opened",
        [Done(one, after=role, about=one.person_id) for one in opened],
    )
    give_role(set(person_ids) - erased, ALUMNUS)


def _close_records(actor: Actor, person_ids: Collection[UUID]) -> None:
    """Take record and role from people whose last participation was withdrawn."""
    closed = queries.alumni_records_of(person_ids)
    role = {"role": ALUMNUS}
    record_each(
        actor,
        "alumni_record.closed",
        [Done(opened, before=role, about=person_id) for person_id, opened in closed.items()],
    )
    for opened in closed.values():
        db.session.delete(opened)
    db.session.execute(
        delete(RoleGrant)
        .where(
            RoleGrant.person_id.in_(closed.keys()),
            RoleGrant.role == ALUMNUS,
            RoleGrant.organisation_id.is_(None),
        )
        .execution_options(synchronize_session=False)
    )
