"""The directory as people see it: names in their language, the map, one page, and the exports."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from kernel.documents.sheets import Sheet, csv, xlsx
from kernel.values.bodies import FALLBACK_NAME
from kernel.values.countries import country_name, country_names, formal_names
from kernel.values.sorting import sort_key
from kernel.web.formats import language_name
from kernel.web.languages import direction, language
from kernel.web.pictures import Place, can_show, inset, world_map
from kernel.web.regions import region_name
from network.members.queries import Member, MemberFilter
from network.members.rules import matching_countries


class Named(Protocol):
    """What an organisation is called by."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def name_is_fallback(self) -> bool: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102


def wanted(asked: Mapping[str, Any]) -> MemberFilter:
    """The filter of a `MemberQuery`; a country may be named in the reader's language."""
    words = asked["q"] or ""
    return MemberFilter(
        words=sort_key(words),
        countries=_countries_called(words),
        region=asked["region"] or "",
        micro_state=asked["micro_state"],
        flag=asked["flag"],
    )


def _countries_called(words: str) -> tuple[str, ...]:
    known_as = (country_names(language()), formal_names())
    return tuple(code for names in known_as for code in matching_countries(words, names))


def shown_name(member: Named) -> str:
    """Its name; as long as that is our own invention, in the language of the reader."""
    if member.name_is_fallback and member.country:
        return str(gettext(FALLBACK_NAME, country=country_name(member.country, language())))
    return member.name


def places(found: Sequence[Member]) -> list[Place]:
    """The members that have a place on the map, each leading to its page."""
    return [
        Place(
            member.country,
            country_name(member.country, language()),
            url_for("members.member", organisation_id=member.id),
        )
        for member in found
        if member.country and can_show(member.country)
    ]


def world(found: Sequence[Member]) -> Markup:
    """The map with the members found."""
    return world_map(
        places(found),
        gettext("Map of the members"),
        gettext("The list below names them all."),
    )


def insets(found: Sequence[Member]) -> list[tuple[str, Markup]]:
    """The two crowded seas, larger, where a member found lies in them."""
    shown = places(found)
    titles = {"caribbean": gettext("Eastern Caribbean"), "pacific": gettext("Pacific")}
    drawn = [(titles["caribbean"], inset("caribbean", shown, titles["caribbean"]))]
    drawn.append((titles["pacific"], inset("pacific", shown, titles["pacific"])))
    return [(title, picture) for title, picture in drawn if "<a " in picture]


def export(found: Sequence[Member], kind: str) -> bytes:
    """The members found as a spreadsheet, `xlsx` or `csv`."""
    sheet = _sheet(found)
    return xlsx([sheet]) if kind == "xlsx" else csv(sheet)


def _sheet(found: Sequence[Member]) -> Sheet:
    return Sheet(
        title=gettext("Members"),
        headings=[
            gettext("Country"),
            gettext("Country code"),
            gettext("Name"),
            gettext("Name to confirm"),
            gettext("Region"),
            gettext("Year of joining"),
            gettext("Permanent body"),
            gettext("Micro state"),
            gettext("Working languages"),
            gettext("Has a focal point"),
        ],
        rows=[
            [
                country_name(member.country, language()) if member.country else "",
                member.country,
                shown_name(member),
                _yes_no(member.name_is_fallback),
                region_name(member.region),
                member.joined_year,
                _yes_no(member.permanent),
                _yes_no(member.micro_state),
                ", ".join(map(language_name, member.languages)),
                _yes_no(member.has_focal_point),
            ]
            for member in found
        ],
        rtl=direction() == "rtl",
    )


def _yes_no(value: bool | None) -> str:
    return "" if value is None else gettext("Yes") if value else gettext("No")
