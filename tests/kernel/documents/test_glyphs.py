"""What the fonts of our documents can show."""

import pytest

from kernel.documents.glyphs import REPLACEMENT, characters, showable
from kernel.documents.pdf import TEXT_FONTS

LATIN, ARABIC = TEXT_FONTS


def test_the_latin_font_has_the_letters_our_members_write_with():
    assert {ord(c) for c in "AzÉçŠẸẽĳœŁȘ€£₦–’“”…αЖ" + REPLACEMENT} <= characters(LATIN)


def test_the_arabic_font_has_arabic_letters_and_digits_and_no_chinese():
    assert {ord(c) for c in "ابجدهوزلجنةةئء٠٩،؟"} <= characters(ARABIC)
    assert ord("中") not in characters(LATIN) | characters(ARABIC)


def test_bold_has_what_regular_has():
    for font in TEXT_FONTS:
        bold = font.with_name(font.name.replace("Regular", "Bold"))
        assert characters(bold) == characters(font)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tšepo لجنة", "Tšepo لجنة"),
        ("a中😀b", "a\ufffd\ufffdb"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x00", "\ufffd"),
        ("co\xadoperative", "cooperative"),
    ],
)
def test_only_what_no_font_has_is_replaced(text, shown):
    assert showable(text, TEXT_FONTS) == shown
