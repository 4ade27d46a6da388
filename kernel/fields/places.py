"""Fields whose options the world has agreed on: countries, currencies, languages, time zones."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from flask import has_app_context
from flask_babel import get_locale
from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField
from kernel.fields.choices import Choice
from kernel.values.currencies import MINOR_UNITS


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes in force."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """Return the ISO 639-1 codes."""
    return frozenset(lang.alpha_2 for lang in pycountry.languages if hasattr(lang, "alpha_2"))


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Return the IANA zones that name a place, and UTC."""
    return frozenset(
        zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/"
    ) | {"UTC"}


class _Coded(Choice):
    """A code from a published list, shown by its name in the reader's language."""

    names = ""

    def __init__(self, *, only: tuple[str, ...] | None = None, **options: Any) -> None:
        self.only = only
        super().__init__(**options)

    def codes(self) -> frozenset[str]:
        """Return every code of the published list."""
        return frozenset()

    def spell(self, code: str) -> str:
        """Return the code as the list spells it."""
        return code

    def form_choices(self) -> list[tuple[str, str]]:
        """Return the codes with their names, by name; those of ``only`` in the order given."""
        locale = (get_locale() if has_app_context() else None) or Locale("en", "GB")
        names: Mapping[str, str] = getattr(locale, self.names)
        if self.only is not None:
            return [(code, names.get(code, code)) for code in self.only]
        return sorted(
            ((code, names.get(code, code)) for code in self.codes()), key=lambda pair: pair[1]
        )

    def pick(self, value: Any) -> str:
        """Return the code, in the spelling of the list.

        :raises ValidationError: it is not on the list.
        """
        code = self.spell(value.strip()) if isinstance(value, str) else ""
        if code not in (self.codes() if self.only is None else self.only):
            raise self.make_error("invalid")
        return code


class Country(_Coded):
    """A country, ISO 3166-1 alpha-2."""

    names = "territories"
    default_error_messages: ErrorMessages = {
        "required": N_("Choose a country for “%(label)s”."),
        "invalid": N_("Choose a country for “%(label)s”; in data use its two-letter ISO code."),
    }

    def codes(self) -> frozenset[str]:
        """Return the ISO 3166-1 alpha-2 codes."""
        return country_codes()

    def spell(self, code: str) -> str:
        """Return the code in capitals."""
        return code.upper()


class Currency(_Coded):
    """A currency, ISO 4217."""

    names = "currencies"
    default_error_messages: ErrorMessages = {
        "required": N_("Choose a currency for “%(label)s”."),
        "invalid": N_("Choose a currency for “%(label)s”; in data use its three-letter ISO code."),
    }

    def codes(self) -> frozenset[str]:
        """Return the ISO 4217 codes of money that has a minor unit."""
        return frozenset(MINOR_UNITS)

    def spell(self, code: str) -> str:
        """Return the code in capitals."""
        return code.upper()


class Language(_Coded):
    """A language, ISO 639-1."""

    names = "languages"
    default_error_messages: ErrorMessages = {
        "required": N_("Choose a language for “%(label)s”."),
        "invalid": N_("Choose a language for “%(label)s”; in data use its two-letter ISO code."),
    }

    def codes(self) -> frozenset[str]:
        """Return the ISO 639-1 codes."""
        return language_codes()

    def spell(self, code: str) -> str:
        """Return the code in small letters."""
        return code.lower()


class LanguageList(BaseField):
    """Languages, typed as ISO 639-1 codes with commas between them; loads as a list."""

    openapi: ClassVar[Mapping[str, Any]] = {"type": "array", "items": {"type": "string"}}
    default_error_messages: ErrorMessages = {
        "invalid": N_("Enter language codes with commas between them, for example en, fr."),
    }

    def __init__(self, **options: Any) -> None:
        if not options.get("required"):
            options.setdefault("load_default", list)
        super().__init__(**options)

    def to_form(self, value: Any) -> str:
        """Return the codes as they are typed."""
        return ", ".join(value or ())

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> list[str]:
        given = re.split("[,;،]", value) if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
            raise self.make_error("invalid")
        codes = [code.strip().lower() for code in given if code.strip()]
        if not set(codes) <= language_codes():
            raise self.make_error("invalid")
        return list(dict.fromkeys(codes))


class TimeZone(_Coded):
    """A time zone, by its IANA name; listed by that name in every language."""

    default_error_messages: ErrorMessages = {
        "required": N_("Choose a time zone for “%(label)s”."),
        "invalid": N_("Choose a time zone for “%(label)s”, for example Africa/Nairobi."),
    }

    def codes(self) -> frozenset[str]:
        """Return the IANA names."""
        return time_zones()

    def form_choices(self) -> list[tuple[str, str]]:
        """Return the zones by name, blanks for underscores."""
        zones = sorted(self.codes()) if self.only is None else self.only
        return [(zone, zone.replace("_", " ")) for zone in zones]
