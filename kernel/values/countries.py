"""Names of countries by their ISO 3166-1 alpha-2 code, in any language (Unicode CLDR)."""

from collections.abc import Mapping
from functools import cache

import pycountry
from babel import Locale


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


def country_name(code: str, language: str) -> str:
    """Return a country's usual name in a language; the code itself when it is not one."""
    return country_names(language).get(code, code)
