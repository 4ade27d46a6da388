"""What people type about themselves, how the directory is narrowed, and what is answered of people."""

import re
from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import UUID

from marshmallow import ValidationError

from kernel import fields
from kernel.errors import N_
from kernel.fields.base import translate
from network.people.rules import (
    AUDIENCE_LABELS,
    FUNCTION_LABELS,
    LEVEL_LABELS,
    MOST_LANGUAGES,
    SEATS,
    Audience,
    Field,
    Function,
    Level,
    Seat,
    audience_of,
)

_TELEPHONE: Final = re.compile(r"\+?[\d\s()./-]{4,40}")
SEES: Final = "sees_"
"""Before the name of a field: who may see it."""
_SEES_LABELS: Final[Mapping[Field, str]] = {
    Field.POSITION: N_("Who may see your role"),
    Field.LANGUAGES: N_("Who may see your languages"),
    Field.EXPERTISE: N_("Who may see your expertise"),
    Field.ABOUT: N_("Who may see what you say about yourself"),
    Field.GROUPS: N_("Who may see which groups you are in"),
    Field.PHONE: N_("Who may see your telephone number"),
    Field.ADDRESS: N_("Who may see your mail address"),
}


def _telephone(number: str | None) -> None:
    if number is not None and not _TELEPHONE.fullmatch(number):
        raise ValidationError(
            translate(
                N_(
                    "Enter a telephone number with the code of its country, such as +264 61 123 456."
                )
            )
        )


class ProfileTexts(fields.Schema):
    """What a person says of herself in words; the mail address is that of her account."""

    position = fields.Text(
        label=N_("Your role"), hint=N_("What you do, in your own words."), max_length=120
    )
    expertise = fields.Lines(
        label=N_("Your expertise"),
        hint=N_("What colleagues may ask you about, one thing to a line."),
        max_length=80,
        most=20,
        rows=4,
    )
    about = fields.LongText(label=N_("About you"), max_length=2_000, rows=5)
    phone = fields.Text(label=N_("Telephone"), max_length=40, validate=_telephone)


def _rows() -> dict[str, fields.BaseField]:
    """The pairs of lists in which languages are chosen."""
    found: dict[str, fields.BaseField] = {}
    for number in range(1, MOST_LANGUAGES + 1):
        found[f"language_{number}"] = fields.Language(label=N_("Language"))
        found[f"level_{number}"] = fields.Choice(Level, labels=LEVEL_LABELS, label=N_("Level"))
    return found


def _audiences() -> dict[str, fields.BaseField]:
    return {
        SEES + field: fields.Choice(Audience, labels=AUDIENCE_LABELS, label=label, required=True)
        for field, label in _SEES_LABELS.items()
    }


ProfileForm = cast(
    "type[fields.Schema]",
    ProfileTexts.from_dict({**_rows(), **_audiences()}, name="ProfileForm"),
)
"""The form: texts, languages in rows, and for each field who may see it."""


def row_choices() -> dict[str, list[tuple[str, str]]]:
    """The lists of the rows, each with an empty entry."""
    none = ("", "")
    return {name: [none, *field.form_choices()] for name, field in _rows().items()}


class LanguageKnown(fields.Schema):
    """A language and how well it is known."""

    language = fields.Language(label=N_("Language"), required=True)
    level = fields.Choice(Level, labels=LEVEL_LABELS, label=N_("Level"), required=True)


class AudiencesInput(fields.Schema):
    """Who may see which field; one that is left out stays as it was."""

    position = fields.Choice(Audience, label=_SEES_LABELS[Field.POSITION])
    languages = fields.Choice(Audience, label=_SEES_LABELS[Field.LANGUAGES])
    expertise = fields.Choice(Audience, label=_SEES_LABELS[Field.EXPERTISE])
    about = fields.Choice(Audience, label=_SEES_LABELS[Field.ABOUT])
    groups = fields.Choice(Audience, label=_SEES_LABELS[Field.GROUPS])
    phone = fields.Choice(Audience, label=_SEES_LABELS[Field.PHONE])
    address = fields.Choice(Audience, label=_SEES_LABELS[Field.ADDRESS])


class ProfileInput(ProfileTexts):
    """The same as JSON."""

    languages = fields.ListOf(fields.Nested(LanguageKnown), load_default=list)
    audiences = fields.Nested(AudiencesInput, load_default=dict)


class PeopleQuery(fields.Schema):
    """How the directory of people is narrowed: in the address of the page, as parameters of the API."""

    q = fields.Text(label=N_("Name, organisation or expertise"), max_length=100)
    organisation = fields.Identifier(label=N_("Organisation"))
    country = fields.Country(label=N_("Country"))
    region = fields.Text(label=N_("Region"), max_length=60)
    function = fields.Choice(Function, label=N_("Function"), labels=FUNCTION_LABELS)
    # Not "language": in an address that is the language of the page.
    speaks = fields.Language(label=N_("Language"))
    expertise = fields.Text(label=N_("Expertise"), max_length=80)
    group = fields.Identifier(label=N_("Group"))


class PeopleListQuery(PeopleQuery):
    """The directory, one page at a time."""

    page = fields.Integer(label=N_("Page"), min=1, max=10_000, load_default=1)


class PlaceOut(fields.Schema):
    """Where somebody is or was."""

    organisation_id = fields.Identifier()
    organisation = fields.Text(attribute="name")
    country = fields.Text()
    job_title = fields.Text()
    began_on = fields.Date()
    ended_at = fields.DateTime()
    is_current = fields.Boolean()


class FunctionOut(fields.Schema):
    """A function somebody holds."""

    function = fields.Text()
    organisation_id = fields.Identifier()
    deputy = fields.Boolean()


class GroupOut(fields.Schema):
    """A group somebody is in."""

    id = fields.Identifier()
    name = fields.Text()


class PersonSeenOut(fields.Schema):
    """A person; a field one may not see is not there."""

    id = fields.Identifier()
    name = fields.Text()
    former = fields.Boolean()
    places = fields.ListOf(fields.Nested(PlaceOut))
    functions = fields.ListOf(fields.Nested(FunctionOut))
    position = fields.Text()
    languages = fields.ListOf(fields.Nested(LanguageKnown))
    expertise = fields.ListOf(fields.Text())
    about = fields.Text()
    groups = fields.ListOf(fields.Nested(GroupOut))
    phone = fields.Text()
    address = fields.Text()


class HeldOut(fields.Schema):
    """A function held at one organisation."""

    function = fields.Text()
    deputy = fields.Boolean()


class ListedPlaceOut(fields.Schema):
    """Where somebody in the list works."""

    organisation_id = fields.Identifier()
    organisation = fields.Text()
    country = fields.Text()
    job_title = fields.Text()
    functions = fields.ListOf(fields.Nested(HeldOut))


class ListedOut(fields.Schema):
    """A person in the list; a field one may not see is not there."""

    id = fields.Identifier()
    name = fields.Text()
    places = fields.ListOf(fields.Nested(ListedPlaceOut))
    position = fields.Text()
    languages = fields.ListOf(fields.Nested(LanguageKnown))
    expertise = fields.ListOf(fields.Text())
    phone = fields.Text()
    address = fields.Text()


class DirectoryPageOut(fields.Schema):
    """One page of the directory of people."""

    items = fields.ListOf(fields.Nested(ListedOut))
    page = fields.Integer()
    pages = fields.Integer()
    total = fields.Integer()


class ProfileOut(ProfileInput):
    """One's own profile."""


FunctionsInput = cast(
    "type[fields.Schema]",
    fields.Schema.from_dict(
        {seat.key: fields.Identifier(label=seat.label) for seat in SEATS}, name="FunctionsInput"
    ),
)
"""Who holds each function and who deputises; an empty one is held by nobody."""


def seats_from(data: Mapping[str, Any]) -> dict[Seat, UUID | None]:
    """What the service takes, of what the form or the body says."""
    return {seat: data[seat.key] for seat in SEATS}


def seats_as(holders: Mapping[Seat, UUID | None]) -> dict[str, UUID | None]:
    """What the form and the answer show."""
    return {seat.key: who for seat, who in holders.items()}


def wanted(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a query asks for, without what it leaves empty."""
    return {name: asked[name] for name in PeopleQuery().fields if asked[name] is not None}


def form_values(profile: Any) -> dict[str, Any]:
    """What the form shows of a profile."""
    rows = {
        name: value
        for number, (code, level) in enumerate(profile.languages.items(), 1)
        for name, value in ((f"language_{number}", code), (f"level_{number}", level))
    }
    sees = {SEES + field: audience_of(field, profile.audiences) for field in Field}
    words = {name: getattr(profile, name) for name in ProfileTexts().fields}
    return {**words, **rows, **sees}


def from_form(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the service takes, of what the form sends."""
    numbers = range(1, MOST_LANGUAGES + 1)
    return {
        **{name: data[name] for name in ProfileTexts().fields},
        "languages": [(data[f"language_{n}"], data[f"level_{n}"]) for n in numbers],
        "audiences": {field: data[SEES + field] for field in Field},
    }
