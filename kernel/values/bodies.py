"""What an election management body is called as long as its own name is not known."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from kernel.errors import N_
from kernel.values.countries import country_names

FALLBACK_NAME: Final = N_("Election management body of %(country)s")
"""A name we made up; it is stored in English, flagged until somebody confirms one, and shown translated."""


def fallback_name(country_name: str) -> str:
    """Name an EMB by its country, in English."""
    return FALLBACK_NAME % {"country": country_name}


def country_of_fallback(name: str) -> str | None:
    """The code of the country an EMB is named by, when the name is one we made up."""
    return _invented().get(name)


@cache
def _invented() -> Mapping[str, str]:
    return {fallback_name(name): code for code, name in country_names("en").items()}
