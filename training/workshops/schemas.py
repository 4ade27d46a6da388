"""The forms and JSON bodies of workshops, and what the API answers."""

from typing import Any, Final

from kernel import fields
from kernel.errors import N_
from training.workshops.rules import WorkshopState
from training.workshops.words import STATES

CODE: Final = 20
TITLE: Final = 200
CITY: Final = 100
SOURCE: Final = 300
"""Most characters of codes, titles, cities and sources."""

HELD: Final = N_("When it is held")


class WorkshopFilterSchema(fields.Schema):
    """What the list of workshops is narrowed to, in the address and as parameters of the API."""

    programme = fields.Text(label=N_("Programme"), max_length=CODE)
    region = fields.Text(
        label=N_("Region"), hint=N_("“none” for those of the whole network."), max_length=60
    )
    year = fields.Integer(label=N_("Year"), min=1900, max=2199)


class WorkshopEdit(fields.Schema):
    """What is known of a workshop and may be corrected."""

    title = fields.Text(label=N_("Title"), required=True, max_length=TITLE)
    held = fields.PartialDay(
        label=HELD,
        hint=N_(
            "As far as it is known: 2015, 2015-08 or 2015-08-03. An unknown day stays unknown."
        ),
        required=True,
    )
    city = fields.Text(label=N_("City"), required=True, max_length=CITY)
    country = fields.Country(label=N_("Country"), required=True)
    region = fields.Choice(label=N_("Region"))
    state = fields.Choice(WorkshopState, labels=STATES, label=N_("State"), required=True)
    threshold = fields.Share(
        label=N_("Share of the minutes that earns a certificate"),
        hint=N_("A fraction or a percentage, such as 4/5 or 80 %."),
        required=True,
    )
    source = fields.Text(
        label=N_("Source"),
        hint=N_("Where these facts are from."),
        max_length=SOURCE,
        load_default="",
    )


class NewWorkshop(WorkshopEdit):
    """A new workshop."""

    programme = fields.Text(
        label=N_("Programme"),
        hint=N_("Its short name, for example JEP. A new one is opened with its first workshop."),
        required=True,
        max_length=CODE,
    )

    class Meta(fields.Schema.Meta):
        """The order of the form."""

        fields = (
            "programme",
            "title",
            "held",
            "city",
            "country",
            "region",
            "state",
            "threshold",
            "source",
        )


def _upload(label: str, hint: str) -> Any:
    return fields.Upload(
        label=label, hint=hint, required=True, attrs={"accept": ".csv,.txt,.tsv,.xlsx"}
    )


class EventsUpload(fields.Schema):
    """A file of workshops: the first step of its import."""

    file = _upload(
        N_("File of workshops"),
        N_("CSV or Excel (.xlsx), one row for each workshop, with a row of headings."),
    )


class EventColumns(fields.Schema):
    """Which column of the file each field of a workshop is read from: its position, or nothing."""

    programme = fields.Choice(label=N_("Programme"), required=True)
    title = fields.Choice(label=N_("Title"), required=True)
    held = fields.Choice(label=HELD, required=True)
    city = fields.Choice(label=N_("City"), required=True)
    country = fields.Choice(label=N_("Country code"), required=True)
    region = fields.Choice(label=N_("Region"))
    source = fields.Choice(label=N_("Source"))


class AgendaUpload(fields.Schema):
    """A workshop's agenda: the first step of its import."""

    file = _upload(
        N_("File of the agenda"),
        N_("CSV or Excel (.xlsx), one row for each session, with a row of headings."),
    )


class AgendaColumns(fields.Schema):
    """Which column of the file each field of a session is read from: its position, or nothing."""

    code = fields.Choice(label=N_("Session code"), required=True)
    held_on = fields.Choice(label=N_("Day of the session"), required=True)
    title = fields.Choice(label=N_("Title of the session"), required=True)
    scheduled_minutes = fields.Choice(label=N_("Scheduled minutes"), required=True)


class WorkshopOutput(fields.Schema):
    """A workshop. `held` has as much of the date as is known; no region is the whole network."""

    id = fields.Identifier()
    programme = fields.Text()
    title = fields.Text()
    held = fields.PartialDay()
    city = fields.Text()
    country = fields.Country()
    region = fields.Text()
    state = fields.Choice(WorkshopState)
    threshold = fields.Share()
    source = fields.Text()
    locked = fields.Boolean()
    version = fields.Integer()


class WorkshopsOutput(fields.Schema):
    """The workshops a filter leaves, latest first."""

    items = fields.ListOf(fields.Nested(WorkshopOutput))
    total = fields.Integer()


class SessionOutput(fields.Schema):
    """A session of the agenda, on its own day."""

    id = fields.Identifier()
    code = fields.Text()
    held_on = fields.Date()
    title = fields.Text()
    scheduled_minutes = fields.Integer()


class WorkshopDetail(WorkshopOutput):
    """A workshop with its agenda."""

    sessions = fields.ListOf(fields.Nested(SessionOutput))
