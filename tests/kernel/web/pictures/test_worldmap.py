import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from babel import Locale

from kernel.web.pictures import Mark, Place, inset, world_map
from kernel.web.pictures.labels import place_labels
from kernel.web.pictures.worldmap import _numeric, _world, codes_in
from kernel.web.styleguide import MEMBERS

CODES = MEMBERS.split()


def places(language: str = "en") -> list[Place]:
    names = Locale(language).territories
    return [Place(code, names[code], f"/members/{code}") for code in CODES]


def test_all_56_members_can_be_found_on_the_map() -> None:
    drawn = str(world_map(places(), "Members", "56 countries"))
    assert len(CODES) == 56
    for code in CODES:
        link = re.search(rf'<a href="/members/{code}".*?</a>', drawn)
        assert link is not None, code
        assert "<path" in link[0] or "<circle" in link[0], code


def test_members_without_a_visible_shape_have_a_dot() -> None:
    small = set(_world()["small"])
    for code in CODES:
        assert _numeric(code) in _world()["shapes"] or _numeric(code) in small, code


def test_points_lie_inside_the_picture() -> None:
    world = _world()
    for code in CODES:
        x, y = world["points"][_numeric(code)]
        assert 4 < x < world["width"] - 4, code
        assert 4 < y < world["height"] - 4, code


def test_small_states_that_crowd_the_map_stand_in_an_inset() -> None:
    points = {code: _world()["points"][_numeric(code)] for code in CODES}
    small = {code for code in CODES if _numeric(code) in set(_world()["small"])}
    insets = codes_in("caribbean") | codes_in("pacific")
    for one, other in combinations(sorted(small), 2):
        (x1, y1), (x2, y2) = points[one], points[other]
        if (x1 - x2) ** 2 + (y1 - y2) ** 2 < 9**2:  # dots of 8 px would touch
            assert {_numeric(one), _numeric(other)} <= insets, (one, other)


@pytest.mark.parametrize("name", ["caribbean", "pacific"])
@pytest.mark.parametrize("language", ["en", "fr", "ar", "pt", "es", "sw"])
def test_names_in_an_inset_never_overlap(name: str, language: str) -> None:
    members = {_numeric(place.code): place.name for place in places(language)}
    data = _world()["insets"][name]
    points = {code: tuple(at) for code, at in data["points"].items() if code in members}
    labels = place_labels(points, members, data["width"], data["height"])
    assert len(labels) == len(points) >= 8
    for one, other in combinations(labels, 2):
        assert not one.box.touches(other.box), (one.text, other.text)
    assert all(label.box.within(data["width"], data["height"]) for label in labels)


def test_a_name_with_no_room_is_an_error_and_not_left_out() -> None:
    with pytest.raises(ValueError, match="no room"):
        place_labels({"a": (5.0, 5.0)}, {"a": "much too long for this"}, 20, 20)


def test_a_map_is_never_mirrored() -> None:
    assert 'direction="ltr"' in world_map(places("ar"), "Members", "")
    assert 'direction="ltr"' in inset("pacific", places("ar"), "Pacific")


def test_marks_differ_in_shape() -> None:
    shapes = set()
    for mark in (Mark.NONE, Mark.ACTIVE, Mark.PLANNED, Mark.DONE):
        drawn = str(world_map([Place("MT", "Malta", "/m", mark)], "Map", ""))
        link = re.search(r'<a href="/m".*?</a>', drawn)
        assert link is not None
        shapes.add(re.sub(r"[\d.]+|class=\"[^\"]*\"", "", link[0]))
    assert len(shapes) == 4


def test_names_are_escaped() -> None:
    drawn = world_map([Place("MT", "<Malta>", "/m", Mark.ACTIVE)], "Map", "")
    assert "&lt;Malta&gt;" in drawn
    assert "<Malta>" not in drawn


def test_an_unknown_country_is_an_error() -> None:
    with pytest.raises(LookupError):
        world_map([Place("XX", "Nowhere", "/")], "Map", "")


def test_the_sample_members_are_those_of_the_first_network() -> None:
    found = list(Path(__file__).parents[4].rglob("commonwealth_members.csv"))
    for file in found:
        with file.open(encoding="utf-8", newline="") as lines:
            assert {row["iso_3166"] for row in csv.DictReader(lines)} == set(CODES)
