"""Reading pages in Arabic, as they are on a telephone."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.people import overflow

WORDS = re.compile("[\u0600-\u06ff]{3}")
"""Arabic letters: without the compiled catalogue the pages would be English from right to left."""


def check_arabic(page: Page) -> None:
    """The page is Arabic from right to left, fits the telephone, and axe finds nothing on it."""
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "ar")
    expect(root).to_have_attribute("dir", "rtl")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert overflow(page) <= 0, page.url
    check_axe(page)


def read_all(page: Page, addresses: Iterable[str]) -> None:
    """Open pages one after the other, each in Arabic."""
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        check_arabic(page)
