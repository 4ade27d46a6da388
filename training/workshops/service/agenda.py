"""Importing the agenda of a workshop. Its days are the sessions' own: the workshop's stays as it was."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from kernel.audit import record
from kernel.db import db
from kernel.documents.importing import Report
from kernel.documents.tables import Table
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.imports import ImportFlow, Preview
from training.participants.queries import most_minutes, workshop_to_change
from training.workshops import access, queries
from training.workshops.importing import (
    check_agenda,
    clash_errors,
    dropping_notes,
    guess_agenda_columns,
)
from training.workshops.models import Session
from training.workshops.planning import AgendaPlan, SessionRow, SessionStep, plan_agenda

AGENDA: Final = "agenda"
"""What a file of sessions is called among the files on their way in."""

_FACTS: Final = ("held_on", "title", "scheduled_minutes", "position")


def _allow(actor: Actor, workshop_id: UUID | None) -> None:
    access.require_manage(actor)
    queries.workshop_of(_known(workshop_id))


def _hold(workshop_id: UUID | None) -> None:
    workshop_to_change(_known(workshop_id))


def _check(
    table: Table, mapping: Mapping[str, int], workshop_id: UUID | None
) -> Preview[SessionStep]:
    """Check every row and, when all are good, plan what they make of the agenda there is."""
    report = check_agenda(table, mapping)
    if report.errors:
        return Preview(table, mapping, report)
    plan = _plan(report, _known(workshop_id))
    report = replace(report, notes=(*report.notes, *dropping_notes(plan.dropped)))
    report = report.with_errors(clash_errors(plan.clashes, table, mapping))
    return Preview(table, mapping, report, () if report.errors else plan.steps)


def _plan(report: Report, workshop_id: UUID) -> AgendaPlan:
    rows = [
        SessionRow(row.number, row.data["code"], _values(row.data, position))
        for position, row in enumerate(report.rows, start=1)
    ]
    return plan_agenda(
        rows,
        {session.code: _facts(session) for session in queries.sessions_of(workshop_id)},
        most_minutes(workshop_id),
        locked=queries.workshop_of(workshop_id).locked_at is not None,
    )


def _carry_out(
    actor: Actor, checked: Preview[SessionStep], _file_name: str, workshop_id: UUID | None
) -> None:
    workshop = queries.workshop_of(_known(workshop_id))
    stored = {session.code: session for session in queries.sessions_of(workshop.id)}
    before = {code: _words(_facts(session)) for code, session in stored.items()}
    for step in checked.steps:
        session = stored.pop(step.code, None)
        if session is None:
            db.session.add(Session(workshop_id=workshop.id, code=step.code, **step.values))
        else:
            for name, value in step.values.items():
                setattr(session, name, value)
    for session in stored.values():  # those the file leaves out; nothing is on record for them
        db.session.delete(session)
    db.session.flush()
    after = {session.code: _words(_facts(session)) for session in queries.sessions_of(workshop.id)}
    if before != after:
        # What was measured by the old agenda is to be looked at again before anybody saves it.
        flag_modified(workshop, "state")
        record(actor, "workshop.agenda_imported", workshop, before=before, after=after)


def _values(data: Mapping[str, Any], position: int) -> dict[str, Any]:
    """What a row gives a session; its place in the agenda is that in the file."""
    given = {**data, "position": position}
    return {name: given[name] for name in _FACTS}


def _facts(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in _FACTS}


def _words(facts: Mapping[str, Any]) -> str:
    """A session in one line of the trail."""
    return f"{facts['held_on']}, {facts['scheduled_minutes']} min: {facts['title']}"


def _known(workshop_id: UUID | None) -> UUID:
    if workshop_id is None:
        raise NotFound
    return workshop_id


agenda_imports: Final = ImportFlow[SessionStep](
    AGENDA,
    guess_agenda_columns,
    allow=_allow,
    check=_check,
    carry_out=_carry_out,
    hold=_hold,
)
"""Importing a workshop's agenda, the workshop being the subject; importing it again changes nothing."""
