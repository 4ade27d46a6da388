"""How a pack is divided into mails: whole files, each part readable alone, none above its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from network.packs import rules
from network.packs.rules import PartSize, Weight, divide, in_one

FIXED = 10_000


def layout(division):
    return [(part.documents, part.files) for part in division.parts]


def test_what_fits_into_one_part_stays_in_one():
    division = divide([Weight(1_000, [5_000]), Weight(2_000)], 100_000, fixed=FIXED)
    assert layout(division) == [([0, 1], [(0, 0)])]


def test_a_file_that_does_not_fit_goes_into_the_next_part_with_its_page():
    division = divide([Weight(1_000, [50_000, 50_000])], 100_000, fixed=FIXED)
    assert layout(division) == [([0], [(0, 0)]), ([0], [(0, 1)])]


def test_a_file_larger_than_a_part_lies_in_none_and_is_named():
    division = divide([Weight(1_000, [200_000, 10])], 100_000, fixed=FIXED)
    assert layout(division) == [([0], [(0, 1)])]
    assert division.too_large == {(0, 0)}


def test_a_pack_by_link_is_one_part_and_leaves_out_what_is_beyond_its_size():
    division = in_one([Weight(1_000, [60_000]), Weight(1_000, [60_000, 10])], 100_000, fixed=FIXED)
    assert layout(division) == [([0, 1], [(0, 0), (1, 1)])]
    assert division.too_large == {(1, 0)}


weights = st.lists(
    st.builds(
        Weight,
        st.integers(100, 20_000),
        st.lists(st.integers(1, 150_000), max_size=5).map(tuple),
    ),
    min_size=1,
    max_size=12,
)


@given(weights)
def test_every_page_is_in_a_part_and_every_file_once_or_named_as_too_large(chosen):
    limit = 100_000
    division = divide(chosen, limit, fixed=FIXED)
    assert {d for part in division.parts for d in part.documents} == set(range(len(chosen)))
    placed = [file for part in division.parts for file in part.files]
    everything = {(d, f) for d, weight in enumerate(chosen) for f in range(len(weight.files))}
    assert len(placed) == len(set(placed))
    assert set(placed) | division.too_large == everything
    assert not set(placed) & division.too_large
    for part in division.parts:
        inside = {document for document, _ in part.files}
        assert inside <= set(part.documents)
        pages = sum(chosen[d].page for d in part.documents)
        assert FIXED + pages + sum(chosen[d].files[f] for d, f in part.files) <= limit


def test_a_pack_of_nothing_and_one_of_too_much_are_refused():
    with pytest.raises(Refused, match="at least one"):
        rules.check_choice(0)
    with pytest.raises(Refused):
        rules.check_choice(rules.MOST_CHOSEN + 1)


@pytest.mark.parametrize("size", PartSize)
def test_a_part_fits_into_a_mail_of_the_chosen_size_and_uses_most_of_it(size):
    megabytes = int(size.value) * 1_000_000
    in_mail = size.attached * 4 / 3 * 78 / 76 + 20_000
    assert 0.95 * megabytes < in_mail <= megabytes
