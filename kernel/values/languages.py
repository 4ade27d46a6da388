"""The languages of the product, and the locale each is formatted in."""

# Babel's plain "en" writes dates the American way.
_LOCALES = {"en": "en_GB"}


def locale_of(language: str) -> str:
    """The locale of a language, given as an ISO 639-1 code."""
    return _LOCALES.get(language, language)
