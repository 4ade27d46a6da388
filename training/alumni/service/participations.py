"""Recording who took part, and opening the alumni record that follows from it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from kernel.audit import record
from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.actor import Actor
from kernel.identity.models import RoleGrant
from kernel.values import clock
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
    for one in standings:
        stored = recorded.get(one.person_id)
        if one.standing.took_part:
            _attest(actor, workshop_id, one, stored)
        elif stored is not None:
            _withdraw(actor, one, stored)
    db.session.flush()
    living = {one.person_id for one in standings if not one.is_erased}
    alumni = queries.people_who_took_part(living)
    _open_records(actor, alumni)
    _close_records(actor, living - alumni)


def _attest(
    actor: Actor, workshop_id: UUID, one: ParticipantStanding, stored: Participation | None
) -> None:
    after = {
        "attended_minutes": one.standing.attended,
        "scheduled_minutes": one.standing.scheduled,
    }
    if stored is None:
        stored = Participation(person_id=one.person_id, workshop_id=workshop_id, **after)
        db.session.add(stored)
        record(actor, "participation.recorded", stored, after=after, about=_about(one))
        return
    before = _facts(stored)
    if before != after:
        stored.attended_minutes = one.standing.attended
        stored.scheduled_minutes = one.standing.scheduled
        record(
            actor,
            "participation.changed",
            stored,
            before=before,
            after=after,
            about=_about(one),
        )


def _withdraw(actor: Actor, one: ParticipantStanding, stored: Participation) -> None:
    record(actor, "participation.withdrawn", stored, before=_facts(stored), about=_about(one))
    db.session.delete(stored)


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
    for person_id in sorted(set(person_ids) - set(known)):
        opened = AlumniRecord(person_id=person_id)
        db.session.add(opened)
        record(actor, "alumni_record.opened", opened, after={"role": ALUMNUS}, about=person_id)
    if not (living := set(person_ids) - erased):
        return
    tenant_id, now = require_scope().tenant, clock.now()
    db.session.execute(
        insert(RoleGrant)
        .values(
            [
                {
                    "tenant_id": tenant_id,
                    "id": new_id(),
                    "person_id": person_id,
                    "role": ALUMNUS,
                    "organisation_id": None,
                    "granted_at": now,
                }
                for person_id in sorted(living)
            ]
        )
        .on_conflict_do_nothing()
    )


def _close_records(actor: Actor, person_ids: Collection[UUID]) -> None:
    """Take record and role from people whose last participation was withdrawn."""
    closed = queries.alumni_records_of(person_ids)
    for person_id, opened in closed.items():
        record(actor, "alumni_record.closed", opened, before={"role": ALUMNUS}, about=person_id)
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
