"""People in files to save: a table for spreadsheets, cards for address books. Only what one may see."""

from collections.abc import Sequence

from flask_babel import gettext

from kernel.documents.sheets import Sheet, csv, xlsx
from kernel.documents.vcards import Card, vcards
from kernel.values.countries import country_name
from kernel.web.formats import organisation_name
from kernel.web.languages import direction, language
from network.people.lists import Listed
from network.people.rules import FIELD_LABELS, Field
from network.people.shown import fields_of, function_name, languages

_LINE = "; "


def table(found: Sequence[Listed], kind: str) -> bytes:
    """People as a spreadsheet, `xlsx` or `csv`."""
    columns = [field for field in Field if field is not Field.GROUPS]
    sheet = Sheet(
        title=gettext("People"),
        headings=[
            gettext("Name"),
            gettext("Organisation"),
            gettext("Country"),
            gettext("Job title"),
            gettext("Functions"),
            *(gettext(FIELD_LABELS[field]) for field in columns),
        ],
        rows=[_row(one, columns) for one in found],
        rtl=direction() == "rtl",
    )
    return xlsx([sheet]) if kind == "xlsx" else csv(sheet)


def cards(found: Sequence[Listed]) -> bytes:
    """People as cards for an address book."""
    return vcards([_card(one) for one in found])


def _row(one: Listed, columns: Sequence[Field]) -> list[str]:
    fields = fields_of(one)
    words = {
        **fields,
        Field.LANGUAGES: _LINE.join(
            f"{name} ({level})" for name, level in languages(fields.get(Field.LANGUAGES, {}))
        ),
        Field.EXPERTISE: _LINE.join(fields.get(Field.EXPERTISE, ())),
    }
    return [
        one.person.name,
        _LINE.join(organisation_name(at.organisation) for at in one.places),
        _LINE.join(_country(at.country) for at in one.places),
        _LINE.join(at.job_title for at in one.places if at.job_title),
        _LINE.join(_functions(one)),
        *(words.get(field, "") for field in columns),
    ]


def _card(one: Listed) -> Card:
    fields, first = fields_of(one), one.places[0]
    return Card(
        uid=one.person.id,
        name=one.person.name,
        organisation=organisation_name(first.organisation),
        country=_country(first.country),
        title=first.job_title or fields.get(Field.POSITION, ""),
        roles=_functions(one),
        mail=fields.get(Field.ADDRESS, ""),
        telephone=fields.get(Field.PHONE, ""),
        languages=tuple(fields.get(Field.LANGUAGES, ())),
        categories=tuple(fields.get(Field.EXPERTISE, ())),
        note=fields.get(Field.ABOUT, ""),
    )


def _functions(one: Listed) -> list[str]:
    return [
        function_name(function, deputy=deputy)
        for at in one.places
        for function, deputy in at.functions
    ]


def _country(code: str | None) -> str:
    return country_name(code, language()) if code else ""
