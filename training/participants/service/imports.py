"""Importing a file of participants: all rows that are not left out, or nothing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext

from kernel.audit import Done, record, record_each
from kernel.documents.importing import Report, RowError
from kernel.documents.tables import Table, read_table
from kernel.files.names import safe_name
from kernel.identity.actor import Actor
from kernel.imports import (
    ImportResult,
    KeptImport,
    choose_columns,
    discard,
    keep,
    kept_import,
    require_good,
    result_of,
)
from kernel.values.outcomes import Outcome
from kernel.values.sorting import sort_key
from training.participants import queries
from training.participants.importing import check_participants, guess_columns
from training.participants.models import Participant
from training.participants.rules import Known, Row, ScheduledSession, Step, plan_import
from training.participants.service.people import (
    FACTS,
    Registration,
    amend,
    done_to,
    open_workshop,
    registration,
    save,
    workshop_to_fill,
)
from training.workshops.queries import Workshop

KIND = "participants"

_ACTIONS: Final = {
    "participant.added": Outcome.CREATED,
    "participant.changed": Outcome.UPDATED,
}

Agenda = Sequence[ScheduledSession]


@dataclass(frozen=True)
class Preview:
    """What a file would do: its errors by row, or else a step for each row that is not left out."""

    table: Table
    mapping: Mapping[str, int]
    agenda: Agenda
    report: Report
    left_out: tuple[RowError, ...] = ()
    steps: tuple[Step, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many participants the file adds, changes or leaves unchanged."""
        return sum(step.does.outcome is outcome for step in self.steps)


def keep_upload(actor: Actor, workshop_id: UUID, file_name: str, content: bytes) -> KeptImport:
    """Keep a file of participants until it is confirmed; it takes the place of her earlier one.

    Raises Forbidden, NotFound, and Refused when the file cannot be read or attendance is locked.
    """
    workshop_to_fill(actor, workshop_id)
    agenda = queries.agenda_of(workshop_id)
    return keep(
        actor,
        KIND,
        file_name,
        content,
        lambda table: guess_columns(table, agenda),
        subject_id=workshop_id,
    )


def match_columns(
    actor: Actor, workshop_id: UUID, import_id: UUID, mapping: Mapping[str, int]
) -> None:
    """Read each field from the column the person chose.

    Raises Refused when one column is chosen for two fields or is not in the file.
    """
    workshop_to_fill(actor, workshop_id)
    choose_columns(_kept(actor, workshop_id, import_id), mapping)


def preview(
    actor: Actor, workshop_id: UUID, import_id: UUID, left_out: Collection[int] = ()
) -> Preview:
    """Tell what confirming the file would do without the rows left out; nothing is changed."""
    workshop_to_fill(actor, workshop_id)
    kept = _kept(actor, workshop_id, import_id)
    return _check(workshop_id, read_table(kept.content), kept.mapping, left_out)


def confirm(
    actor: Actor, workshop_id: UUID, import_id: UUID, left_out: Collection[int] = ()
) -> ImportResult:
    """Import the file but for the rows left out. Raises Refused, naming every other bad row."""
    workshop = open_workshop(actor, workshop_id)
    kept = _kept(actor, workshop_id, import_id)
    checked = _check(workshop_id, read_table(kept.content), kept.mapping, left_out)
    result = _carry_out(actor, workshop, checked, kept.file_name)
    discard(kept)
    return result


def import_file(
    actor: Actor,
    workshop_id: UUID,
    file_name: str,
    content: bytes,
    *,
    left_out: Collection[int] = (),
    dry_run: bool = False,
) -> ImportResult:
    """Import a file in one step, its columns recognised by their headings.

    Raises Forbidden, NotFound, and Refused when attendance is locked or, naming every bad row, when any
    row that is not left out is bad; nothing is imported then.
    """
    workshop = open_workshop(actor, workshop_id)
    table = read_table(content)
    mapping = guess_columns(table, queries.agenda_of(workshop_id))
    checked = _check(workshop_id, table, mapping, left_out)
    if dry_run:
        require_good(checked.report)
        return _result(checked)
    return _carry_out(actor, workshop, checked, file_name)


def _kept(actor: Actor, workshop_id: UUID, import_id: UUID) -> KeptImport:
    return kept_import(actor, KIND, import_id, subject_id=workshop_id)


def _check(
    workshop_id: UUID, table: Table, mapping: Mapping[str, int], left_out: Collection[int]
) -> Preview:
    """Check every row that is not left out and, when all are good, plan what they do."""
    agenda = queries.agenda_of(workshop_id)
    # A session that left the agenda after the upload is no field any more.
    fields = {"name", "gender", "country", "address", *(one.field for one in agenda)}
    mapping = {field: position for field, position in mapping.items() if field in fields}
    plan = partial(_planned, workshop_id, table, mapping, agenda)
    report, steps = plan(left_out)
    there = {row.number for row in table.rows} & set(left_out)
    why = tuple(_why(lambda without: plan(without)[0].errors, there))
    return Preview(table, mapping, agenda, report, why, tuple(steps))


def _why(
    errors: Callable[[Collection[int]], Sequence[RowError]], left_out: Collection[int]
) -> Iterator[RowError]:
    """Why rows are left out: `errors` are those of a file without some of its rows.

    What is wrong with one row hides what is found only once all rows can be read.
    """
    told: set[int] = set()
    while len(told) < len(left_out):
        found = [error for error in _about(errors(told), left_out) if error.row not in told]
        if not found:
            break
        yield from found
        told |= {error.row for error in found}
    for row in sorted(set(left_out) - told):
        yield RowError(row, "", "", gettext("Nothing is wrong with this row."))


def _about(errors: Sequence[RowError], left_out: Collection[int]) -> Iterator[RowError]:
    """The errors of rows that are left out; of two that contradict each other either may be."""
    for error in errors:
        if error.row in left_out:
            yield error
        if error.against and error.against in left_out:
            other = gettext(
                "Row %(row)s is about the same person and says something else.", row=error.row
            )
            yield replace(error, row=error.against, reason=other, against=error.row)


def _planned(
    workshop_id: UUID,
    table: Table,
    mapping: Mapping[str, int],
    agenda: Agenda,
    left_out: Collection[int] = (),
) -> tuple[Report, Sequence[Step]]:
    """What is wrong with the rows that are not left out, or else what each of them does."""
    report = check_participants(table, mapping, agenda, left_out)
    if report.errors:
        return report, ()
    rows = [
        Row(row.number, row.data["address"], _given(row.data, row.given)) for row in report.rows
    ]
    steps, repeats = plan_import(
        rows, _known(workshop_id, agenda), queries.people_at([row.address for row in rows])
    )
    addresses = {row.number: row.address for row in rows}
    column = table.headers[mapping["address"]]
    errors = [
        RowError(
            number,
            column,
            addresses[number],
            gettext("Row %(row)s is about the same person, under another address.", row=earlier),
            against=earlier,
        )
        for number, earlier in repeats
    ]
    return report.with_errors(errors), () if errors else steps


def _given(data: Mapping[str, Any], given: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in given}


def _known(workshop_id: UUID, agenda: Agenda) -> list[Known]:
    minutes = queries.minutes_by_participant(workshop_id)
    return [
        Known(
            one.id,
            one.person_id,
            one.address or "",
            {
                **{fact: getattr(one, fact) for fact in FACTS},
                **{
                    session.field: stored.minutes if stored else None
                    for session in agenda
                    for stored in [minutes.get(one.id, {}).get(session.id)]
                },
            },
        )
        for one in queries.participants_of(workshop_id)
    ]


def _carry_out(actor: Actor, workshop: Workshop, checked: Preview, file_name: str) -> ImportResult:
    require_good(checked.report)
    agenda = {one.field: one for one in checked.agenda}
    written = _write(workshop.id, checked.steps, agenda)
    for action, outcome in _ACTIONS.items():
        record_each(
            actor,
            action,
            [_done(*each, agenda) for each in written if each[1].does.outcome is outcome],
        )
    result = _result(checked)
    counts = {name: getattr(result, name) for name in ("created", "updated", "unchanged")}
    left_out = [
        f"{error.row} {error.column}".rstrip() + f": {error.reason}" for error in checked.left_out
    ]
    record(
        actor,
        "participants.imported",
        workshop,
        after={**counts, "left_out": left_out} if left_out else counts,
        label=safe_name(file_name),
    )
    return result


def _write(
    workshop_id: UUID, steps: Sequence[Step], agenda: Mapping[str, ScheduledSession]
) -> list[tuple[Participant, Step]]:
    """Carry out the steps that change something."""
    embs = queries.member_embs({str(step.does.values.get("country")) for step in steps})
    stored = {one.id: one for one in queries.participants_of(workshop_id)}
    minutes = queries.minutes_by_participant(workshop_id)
    nameless = queries.people_without_account(
        [step.known.person_id for step in steps if step.known]
    )
    added: list[Registration] = []
    done = []
    for step in steps:
        values = step.does.values
        if step.known is None:
            added.append(registration(workshop_id, step.person_id, values, embs, agenda))
            participant = added[-1].participant
        elif step.does.outcome is Outcome.UPDATED:
            participant = stored[step.known.participant_id]
            amend(participant, values, embs, agenda, minutes.get(participant.id, {}))
            if "name" in values and (person := nameless.get(participant.person_id)):
                person.name, person.sort_key = participant.name, sort_key(participant.name)
        else:
            continue
        done.append((participant, step))
    save(added)
    return done


def _done(participant: Participant, step: Step, agenda: Mapping[str, ScheduledSession]) -> Done:
    changed = step.does.outcome is Outcome.UPDATED
    before = {change.field: change.before for change in step.does.changes}
    return done_to(
        participant,
        before=_worded(before, agenda) if changed else None,
        after=_worded(step.does.values, agenda),
    )


def _worded(values: Mapping[str, Any], agenda: Mapping[str, ScheduledSession]) -> dict[str, Any]:
    """Values under the codes of their sessions, for whoever reads the trail."""
    return {agenda[name].code if name in agenda else name: value for name, value in values.items()}


def _result(checked: Preview) -> ImportResult:
    return result_of((step.does.outcome for step in checked.steps), checked.report)
