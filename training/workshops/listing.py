"""Workshops as people see them: words in their language, and the exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from uuid import UUID

from babel.numbers import format_percent
from flask import url_for
from flask_babel import gettext

from kernel.documents.sheets import Sheet, csv, xlsx
from kernel.errors import N_
from kernel.values.countries import country_name
from kernel.values.shares import percent_of
from kernel.web.languages import direction, language, reader
from kernel.web.menu import Link
from kernel.web.regions import region_name
from training.workshops.queries import ListedWorkshop, network_regions
from training.workshops.rules import NextStep, WorkshopState, means_whole_network
from training.workshops.words import STATES

NEXT_STEPS: Final = {
    NextStep.IMPORT_AGENDA: (
        N_("Import the agenda: attendance is counted by its sessions."),
        N_("Import the agenda"),
        "workshop.upload_agenda",
    ),
    NextStep.IMPORT_PARTICIPANTS: (
        N_("Import the participants with the minutes each attended of every session."),
        N_("Import participants"),
        "participants.upload",
    ),
    NextStep.LOCK_ATTENDANCE: (
        N_("Check the minutes and lock attendance: that records who took part."),
        N_("Participants"),
        "participants.index",
    ),
    NextStep.ISSUE_CERTIFICATES: (
        N_("Attendance is locked. Issue certificates to those who reached the threshold."),
        N_("Certificates"),
        "certificates.index",
    ),
}
"""What an officer is told to do next, what the button says, and the page it opens."""


@dataclass(frozen=True)
class Advice:
    """What to do next, in the reader's language, and where."""

    text: str
    label: str
    url: str


def advice(step: NextStep, workshop_id: UUID) -> Advice:
    """What an officer is told to do next with a workshop."""
    text, label, endpoint = NEXT_STEPS[step]
    return Advice(gettext(text), gettext(label), url_for(endpoint, workshop_id=workshop_id))


def region_words(region: str | None) -> str:
    """A region in the reader's language; without one, that it was for the whole network."""
    return region_name(region) or str(gettext("Whole network"))


def region_as_written(text: str | None) -> str:
    """A region as a file has it, which may say in words that there is none."""
    return region_words(None if text is None or means_whole_network(text) else text)


def state_words(state: str) -> str:
    """A state in the reader's language."""
    return str(gettext(STATES[WorkshopState(state)]))


def share_words(share: Fraction) -> str:
    """4/5 (80%); without the per cent where they would not be exact."""
    fraction = f"{share.numerator}/{share.denominator}"
    percent = percent_of(share)
    if percent is None:
        return fraction
    return f"{fraction} ({format_percent(percent / 100, '#,##0.##%', locale=reader().locale)})"


def region_choices(current: str | None = None) -> list[tuple[str, str]]:
    """The regions a workshop may be of: the network's, its own, or none."""
    regions = sorted({*network_regions(), *([current] if current else [])})
    return [("", region_words(None)), *((region, region_name(region)) for region in regions)]


def crumbs(*last: str) -> list[Link]:
    """The way to a page below the list of workshops."""
    return [
        Link(gettext("Workshops"), url_for("workshops.index")),
        *(Link(label, "") for label in last),
    ]


def export(found: Sequence[ListedWorkshop], kind: str) -> bytes:
    """The workshops found as a spreadsheet, `xlsx` or `csv`."""
    sheet = _sheet(found)
    return xlsx([sheet]) if kind == "xlsx" else csv(sheet)


def _sheet(found: Sequence[ListedWorkshop]) -> Sheet:
    """When a workshop was held stands as text: a cell of dates would ask for a day nobody knows."""
    return Sheet(
        title=gettext("Workshops"),
        headings=[
            gettext("Programme"),
            gettext("Title"),
            gettext("When it is held"),
            gettext("City"),
            gettext("Country"),
            gettext("Country code"),
            gettext("Region"),
            gettext("State"),
            gettext("Source"),
        ],
        rows=[
            [
                workshop.programme,
                workshop.title,
                str(workshop.held),
                workshop.city,
                country_name(workshop.country, language()),
                workshop.country,
                region_words(workshop.region),
                state_words(workshop.state),
                workshop.source,
            ]
            for workshop in found
        ],
        rtl=direction() == "rtl",
    )
