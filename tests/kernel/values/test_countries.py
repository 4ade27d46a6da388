"""Names of countries."""

from datetime import UTC, date, datetime

import pytest

from kernel.values import clock
from kernel.values.countries import (
    country_code,
    country_name,
    country_names,
    formal_names,
    today_in,
    zones_of,
)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("NA", "en", "Namibia"),
        ("NA", "fr", "Namibie"),
        ("NA", "ar", "ناميبيا"),
        ("BS", "en", "Bahamas"),
        ("XX", "en", "XX"),
    ],
)
def test_a_country_is_named_in_the_language_of_the_reader(code, language, name):
    assert country_name(code, language) == name


def test_every_country_has_a_name_in_every_language_of_the_product():
    for language in ("en", "fr", "ar"):
        names = country_names(language)
        assert len(names) > 240
        assert all(name and name != code for code, name in names.items())


def test_a_country_is_also_known_by_its_formal_name():
    assert country_name("LC", "en") == "St. Lucia"
    assert formal_names()["LC"] == "Saint Lucia"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GH", "GH"),
        ("gha", "GH"),
        ("Ghana", "GH"),
        (" ghana ", "GH"),
        ("غانا", "GH"),
        ("NA", "NA"),
        ("Namibie", "NA"),
        ("The Gambia", "GM"),
        ("Tanzania", "TZ"),
        ("United Republic of Tanzania", "TZ"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("XX", None),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_its_code_and_by_its_name_in_three_languages(text, code):
    assert country_code(text) == code


def test_no_name_or_code_stands_for_two_countries():
    for language in ("en", "fr", "ar"):
        for code, name in country_names(language).items():
            assert country_code(name) == code
            assert country_code(code) == code


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("WS", date(2026, 3, 2)),
        ("KI", date(2026, 3, 2)),  # three zones, the first of them 14 hours ahead
        ("BW", date(2026, 3, 1)),
        ("US", date(2026, 3, 1)),
        ("BV", date(2026, 3, 1)),  # nobody lives there
    ],
)
def test_a_day_begins_in_a_country_where_it_begins_first(code, day):
    with clock.frozen(datetime(2026, 3, 1, 11, tzinfo=UTC)):
        assert today_in(code) == day


def test_a_country_without_a_zone_of_its_own_keeps_universal_time():
    assert zones_of("BV") == {"UTC"}
    assert zones_of("BW") == {"Africa/Gaborone"}
