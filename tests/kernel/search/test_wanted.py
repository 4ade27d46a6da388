"""What is typed into the box, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.search.wanted import LONGEST_QUERY, MOST_PARTS, Wanted, corrected, parse


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Wanted()),
        ("ink", Wanted(words=["ink"])),
        ("  indelible   ink ", Wanted(words=["indelible", "ink"])),
        ('"indelible  ink"', Wanted(phrases=["indelible ink"])),
        ("“indelible ink” brush", Wanted(words=["brush"], phrases=["indelible ink"])),
        ("« encre indélébile »", Wanted(phrases=["encre indélébile"])),
        ("„unlöschbare Tinte“", Wanted(phrases=["unlöschbare Tinte"])),
        ("ballot -ink", Wanted(words=["ballot"], without=["ink"])),
        ("ballot −ink", Wanted(words=["ballot"], without=["ink"])),
        ('ballot -"two staff"', Wanted(words=["ballot"], without_phrases=["two staff"])),
        ("by-election", Wanted(words=["by-election"])),
        ("-", Wanted()),
        ("- ink", Wanted(words=["ink"])),
        ('"', Wanted()),
        ('"ink', Wanted(words=["ink"])),
        ('ink" brush', Wanted(words=["ink", "brush"])),
        ('""', Wanted()),
        ("!? ink", Wanted(words=["ink"])),
        ("-ink", Wanted(without=["ink"])),
    ],
)
def test_what_is_typed_is_taken_apart(typed, wanted):
    assert parse(typed) == wanted


@given(st.text())
def test_whatever_is_typed_is_understood(typed):
    wanted = parse(typed)
    parts = [*wanted.words, *wanted.phrases, *wanted.without, *wanted.without_phrases]
    assert len(parts) <= MOST_PARTS
    assert all(any(letter.isalnum() for letter in part) for part in parts)
    assert sum(map(len, parts)) <= LONGEST_QUERY


@given(st.text())
def test_nothing_is_corrected_without_a_correction(typed):
    assert corrected(typed, {}) == typed[:LONGEST_QUERY]


def test_words_are_corrected_where_they_stand():
    assert corrected('balot "balot box" -balot ink', {"balot": "ballot"}) == (
        'ballot "balot box" -balot ink'
    )
