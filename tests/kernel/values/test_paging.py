"""Lists one page at a time."""

import pytest

from kernel.values.paging import page_of, pages_of


@pytest.mark.parametrize(
    ("total", "size", "pages"), [(0, 25, 1), (1, 25, 1), (25, 25, 1), (26, 25, 2), (75, 25, 3)]
)
def test_things_fill_whole_pages_and_nothing_fills_one(total, size, pages):
    assert pages_of(total, size) == pages


@pytest.mark.parametrize(
    ("number", "page", "items"), [(1, 1, "abc"), (2, 2, "de"), (3, 2, "de"), (9_999, 2, "de")]
)
def test_a_number_beyond_the_last_page_gives_the_last(number, page, items):
    cut = page_of("abcde", number, 3)
    assert (cut.items, cut.total, cut.page, cut.pages) == (items, 5, page, 2)
