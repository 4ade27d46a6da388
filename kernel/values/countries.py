"""Names and calendars of countries by their ISO 3166-1 alpha-2 code, in any language (Unicode CLDR)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from babel.core import get_global

from kernel.values import clock
from kernel.values.sorting import sort_key

_NAMED_IN: Final = ("en", "fr", "ar")
"""The languages in which offices write the names of countries to us."""
_SEARCHED_IN: Final = ("en", "fr", "ar", "es", "pt")
"""The languages whose words are found in all their forms."""


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Return every country's usual name in a language (`en`, `fr`, `ar` …) by its code."""
    territories = Locale.parse(language).territories
    codes = (country.alpha_2 for country in pycountry.countries)
    return {code: territories.get(code, code) for code in codes}


@cache
def formal_names() -> Mapping[str, str]:
    """Return every country's English name in ISO 3166-1, such as Saint Lucia for St. Lucia, by code."""
    return {country.alpha_2: country.name for country in pycountry.countries}


@cache
def searched_names(code: str) -> tuple[str, ...]:
    """Return a country's names in every language of the search and its formal one, each once."""
    names = [country_name(code, language) for language in _SEARCHED_IN]
    return tuple(dict.fromkeys([*names, formal_names().get(code, code)]))


def country_name(code: str, language: str) -> str:
    """Return a country's usual name in a language; the code itself when it is not one."""
    return country_names(language).get(code, code)


@cache
def zones_of(code: str) -> frozenset[str]:
    """The time zones of a country, IANA names (Unicode CLDR); UTC for one that has none of its own."""
    zones = {zone for zone, country in get_global("zone_territories").items() if country == code}
    return frozenset(zones & available_timezones()) or frozenset({"UTC"})


def today_in(code: str) -> date:
    """The calendar day that has begun in a country, if it has several time zones in the first of them."""
    return max(clock.today(zone) for zone in zones_of(code))


@cache
def _codes_by_name() -> Mapping[str, str]:
    """Every name and code a country is known under, folded, with its two-letter code."""
    known: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2
        names = [country.name, getattr(country, "common_name", ""), country.alpha_3, code]
        names += [getattr(country, "official_name", "")]
        names += [country_names(language)[code] for language in _NAMED_IN]
        known.update({_folded(name): code for name in names if name})
    return known


def _folded(name: str) -> str:
    return sort_key(name).removeprefix("the ")


def country_code(text: str) -> str | None:
    """The two-letter code of a country by its code, or by its name in English, French or Arabic.

    Case, accents and punctuation do not matter. None for anything else: a name is never guessed.
    """
    return _codes_by_name().get(_folded(text))
