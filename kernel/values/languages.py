"""The languages of the product: the locale each is formatted in, and the way it runs."""

from typing import Final, Literal

# Babel's plain "en" writes dates the American way.
_LOCALES = {"en": "en_GB"}
RIGHT_TO_LEFT: Final = frozenset({"ar"})


def locale_of(language: str) -> str:
    """The locale of a language, given as an ISO 639-1 code."""
    return _LOCALES.get(language, language)


def direction_of(language: str) -> Literal["rtl", "ltr"]:
    """The way a language runs, as HTML names it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
