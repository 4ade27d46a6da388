from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.numerals import LONGEST, NotANumber, parse_decimal

READABLE = [
    ("en", "1,250.50", "1250.50"),
    ("en_GB", "1250.5", "1250.5"),
    ("en", "1,234,567", "1234567"),
    ("en", "12,34,567.00", "1234567.00"),
    ("en", "  1 250  ", "1250"),
    ("en", "1'250", "1250"),
    ("en", ".5", "0.5"),
    ("en", "-1,250", "-1250"),
    ("en", "\u22121,250", "-1250"),
    ("en", "+7", "7"),
    ("en", "1\u066c250", None),
    ("en", "1,25", None),
    ("en", "1,250,5", None),
    ("en", "1,250 000", None),
    ("en", "1.250.000", None),
    ("en", "1,250.", None),
    ("fr", "1 250,50", "1250.50"),
    ("fr", "1\u202f250,50", "1250.50"),
    ("fr-FR", "1\u00a0250", "1250"),
    ("fr", "1250.50", "1250.50"),
    ("fr", "1.250", None),
    ("fr", "1,250", "1.250"),
    ("fr", "1.250,50", None),
    ("pt", "1.250,50", "1250.50"),
    ("es", "1.250", "1250"),
    ("ar", "١٬٢٥٠", "1250"),
    ("ar", "١٬٢٥٠٫٥٠", "1250.50"),
    ("ar", "1,250.50", "1250.50"),
    ("ar", "\u200f١٢٥٠\u061c", "1250"),
    ("ar", "۱۲۵۰٫۵", "1250.5"),
    ("ar", "\u061c-١٢", "-12"),
    ("sw", "1,250", "1250"),
    ("xx", "1,250", "1250"),
    ("en", "", None),
    ("en", "-", None),
    ("en", ".", None),
    ("en", "1e5", None),
    ("en", "NaN", None),
    ("en", "12abc", None),
    ("en", "--5", None),
    ("en", "1_000", None),
    ("en", "²", None),
    ("en", "१२", None),
    ("en", "1.२", None),
]


@pytest.mark.parametrize(("language", "typed", "value"), READABLE)
def test_numbers_are_read_as_their_language_writes_them(
    language: str, typed: str, value: str | None
) -> None:
    if value is None:
        with pytest.raises(NotANumber):
            parse_decimal(typed, language)
    else:
        assert str(parse_decimal(typed, language)) == value


def test_a_very_long_number_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotANumber):
        parse_decimal("1" * (LONGEST + 1), "en")


@given(st.decimals(-(10**15), 10**15, places=2))
def test_a_number_written_in_english_or_french_reads_back(value: Decimal) -> None:
    english = f"{value:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    assert parse_decimal(english, "en") == value
    assert parse_decimal(french, "fr") == value


@given(st.text(max_size=LONGEST))
def test_any_text_is_either_a_finite_number_or_refused(text: str) -> None:
    for language in ("en", "fr", "ar", "es"):
        try:
            value = parse_decimal(text, language)
        except NotANumber:
            continue
        assert value.is_finite()
