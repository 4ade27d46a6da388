"""Files of workshops and of agendas: which columns are which, and whether every row can be used."""

from collections.abc import Collection, Mapping
from typing import Final

from flask_babel import gettext

from kernel import fields
from kernel.documents.importing import (
    Report,
    RowError,
    RowNote,
    check_rows,
    guess_mapping,
    merge_repeats,
)
from kernel.documents.tables import Table
from kernel.errors import N_
from training.workshops.planning import AgendaClash, AgendaProblem
from training.workshops.rules import means_whole_network, region_among
from training.workshops.schemas import CITY, CODE, HELD, SOURCE, TITLE

EVENT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "programme": ("program", "programme code", "project", "البرنامج"),
    "title": (
        "event", "workshop", "name", "event title", "atelier", "titre", "intitulé",
        "ورشة العمل", "العنوان",
    ),
    "city": ("town", "place", "ville", "lieu", "المدينة"),
    "country": (
        "country code", "country iso 3166", "iso 3166", "iso", "iso code", "pays", "code pays", "البلد",
        "رمز البلد",
    ),
    "region": ("région", "المنطقة"),
    "held": ("month", "date", "year", "when", "day", "mois", "année", "الشهر", "التاريخ", "السنة"),
    "source": ("reference", "référence", "المصدر"),
}  # fmt: skip
"""Headings under which each field of a workshop is recognised."""

AGENDA_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("session", "session code", "no", "number", "séance", "code de la séance", "الجلسة", "الرمز"),
    "held_on": ("date", "day", "jour", "التاريخ", "اليوم"),
    "title": ("session title", "subject", "topic", "titre", "intitulé", "العنوان", "الموضوع"),
    "scheduled_minutes": (
        "minutes", "scheduled", "duration", "length", "durée", "minutes prévues", "المدة", "الدقائق",
    ),
}  # fmt: skip
"""Headings under which each field of a session is recognised."""


class EventRow(fields.Schema):
    """A row of a file of workshops."""

    programme = fields.Text(label=N_("Programme"), required=True, max_length=CODE)
    title = fields.Text(label=N_("Title"), required=True, max_length=TITLE)
    held = fields.PartialDay(label=HELD, required=True)
    city = fields.Text(label=N_("City"), required=True, max_length=CITY)
    country = fields.Country(label=N_("Country code"), required=True)
    region = fields.Text(label=N_("Region"), max_length=60)
    source = fields.Text(label=N_("Source"), max_length=SOURCE, load_default="")


class SessionRow(fields.Schema):
    """A row of an agenda."""

    code = fields.Text(label=N_("Session code"), required=True, max_length=CODE)
    held_on = fields.Date(label=N_("Day of the session"), required=True)
    title = fields.Text(label=N_("Title of the session"), required=True, max_length=TITLE)
    scheduled_minutes = fields.Integer(
        label=N_("Scheduled minutes"), required=True, min=1, max=1440
    )


def guess_event_columns(table: Table) -> dict[str, int]:
    """Recognise the columns of a file of workshops by their headings."""
    return guess_mapping(table.headers, EVENT_COLUMNS)


def guess_agenda_columns(table: Table) -> dict[str, int]:
    """Recognise the columns of an agenda by their headings."""
    return guess_mapping(table.headers, AGENDA_COLUMNS)


def check_events(table: Table, mapping: Mapping[str, int], regions: Collection[str]) -> Report:
    """Check every row of a file of workshops; `regions` are those of the network."""
    report = _checked(table, mapping, EventRow())
    if report.errors:
        return report
    report = merge_repeats(
        report,
        lambda data: f"{data['programme'].upper()}, {data['title']}, {str(data['held'])[:7]}",
        column=table.headers[mapping["title"]],
    )
    return report.with_errors(
        [
            RowError(row.number, table.headers[mapping["region"]], region, _no_region(regions))
            for row in report.rows
            if (region := row.data["region"])
            and not means_whole_network(region)
            and region_among(region, regions) is None
        ]
    )


def check_agenda(table: Table, mapping: Mapping[str, int]) -> Report:
    """Check every row of an agenda; a code that appears twice must say the same both times."""
    report = _checked(table, mapping, SessionRow())
    if report.errors:
        return report
    column = table.headers[mapping["code"]]
    return merge_repeats(report, lambda data: data["code"], column=column)


def clash_errors(
    clashes: Collection[AgendaClash], table: Table, mapping: Mapping[str, int]
) -> list[RowError]:
    """Why an agenda cannot take the place of the one there is, as errors of its rows.

    A session the file leaves out has no row there: its error stands at the row of headings.
    """
    columns = {AgendaProblem.SHORTENED: "scheduled_minutes"}
    return [
        RowError(
            clash.row or 1,
            table.headers[mapping[columns.get(clash.problem, "code")]],
            clash.value,
            _clash_reason(clash),
        )
        for clash in clashes
    ]


def dropping_notes(dropped: Collection[str]) -> tuple[RowNote, ...]:
    """What the person importing should know of sessions her file leaves out."""
    return tuple(
        RowNote(1, gettext("Session %(code)s is not in the file and is taken off.", code=code))
        for code in dropped
    )


def _checked(table: Table, mapping: Mapping[str, int], schema: fields.Schema) -> Report:
    missing = [
        field.label
        for name, field in schema.load_fields.items()
        if field.required and name not in mapping and isinstance(field, fields.BaseField)
    ]
    if missing:
        reasons = [
            gettext(
                "No column of the file is used for “%(label)s”. Choose the one that holds it.",
                label=gettext(label),
            )
            for label in missing
        ]
        return Report((), tuple(RowError(1, "", "", reason) for reason in reasons))
    report = check_rows(table, mapping, schema)
    if not report.rows and not report.errors:
        reason = gettext("The file has headings and no rows. Upload a file with rows below them.")
        return Report((), (RowError(1, "", "", reason),))
    return report


def _no_region(regions: Collection[str]) -> str:
    return str(
        gettext(
            "The network has no such region. Enter one of these, or leave the cell empty for the whole"
            " network: %(regions)s.",
            regions=", ".join(regions),
        )
    )


def _clash_reason(clash: AgendaClash) -> str:
    if clash.problem is AgendaProblem.LOCKED:
        return str(
            gettext(
                "Attendance is locked, so the agenda cannot change any more. Leave this session as it was."
            )
        )
    if clash.problem is AgendaProblem.DROPPED:
        return str(
            gettext(
                "The file leaves this session out, but attendance is on record for it. Put it back into the"
                " file."
            )
        )
    return str(
        gettext(
            "Somebody attended %(minutes)s minutes of this session. Enter at least as many.",
            minutes=clash.minutes,
        )
    )
