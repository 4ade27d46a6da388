"""Shares of a whole, exact: four fifths is 4/5 and never 0.8000000000000000444."""

import re
from decimal import Decimal
from fractions import Fraction

_FRACTION = re.compile(r"(\d{1,6})\s*[/⁄∕]\s*(\d{1,6})")


def parse_fraction(text: str) -> Fraction | None:
    """Read "4/5"; None for anything else, a denominator of nought included."""
    matched = _FRACTION.fullmatch(text.strip())
    if matched is None or int(matched[2]) == 0:
        return None
    return Fraction(int(matched[1]), int(matched[2]))


def of_percent(percent: Decimal) -> Fraction:
    """The share that so many per cent are, exactly."""
    return Fraction(percent) / 100


def percent_of(share: Fraction) -> Decimal | None:
    """A share in per cent where two decimals say it exactly; None for the likes of two thirds."""
    hundredths = share * 10_000
    return Decimal(int(hundredths)) / 100 if hundredths.denominator == 1 else None
