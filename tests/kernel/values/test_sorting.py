"""Names folded for sorting and finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.sorting import sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (
            "Commission Électorale Nationale Indépendante",
            "commission electorale nationale independante",
        ),
        ("Bahamas, The", "bahamas the"),
        ("  O'Brien-Smith ", "o brien smith"),
        ("Tšepo Łukasz Sørensen", "tsepo lukasz sorensen"),
        ("لجنة الانتخابات", "لجنة الانتخابات"),
        ("", ""),
        ("𝑨 mathematical", "a mathematical"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(name, key):
    assert sort_key(name) == key


def test_parts_sort_one_after_the_other():
    names = [("Togo", "b"), ("Éswatini", "z"), ("Togo", "A")]
    assert sorted(names, key=lambda parts: sort_key(*parts)) == [
        ("Éswatini", "z"),
        ("Togo", "A"),
        ("Togo", "b"),
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert sort_key(sort_key(text)) == sort_key(text)
