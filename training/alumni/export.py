"""The alumni as a spreadsheet."""

from collections.abc import Sequence

from flask_babel import gettext

from kernel.documents.sheets import Sheet, csv, xlsx
from kernel.web.formats import country, organisation_name
from kernel.web.languages import direction
from training.alumni.queries import Alumna
from training.alumni.words import ALLOWED, GENDER_OF_ONE, STATES


def alumni(found: Sequence[Alumna], kind: str) -> bytes:
    """The people found as a spreadsheet, `xlsx` or `csv`."""
    sheet = Sheet(
        title=gettext("Alumni"),
        headings=[
            gettext("Name"),
            gettext("Gender"),
            gettext("Country"),
            gettext("Country code"),
            gettext("Organisation"),
            gettext("Workshops"),
            gettext("Minutes attended"),
            gettext("State"),
            gettext("May be found by"),
        ],
        rows=[
            [
                person.name,
                gettext(GENDER_OF_ONE[person.gender]),
                country(person.country),
                person.country,
                organisation_name(person.organisation) if person.organisation else "",
                person.workshops,
                person.minutes,
                gettext(STATES[person.state]),
                ", ".join(gettext(ALLOWED[purpose]) for purpose in person.allows),
            ]
            for person in found
        ],
        rtl=direction() == "rtl",
    )
    return xlsx([sheet]) if kind == "xlsx" else csv(sheet)
