"""PDF documents: accessible, in any script, with nothing a person wrote ever evaluated."""

import html
import io
import re

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.documents.pdf import Column, Facts, Heading, Letterhead, Paragraph, Report, Rows, pdf
from tests.programs import poppler

LETTERHEAD = Letterhead(network="Commonwealth Electoral Network", footer="Approved version 3")
COLUMNS = [Column("Line", share=2), Column("Amount (GBP)", number=True)]


def report(*blocks, title="Mission budget", subtitle="Solomon Islands"):
    return Report(title, subtitle, blocks)


def made(*blocks, lang="en", **options):
    return pdf(report(*blocks, **options), LETTERHEAD, lang=lang)


def text_of(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def tags_of(content):
    """Every structure tag of the document, in order."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(str(element.S).lstrip("/"))
            children = element.get("/K", [])
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                walk(child)

    with pikepdf.open(io.BytesIO(content)) as document:
        walk(document.Root.StructTreeRoot)
    return found


@pytest.mark.parametrize(("lang", "title"), [("en", "Mission budget"), ("ar", "ميزانية البعثة")])
def test_a_document_is_tagged_and_says_its_language_title_and_standard(lang, title):
    with pikepdf.open(io.BytesIO(made(Paragraph("x"), lang=lang, title=title))) as document:
        assert str(document.Root.Lang) == lang
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in document.Root
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title


def test_a_table_has_heading_cells_and_its_headings_repeat_on_every_page():
    rows = [(f"Line {number}", "1,250.00") for number in range(100)]
    content = made(Heading("Lines"), Rows(COLUMNS, rows))
    tags = tags_of(content)
    assert tags.count("Table") == 1
    assert tags.count("TH") == 2
    assert tags.count("TD") == 200
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 1
    assert all("Amount (GBP)" in page for page in pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_headings_are_tagged_by_their_level():
    assert [tag for tag in tags_of(made(Heading("A"), Heading("B", level=2))) if tag[0] == "H"] == [
        "H1",
        "H2",
    ]


def test_everything_handed_in_stands_on_the_page():
    content = made(
        Facts([("Polling day", "12 March 2026")]),
        Paragraph("Assessed in January."),
        Rows(COLUMNS, [("Observer travel", "48,000.00")], totals=[("Total", "48,000.00")]),
    )
    text = text_of(content)
    for expected in (
        "Commonwealth Electoral Network",
        "Mission budget",
        "Solomon Islands",
        "Polling day",
        "12 March 2026",
        "Assessed in January.",
        "Observer travel",
        "Total",
        "Approved version 3",
        "Page 1 of 1",
    ):
        assert expected in text


def test_arabic_is_shaped_embedded_and_can_be_copied():
    content = made(Paragraph("لجنة الانتخابات المستقلة"), lang="ar", title="ميزانية البعثة")
    fonts = {
        str(font["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("NotoNaskhArabic" in font for font in fonts)
    assert "الانتخابات" in pdftotext(content)


def test_right_to_left_columns_begin_on_the_right_and_numbers_keep_their_sign_before_them():
    content = made(Rows(COLUMNS, [("السفر", "-48,000.00")]), lang="ar")
    words = words_of(content)
    assert words["-48,000.00"] < words[visual("السفر")]  # distance from the left edge


def test_in_left_to_right_the_first_column_is_left():
    words = words_of(made(Rows(COLUMNS, [("Travel", "-48,000.00")])))
    assert words["Travel"] < words["-48,000.00"]


def test_text_is_shown_and_never_evaluated():
    markup = '#panic("x") *bold* $x^2$ `raw` <label> @ref \\ " = h #sys.inputs'
    rows = Rows(COLUMNS, [(markup, markup)])
    content = made(Paragraph(markup), rows, title=markup, subtitle=markup)
    assert text_of(content).count('#panic("x") *bold*') >= 3


@pytest.mark.parametrize("text", ["中文", "\x00", "😀", "\ufffe", "", " ", "\xad"])
def test_a_character_no_font_has_is_replaced_and_the_rest_is_kept(text):
    content = made(Heading(text), Paragraph(f"Name: {text} Mensah"), title=text, subtitle=text)
    assert "Mensah" in text_of(content)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_document(text):
    content = made(Heading(text), Facts([(text, text)]), Rows(COLUMNS, [(text, text)]))
    assert content.startswith(b"%PDF-")


def test_a_word_too_long_for_its_column_does_not_leave_the_page():
    content = made(Rows([Column("A"), Column("B")], [("x" * 300, "end")]))
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    assert max(words_of(content).values()) < float(page.mediabox.width)


def test_a_landscape_document_is_wider_than_high():
    letterhead = Letterhead(network="CEN", landscape=True)
    content = pdf(report(Paragraph("x")), letterhead, lang="fr")
    box = pypdf.PdfReader(io.BytesIO(content)).pages[0].mediabox
    assert box.width > box.height


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Rows(COLUMNS, [("only one",)])


def pdftotext(content, *options):
    return poppler("pdftotext", content, *options, "-").decode()


def words_of(content):
    """The right edge of every word, in points from the left of the page; Arabic as it is drawn."""
    pattern = r'xMax="([\d.]+)"[^>]*>([^<]*)</word>'
    found = re.findall(pattern, pdftotext(content, "-bbox"))
    return {html.unescape(word): float(right) for right, word in found}


def visual(arabic):
    return arabic[::-1]
