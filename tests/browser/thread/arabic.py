"""Reading pages in Arabic, as they are on a telephone."""

from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.people import overflow


def check_arabic(page: Page) -> None:
    """The page is Arabic from right to left, fits the telephone, and axe finds nothing on it."""
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "ar")
    expect(root).to_have_attribute("dir", "rtl")
    assert overflow(page) <= 0, page.url
    check_axe(page)


def read_all(page: Page, addresses: Iterable[str]) -> None:
    """Open pages one after the other, each in Arabic."""
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        check_arabic(page)
