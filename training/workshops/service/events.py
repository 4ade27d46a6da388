"""Importing a file of workshops, each known by its programme, its title and its month."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from kernel.audit import record
from kernel.documents.importing import CheckedRow, Report
from kernel.documents.tables import Table
from kernel.files.names import safe_name
from kernel.identity.actor import Actor
from kernel.imports import ImportFlow, Preview
from kernel.tenancy.queries import current_tenant
from kernel.values.outcomes import Outcome
from training.workshops import access, queries
from training.workshops.importing import check_events, guess_event_columns
from training.workshops.models import Workshop
from training.workshops.planning import EventRow, EventStep, plan_events
from training.workshops.rules import means_whole_network, region_among
from training.workshops.service.workshop import add_workshop, make_findable, programme_of_code

EVENTS: Final = "workshops"
"""What a file of workshops is called among the files on their way in."""

_PLAIN: Final = ("city", "country", "source")
_FACTS: Final = (*_PLAIN, "region", "day")


def _check(
    table: Table, mapping: Mapping[str, int], _subject_id: UUID | None
) -> Preview[EventStep]:
    """Check every row and, when all are good, plan what they do."""
    regions = queries.network_regions()
    report = check_events(table, mapping, regions)
    return Preview(table, mapping, report, () if report.errors else _plan(report, regions))


def _plan(report: Report, regions: list[str]) -> list[EventStep]:
    rows = [_row(row, regions) for row in report.rows]
    stored = queries.workshops_known_as({row.key for row in rows})
    return plan_events(rows, {key: _facts(workshop) for key, workshop in stored.items()})


def _row(row: CheckedRow, regions: list[str]) -> EventRow:
    values: dict[str, Any] = {name: row.data[name] for name in _PLAIN if name in row.given}
    if "region" in row.given:
        region = row.data["region"]
        values["region"] = None if means_whole_network(region) else region_among(region, regions)
    return EventRow(
        row.number,
        row.data["programme"].upper(),
        row.data["title"],
        row.data["held"],
        values,
    )


def _carry_out(
    actor: Actor, checked: Preview[EventStep], file_name: str, _subject_id: UUID | None
) -> None:
    stored = queries.workshops_known_as({step.key for step in checked.steps})
    for step in checked.steps:
        if step.outcome is Outcome.CREATED:
            _create(actor, step)
        elif step.outcome is Outcome.UPDATED:
            _update(actor, stored[step.key], step)
    result = checked.result
    told = {"created": result.created, "updated": result.updated, "unchanged": result.unchanged}
    record(actor, "workshops.imported", current_tenant(), after=told, label=safe_name(file_name))


def _create(actor: Actor, step: EventStep) -> None:
    workshop = Workshop(
        programme_id=programme_of_code(actor, step.key.programme).id,
        title=step.key.title,
        year=step.key.year,
        month=step.key.month,
        **{"region": None, "day": None, **step.values},
    )
    add_workshop(actor, workshop, step.key.programme)


def _update(actor: Actor, workshop: Workshop, step: EventStep) -> None:
    before = {name: getattr(workshop, name) for name in step.values}
    for name, value in step.values.items():
        setattr(workshop, name, value)
    record(actor, "workshop.changed", workshop, before=before, after=step.values)
    make_findable(workshop, step.key.programme)


def _facts(workshop: Workshop) -> dict[str, Any]:
    return {name: getattr(workshop, name) for name in _FACTS}


event_imports: Final = ImportFlow[EventStep](
    EVENTS,
    guess_event_columns,
    allow=lambda actor, _subject_id: access.require_manage(actor),
    check=_check,
    carry_out=_carry_out,
)
"""Importing a file of workshops; importing it again changes nothing."""
