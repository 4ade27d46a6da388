"""Shares of a whole, exact."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kernel.values.shares import of_percent, parse_fraction, percent_of


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("4/5", Fraction(4, 5)),
        (" 8 / 10 ", Fraction(4, 5)),
        ("2/3", Fraction(2, 3)),
        ("٤/٥", Fraction(4, 5)),
        ("1/0", None),
        ("4:5", None),
        ("-4/5", None),
        ("0.8", None),
        ("1234567/9999999", None),
        ("", None),
    ],
)
def test_a_fraction_is_read_exactly_or_not_at_all(text, share):
    assert parse_fraction(text) == share


def test_eighty_per_cent_are_four_fifths():
    assert of_percent(Decimal(80)) == Fraction(4, 5)
    assert of_percent(Decimal("66.6667")) != Fraction(2, 3)


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Fraction(4, 5), Decimal(80)),
        (Fraction(7, 8), Decimal("87.5")),
        (Fraction(1, 400), Decimal("0.25")),
        (Fraction(2, 3), None),
    ],
)
def test_per_cent_are_told_only_where_they_are_exact(share, percent):
    assert percent_of(share) == percent
