"""The world with a network's members on it. Small states are dots on their capitals.

Maps keep west on the left in every language, so the drawing is always left to right.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pycountry
from markupsafe import Markup

from kernel.web.pictures.labels import CHARACTER, Label, place_labels

DATA = Path(__file__).with_name("world.json")

InsetName = Literal["caribbean", "pacific"]


class Mark(StrEnum):
    """What happens in a country, told by shape and not by colour alone."""

    NONE = ""
    ACTIVE = "active"  # a circle
    PLANNED = "planned"  # a triangle
    DONE = "done"  # a square


@dataclass(frozen=True)
class Place:
    """A country to show: ISO 3166-1 alpha-2 code, name in the reader's language, where it leads."""

    code: str
    name: str
    url: str
    mark: Mark = Mark.NONE


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


@cache
def _numeric(code: str) -> str:
    """ISO 3166-1 numeric code, which Natural Earth uses; raises LookupError if unknown."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        raise LookupError(f"{code!r} is not an ISO 3166-1 alpha-2 code")
    return str(country.numeric)


def world_map(places: Iterable[Place], title: str, description: str) -> Markup:
    """Draw the whole map; a country without a shape or a point raises LookupError."""
    world = _world()
    members = {_numeric(place.code): place for place in places}
    small = set(world["small"])
    others = "".join(path for code, path in world["shapes"].items() if code not in members)
    parts = [Markup('<path class="land" d="{}"/>').format(others)]
    parts += [_member(code, place, world) for code, place in members.items() if code not in small]
    parts += [_member(code, place, world) for code, place in members.items() if code in small]
    return _frame("worldmap", world["width"], world["height"], title, description, parts)


def inset(name: InsetName, places: Iterable[Place], title: str) -> Markup:
    """Draw one crowded sea larger, every member in it with its name."""
    data = _world()["insets"][name]
    members = {_numeric(place.code): place for place in places}
    points = {code: tuple(at) for code, at in data["points"].items() if code in members}
    names = {code: members[code].name for code in points}
    labels = place_labels(points, names, data["width"], data["height"])
    parts = [Markup('<path class="land" d="{}"/>').format(data["land"])]
    parts += [_labelled(label, points[label.key], members[label.key]) for label in labels]
    return _frame("worldmap inset", data["width"], data["height"], title, "", parts)


def can_show(code: str) -> bool:
    """Whether a country of this ISO 3166-1 alpha-2 code has a place on the map."""
    country = pycountry.countries.get(alpha_2=code)
    return country is not None and country.numeric in _world()["points"]


def codes_in(name: InsetName) -> frozenset[str]:
    """The ISO 3166-1 numeric codes an inset can show."""
    return frozenset(_world()["insets"][name]["points"])


def _frame(
    classes: str, width: int, height: int, title: str, description: str, parts: Sequence[Markup]
) -> Markup:
    about = Markup("<desc>{}</desc>").format(description) if description else Markup("")
    return Markup(
        '<svg class="{}" direction="ltr" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' role="group" aria-label="{}">{}{}</svg>'
    ).format(classes, width, height, width, height, title, about, Markup("").join(parts))


def _link(place: Place, inside: Markup) -> Markup:
    # The table beside the map holds the same links for the keyboard: no 56 more stops.
    return Markup('<a href="{}" tabindex="-1"><title>{}</title>{}</a>').format(
        place.url, place.name, inside
    )


def _member(code: str, place: Place, world: Mapping[str, Any]) -> Markup:
    inside = Markup("")
    if code in world["shapes"]:
        inside += Markup('<path class="member" d="{}"/>').format(world["shapes"][code])
    x, y = world["points"][code]
    if place.mark or code in world["small"]:
        inside += _sign(place.mark, x, y)
    if place.mark:
        inside += _name_of(place, x, y, world["width"])
    return _link(place, inside)


def _sign(mark: Mark, x: float, y: float) -> Markup:
    """The shape that tells a mark; a plain dot for none."""
    if mark is Mark.ACTIVE:
        return Markup('<circle class="marked active" cx="{}" cy="{}" r="7"/>').format(x, y)
    if mark is Mark.PLANNED:
        return Markup('<path class="marked planned" d="M{} {:.1f}l7 13h-14z"/>').format(x, y - 8)
    if mark is Mark.DONE:
        return Markup('<path class="marked done" d="M{:.1f} {:.1f}h12v12h-12z"/>').format(
            x - 6, y - 6
        )
    return Markup('<circle class="dot" cx="{}" cy="{}" r="4"/>').format(x, y)


def _name_of(place: Place, x: float, y: float, width: float) -> Markup:
    """The name of a marked country, on whichever side of it there is room."""
    before = x + 12 + len(place.name) * CHARACTER > width
    return _text(place.name, x - 10 if before else x + 10, y + 4, to_the_left=before)


def _text(text: str, x: float, y: float, *, to_the_left: bool) -> Markup:
    anchor = Markup(' text-anchor="end"') if to_the_left else ""
    return Markup('<text x="{:.1f}" y="{:.1f}"{}>{}</text>').format(x, y, anchor, text)


def _labelled(label: Label, at: tuple[float, float], place: Place) -> Markup:
    x, y = at
    box = label.box
    to_the_left = box.right < x
    edge, middle = box.right if to_the_left else box.left, (box.top + box.bottom) / 2
    inside = Markup("")
    if label.led:
        inside += Markup('<path class="lead" d="M{} {}L{:.1f} {:.1f}"/>').format(x, y, edge, middle)
    inside += _sign(place.mark, x, y) + _text(label.text, edge, middle + 4, to_the_left=to_the_left)
    return _link(place, inside)
