"""A file of participants as an office sends it: which columns are which, and whether every row can be used.

A row has a name, gender, country and address, and the minutes attended of each session of the agenda. A
cell left empty says nothing: what is on record stays, and minutes nobody recorded count as none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext
from marshmallow.fields import Field

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
from kernel.fields import BaseField
from kernel.values.countries import country_code
from kernel.values.sorting import sort_key
from training.participants.rules import Gender, ScheduledSession
from training.participants.schemas import MinutesField, with_fields

COLUMN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("full name", "participant", "nom complet", "nom et prénom", "nom", "الاسم الكامل", "الاسم"),
    "gender": ("sex", "genre", "sexe", "الجنس", "النوع"),
    "country": ("country code", "pays", "code pays", "البلد", "الدولة"),
    "address": (
        "e-mail", "e-mail address", "mail address", "adresse électronique", "courriel", "adresse e-mail",
        "البريد الإلكتروني",
    ),
}  # fmt: skip
"""Headings under which each field of a participant is recognised."""

_GENDERS: Final[Mapping[Gender, tuple[str, ...]]] = {
    Gender.FEMALE: ("f", "female", "woman", "femme", "féminin", "أنثى", "امرأة"),
    Gender.MALE: ("m", "male", "man", "homme", "masculin", "ذكر", "رجل"),
    Gender.OTHER: ("x", "other", "autre", "آخر", "أخرى"),
    Gender.NOT_DECLARED: (
        "not declared", "undeclared", "prefer not to say", "non déclaré", "غير معلن",
    ),
}  # fmt: skip
_GENDER_OF: Final = {sort_key(word): gender for gender, words in _GENDERS.items() for word in words}


class GenderCell(fields.Choice):
    """A gender as offices write it: a letter or a word in English, French or Arabic."""

    def pick(self, value: Any) -> Gender:
        """What a word means; raises ValidationError for one nobody knows."""
        gender = _GENDER_OF.get(sort_key(str(value)))
        if gender is None:
            raise self.make_error("invalid")
        return gender


class CountryCell(fields.Country):
    """A country as offices write it: its code, or its name in English, French or Arabic."""

    def spell(self, code: str) -> str:
        """Return the code of a country that is named."""
        return country_code(code) or code


_NEEDED: Final = ("name", "country", "address")


class ParticipantRow(fields.Schema):
    """A row of an import; the minutes of the agenda's sessions follow."""

    name = fields.Text(label=N_("Full name"), required=True)
    gender = GenderCell(
        label=N_("Gender"),
        load_default=Gender.NOT_DECLARED,
        error_messages={
            "invalid": N_(
                "Enter female, male or other, or leave it empty: it need not be declared."
            )
        },
    )
    country = CountryCell(
        label=N_("Country"),
        required=True,
        error_messages={
            "required": N_("Enter the country: its two-letter code or its name."),
            "invalid": N_(
                "Enter a country: its two-letter code, or its name in English, French or Arabic."
            ),
        },
    )
    address = fields.Email(label=N_("Mail address"), required=True)


def row_schema(agenda: Sequence[ScheduledSession]) -> fields.Schema:
    """The schema of a row, with a field for each session."""
    return with_fields(
        ParticipantRow, {one.field: MinutesField(one, label=one.code) for one in agenda}
    )


def columns_schema(agenda: Sequence[ScheduledSession]) -> fields.Schema:
    """The form that tells which column of the file each field is read from."""
    chosen: dict[str, Field[Any]] = {
        name: fields.Choice(label=field.label, required=name in _NEEDED)
        for name, field in row_schema(agenda).fields.items()
        if isinstance(field, BaseField)
    }
    return with_fields(fields.Schema, chosen)


def guess_columns(table: Table, agenda: Sequence[ScheduledSession]) -> dict[str, int]:
    """Recognise the columns of a file by their headings; a session by its code or title."""
    sessions = {one.field: (one.code, one.title) for one in agenda}
    return guess_mapping(table.headers, {**COLUMN_NAMES, **sessions})


def check_participants(
    table: Table,
    mapping: Mapping[str, int],
    agenda: Sequence[ScheduledSession],
    left_out: Collection[int] = (),
) -> Report:
    """Check every row of a file but those left out by their number.

    Somebody who appears twice must be the same both times: her rows are merged, and a note names both.
    """
    if problem := _missing(mapping, agenda):
        return Report((), (RowError(1, "", "", problem),))
    kept = replace(table, rows=tuple(row for row in table.rows if row.number not in left_out))
    report = check_rows(kept, mapping, row_schema(agenda))
    if not report.rows and not report.errors:
        reason = gettext("No row is left to import. Upload a file with a row for each participant.")
        return Report((), (RowError(1, "", "", reason),))
    column = table.headers[mapping["address"]]
    merged = merge_repeats(report, lambda data: data["address"], column=column)
    return replace(merged, notes=(*_about_columns(table, mapping, agenda), *merged.notes))


def _missing(mapping: Mapping[str, int], agenda: Sequence[ScheduledSession]) -> str | None:
    """What keeps the whole file out, before any row is looked at."""
    if not agenda:
        return str(gettext("This workshop has no agenda yet. Import its sessions first."))
    if "name" not in mapping:
        return str(gettext("No column holds the full name. Choose the one that does."))
    if "country" not in mapping:
        return str(gettext("No column holds the country. Choose the one that does."))
    if "address" not in mapping:
        return str(gettext("No column holds the mail address. Choose the one that does."))
    return None


def _about_columns(
    table: Table, mapping: Mapping[str, int], agenda: Sequence[ScheduledSession]
) -> list[RowNote]:
    """What a file has too much and too little, told at its headings."""
    read = set(mapping.values())
    notes = [
        gettext("Column “%(column)s” is no session of the agenda. It is not read.", column=header)
        for position, header in enumerate(table.headers)
        if header and position not in read
    ]
    if absent := [one.code for one in agenda if one.field not in mapping]:
        notes.append(
            gettext(
                "The file has no column for %(sessions)s. Minutes on record there stay as they are;"
                " where there are none, they count as 0.",
                sessions=", ".join(absent),
            )
        )
    return [RowNote(1, str(text)) for text in notes]
