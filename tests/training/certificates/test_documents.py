"""A certificate as a document: accessible, verifiable, right in each language, on one page."""

import html
import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import update

from kernel.db import db
from kernel.files import file_by_id
from kernel.files.backends import storage
from kernel.identity.models import Person
from kernel.values.partial_dates import PartialDate
from tests.programs import poppler
from tests.training.certificates.conftest import FULL
from training.certificates.documents import LANGUAGES, draw
from training.certificates.snapshot import Signed
from training.participants.queries import participant_of

SIGNED = Signed(
    name="Ama Serwaa Mensah",
    language="en",
    programme="JEP",
    workshop="Voter education in the digital age",
    city="Gaborone",
    country="BW",
    held=PartialDate(2015, 8),
    attended=960,
    scheduled=1200,
    organiser="Test Network",
    issued_on=date(2026, 11, 22),
    code="7KQM2XWP9RTH4DNC",
    verify_url="https://cen.example.org/verify/7KQM-2XWP-9RTH-4DNC",
)
CODE = "7KQM-2XWP-9RTH-4DNC"


@pytest.fixture
def drawn(app):
    """`drawn(language="fr")` is the PDF of the certificate with these facts changed."""

    def make(**changes):
        with app.app_context():
            return draw(replace(SIGNED, **changes), "#0b5563")

    return make


def text_of(content):
    return poppler("pdftotext", content, "-layout", "-").decode()


def content_of(content):
    """The text in the order of the content, in which it is read out."""
    return " ".join(poppler("pdftotext", content, "-raw", "-").decode().split())


def words_of(content):
    return " ".join(text_of(content).split())


def picture_of(content):
    drawn = poppler("pdftoppm", content, "-r", "150", "-png", "-singlefile")
    return Image.open(io.BytesIO(drawn))


def elements(content):
    """The structure of the document: tag and attributes, in reading order."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S).lstrip("/"), str(element.get("/Alt", ""))))
            children = element.get("/K", [])
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                walk(child)

    with pikepdf.open(io.BytesIO(content)) as document:
        walk(document.Root.StructTreeRoot)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_is_an_accessible_document_in_its_holders_language(drawn, language):
    with pikepdf.open(io.BytesIO(drawn(language=language))) as document:
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].endswith("– Ama Serwaa Mensah")
        assert set(metadata["dc:language"]) == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_structure_is_a_heading_paragraphs_a_link_and_a_figure_with_a_description(
    drawn, language
):
    found = elements(drawn(language=language))
    tags = [tag for tag, _ in found]
    assert [tag for tag in tags if re.fullmatch(r"H\d", tag)] == ["H1"]
    assert tags.count("P") >= 10
    assert tags.count("Link") == 1
    assert tags.count("Figure") == 1
    [description] = [alt for tag, alt in found if tag == "Figure"]
    words, _, rest = description.partition(SIGNED.verify_url)
    assert (bool(words.strip()), rest) == (True, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_decoration_is_read_by_nobody(drawn, language):
    """Whatever is drawn and not tagged is marked as an artifact."""
    with pikepdf.open(io.BytesIO(drawn(language=language))) as document:
        operations = [
            (str(operator), [str(operand) for operand in operands])
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
        ]
    marked, unmarked, kinds = 0, [], set()
    for name, operands in operations:
        if name in ("BDC", "BMC"):
            marked += 1
            kinds.add(operands[0])
        elif name == "EMC":
            marked -= 1
        elif name in ("S", "s", "f", "f*", "B", "Tj", "TJ", "Do") and not marked:
            unmarked.append(name)
    assert unmarked == []
    assert "/Artifact" in kinds


@pytest.mark.parametrize(
    ("language", "heading", "place", "date"),
    [
        ("en", "Certificate of attendance", "Gaborone, Botswana", "22 November 2026"),
        ("fr", "Certificat de présence", "Gaborone, Botswana", "22 novembre 2026"),
        ("ar", "شهادة", "Gaborone", "نوفمبر"),
    ],
)
def test_it_is_read_in_the_order_it_is_meant(drawn, language, heading, place, date):
    text = content_of(drawn(language=language))
    expected = [heading, SIGNED.name, SIGNED.workshop, place, SIGNED.organiser, date, CODE, CODE]
    at = 0
    for each in expected:
        at = text.index(each, at) + len(each)


def test_the_file_an_arabic_speaker_is_handed_is_this_document(
    workshop_id, register, lock, issued, certificates, inside
):
    participant_id = register(workshop_id, "آمنة Fictional", FULL)
    with inside():
        person_id = participant_of(participant_id).person_id
        db.session.execute(update(Person).where(Person.id == person_id).values(language="ar"))
    lock(workshop_id)
    issued(workshop_id)
    with inside():
        content = b"".join(storage().get(file_by_id(certificates()[0].file_id).key))
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "ar"
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "شهادة حضور – آمنة Fictional"
    assert [tag for tag, _ in elements(content) if tag in ("H1", "Link", "Figure")] == [
        "H1",
        "Link",
        "Figure",
    ]
    assert "شهادة" in content_of(content)


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (PartialDate(2015, 8), "August 2015"),
        (PartialDate(2015), "2015"),
        (PartialDate(2015, 8, 3), "3 August 2015"),
    ],
)
def test_the_day_is_known_as_far_as_the_source_tells(drawn, held, shown):
    text = text_of(drawn(held=held)).replace("22 November 2026", "")
    assert re.search(rf"(?<!\d ){shown}", text)
    assert ("August" in text) is (held.month is not None)
    assert bool(re.search(r"\d August", text)) is (held.day is not None)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["960 of 1,200 minutes", "August 2015", "Botswana"]),
        ("fr", ["960", "1 200", "août 2015", "22 novembre 2026"]),
        ("ar", ["960", "1,200", "2015 أغسطس", "2026 نوفمبر 22", "بوتسوانا"]),
    ],
)
def test_digits_months_and_countries_are_written_as_the_language_does(drawn, language, shown):
    text = re.sub(
        "[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", words_of(drawn(language=language))
    )
    text = text.replace("\u202f", " ").replace("\u00a0", " ")
    for each in shown:
        parts = each.split(" ") if language == "ar" else [each]
        assert all(part in text for part in parts), (each, text)


def test_in_arabic_the_page_runs_from_right_to_left(drawn):
    """The picture stands at the end of the line: on the right in English, on the left in Arabic."""
    middle = {
        language: zxingcpp.read_barcodes(picture_of(drawn(language=language)))[
            0
        ].position.top_left.x
        for language in ("en", "ar")
    }
    width = picture_of(drawn()).width
    assert middle["en"] > width / 2 > middle["ar"]


@pytest.mark.parametrize(("language", "land"), [("en", "Botswana"), ("ar", "بوتسوانا")])
def test_a_place_is_read_in_the_direction_of_the_page(drawn, language, land):
    """City, then country: from the left in English, from the right in Arabic."""
    left = {
        html.unescape(word): float(x)
        for x, word in re.findall(
            r'xMin="([\d.]+)"[^>]*>([^<]*)</word>', boxes_of(drawn(language=language))
        )
    }
    city = next(x for word, x in left.items() if "Gaborone" in word)
    country = next(x for word, x in left.items() if word in (land, land[::-1]))
    assert (city < country) is (language == "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_picture_leads_to_the_page_that_verifies(drawn, language):
    [symbol] = zxingcpp.read_barcodes(picture_of(drawn(language=language)))
    assert symbol.text == SIGNED.verify_url
    assert "QR" in symbol.format.name.upper()


def test_the_picture_is_drawn_and_no_image_of_dots(drawn):
    page = pypdf.PdfReader(io.BytesIO(drawn())).pages[0]
    assert not list(page.images)


def test_the_page_is_a4_across(drawn):
    [page] = pypdf.PdfReader(io.BytesIO(drawn())).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


LONG = "Her Excellency the Honourable Nana Akua Serwaa Konadu Boateng-Addo of Wiawso and Bekwai "


@pytest.mark.parametrize(
    "changes",
    [
        {"name": LONG * 2, "workshop": LONG * 3},
        {"name": "x" * 150, "workshop": "y" * 200, "city": "z" * 80, "organiser": "w" * 120},
        {"name": "محمد عبد الرحمن بن سلمان الهاشمي " * 5, "language": "ar"},
        {"name": "中文 😀 Mensah"},
    ],
)
def test_whatever_is_on_it_fits_one_page(drawn, changes):
    content = drawn(**changes)
    [page] = pypdf.PdfReader(io.BytesIO(content)).pages
    right = max(
        float(x) for x in re.findall(r'xMax="([\d.]+)"[^>]*>[^<]*</word>', boxes_of(content))
    )
    assert right < float(page.mediabox.width) - 28
    assert len(zxingcpp.read_barcodes(picture_of(content))) == 1


def boxes_of(content):
    return poppler("pdftotext", content, "-bbox", "-").decode()


@settings(max_examples=10)
@given(st.text(min_size=1, max_size=60))
def test_any_name_makes_a_certificate(app, text):
    with app.app_context():
        assert draw(replace(SIGNED, name=text, workshop=text), "#0b5563").startswith(b"%PDF-")


def test_address_and_code_are_copied_as_they_are_typed(drawn):
    raw = text_of(drawn())
    assert "cen.example.org/verify/7KQM-2XWP-9RTH-4DNC" in raw
    assert "\u200b" not in raw
