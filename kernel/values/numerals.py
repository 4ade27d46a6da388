"""Numbers as people type them, in the digits and separators of their language.

Only *reading* lives here; writing a number for a page is the web shell's work.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LONGEST: Final = 40
"""Characters of a typed number; anything longer is refused before it is looked at."""

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\t", " "))
_MARKS: Final = str.maketrans(dict.fromkeys("\u200e\u200f\u061c"))
_MINUS: Final = str.maketrans({"\u2212": "-"})


class NotANumber(ValueError):
    """The text cannot be read as one number, or could be read as two different ones."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:LONGEST]!r} cannot be read as a number")
        self.text = text


@dataclass(frozen=True)
class Separators:
    """How one language groups thousands and where its decimals begin."""

    groups: str
    decimals: str
    decimals_if_not_thousands: str = ""
    """Marks taken as decimals unless exactly three digits follow: there the reading is open."""


_ENGLISH: Final = Separators(groups=", '’", decimals=".")
_FRENCH: Final = Separators(groups=" '’", decimals=",", decimals_if_not_thousands=".")
_IBERIAN: Final = Separators(groups=" .", decimals=",")
_ARABIC: Final = Separators(groups="٬, ", decimals="٫.")

SEPARATORS: Final = {
    "en": _ENGLISH,
    "sw": _ENGLISH,
    "fr": _FRENCH,
    "pt": _IBERIAN,
    "es": _IBERIAN,
    "ar": _ARABIC,
}
"""By language; any other language is read as English."""

_PLAIN: Final = re.compile(r"\d+", re.ASCII)
_BY_THREES: Final = re.compile(r"\d{1,3}(\D)\d{3}(?:\1\d{3})*", re.ASCII)
_LAKHS: Final = re.compile(r"\d{1,2}(\D)\d{2}(?:\1\d{2})*\1\d{3}", re.ASCII)
"""South Asian grouping, 12,34,567, written in India, Pakistan, Bangladesh and Sri Lanka."""


def parse_decimal(text: str, language: str) -> Decimal:
    """Read a typed number exactly: '1,250.50' (en), '1 250,50' (fr), '١٬٢٥٠' (ar).

    `language` is a code such as 'fr' or 'fr_FR'. Digits may be Latin or Arabic-Indic in any
    language. Raises NotANumber, also for '1.250' in French, which may mean 1.25 or 1250.
    """
    if len(text) > LONGEST:
        raise NotANumber(text)
    separators = SEPARATORS.get(re.split("[-_]", language)[0].lower(), _ENGLISH)
    sign, unsigned = _split_sign(_normalised(text))
    whole, decimals = _split_decimals(unsigned, separators, text)
    return Decimal(f"{sign}{_ungrouped(whole, separators.groups, text)}{decimals}")


def _normalised(text: str) -> str:
    """Latin digits, one kind of space and of minus, no direction marks."""
    for table in (_DIGITS, _SPACES, _MARKS, _MINUS):
        text = text.translate(table)
    return text.strip()


def _split_sign(text: str) -> tuple[str, str]:
    if text[:1] in {"-", "+"}:
        return text[0], text[1:].lstrip()
    return "", text


def _split_decimals(text: str, separators: Separators, typed: str) -> tuple[str, str]:
    """Whole part, and the decimals with their point ('' when there are none)."""
    marks = separators.decimals
    if not any(mark in text for mark in marks):
        marks = separators.decimals_if_not_thousands
    parts = re.split(f"[{re.escape(marks)}]", text) if marks else [text]
    if len(parts) == 1:
        return text, ""
    whole, *rest = parts
    if len(rest) > 1 or not _PLAIN.fullmatch(rest[0]):
        raise NotANumber(typed)
    if marks == separators.decimals_if_not_thousands and len(rest[0]) == len("000"):
        raise NotANumber(typed)
    return whole or "0", f".{rest[0]}"


def _ungrouped(whole: str, groups: str, typed: str) -> str:
    """The digits alone, when they are grouped regularly with one mark of the language."""
    if _PLAIN.fullmatch(whole):
        return whole
    grouped = _BY_THREES.fullmatch(whole) or _LAKHS.fullmatch(whole)
    if grouped is None or grouped[1] not in groups:
        raise NotANumber(typed)
    return whole.replace(grouped[1], "")
