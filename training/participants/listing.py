"""The list of participants as people see it: narrowed, counted, one page of it, and as a spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext

from kernel.documents.sheets import Cell, Sheet, csv, xlsx
from kernel.values.countries import country_name
from kernel.values.sorting import sort_key
from kernel.web.formats import organisation_name
from kernel.web.languages import direction, language
from training.participants.queries import ParticipantStanding
from training.participants.rules import (
    GENDER_LABELS,
    RESULT_LABELS,
    Gender,
    Result,
    ScheduledSession,
    Tally,
    tally_by_gender,
)

PAGE_SIZE: Final = 200


def narrowed(
    found: Sequence[ParticipantStanding], asked: Mapping[str, Any]
) -> Sequence[ParticipantStanding]:
    """Those a `ParticipantQuery` leaves: part of a name or address, a standing, a gender, a country."""
    words, result, gender, country = (
        asked[name] for name in ("q", "standing", "gender", "country")
    )
    if words:
        folded, typed = sort_key(words), words.casefold()
        found = [one for one in found if folded in sort_key(one.name) or typed in one.address]
    if result:
        found = [one for one in found if one.standing.result is result]
    if gender:
        found = [one for one in found if one.gender == gender]
    if country:
        found = [one for one in found if one.country == country]
    return found


def by_gender(found: Sequence[ParticipantStanding]) -> dict[Gender, Tally]:
    """What the attendance of those found amounts to, for each gender."""
    return tally_by_gender((one.gender, one.standing) for one in found)


def country_words(found: Sequence[ParticipantStanding]) -> dict[str, str]:
    """The countries of some participants by their names in the reader's language, in that order."""
    names = {code: country_name(code, language()) for code in {one.country for one in found}}
    return dict(sorted(names.items(), key=lambda pair: sort_key(pair[1])))


def export(
    found: Sequence[ParticipantStanding],
    agenda: Sequence[ScheduledSession],
    minutes: Mapping[UUID, Mapping[UUID, int]],
    kind: str,
) -> bytes:
    """The participants found as a spreadsheet, `xlsx` or `csv`, which may be imported again."""
    sheet = Sheet(
        title=gettext("Participants"),
        headings=[
            gettext("Full name"),
            gettext("Gender"),
            gettext("Country"),
            gettext("E-mail"),
            *(one.code for one in agenda),
            gettext("Organisation"),
            gettext("Minutes attended"),
            gettext("Minutes scheduled"),
            gettext("Standing"),
        ],
        rows=[_row(one, agenda, minutes.get(one.participant_id, {})) for one in found],
        rtl=direction() == "rtl",
    )
    return xlsx([sheet]) if kind == "xlsx" else csv(sheet)


def _row(
    one: ParticipantStanding, agenda: Sequence[ScheduledSession], minutes: Mapping[UUID, int]
) -> list[Cell]:
    return [
        one.name,
        gettext(GENDER_LABELS[Gender(one.gender)]),
        country_name(one.country, language()),
        one.address,
        *(minutes.get(session.id) for session in agenda),
        organisation_name(one.organisation_name) if one.organisation_name else None,
        one.standing.attended,
        one.standing.scheduled,
        gettext(RESULT_LABELS[Result(one.standing.result)]),
    ]
