"""The words inside files: found by who sees the item; a hostile file ends nothing."""

import io

import pypdf
import pytest
from sqlalchemy import select

from kernel.db import db, scoped
from kernel.search import search
from network.library import service
from network.library.models import LibraryText
from network.library.queries import items, lists
from network.library.queries.lists import ItemFilter
from network.library.reading import Outcome, read
from network.library.rules.catalogue import Format, ItemVisibility
from tests.factories.library import add_file, make_item, make_published, publish
from tests.network.library.documents import (
    arabic_pdf,
    docx,
    docx_of,
    entity_bomb,
    odt,
    odt_of,
    pdf,
    zip_bomb,
)


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (Format.PDF, pdf("Silver nitrate dries slowly.", "Test each batch.")),
        (Format.DOCX, docx("Silver nitrate dries slowly.", "Test each batch.")),
        (Format.ODT, odt("Silver nitrate dries slowly.", "Test each batch.")),
        (Format.TEXT, "Silver nitrate dries slowly.\nTest each batch.".encode("utf-16")),
        (Format.MARKDOWN, b"Silver nitrate dries slowly.\n\nTest each batch."),
    ],
)
def test_words_are_read_from_every_format_that_has_any(form, content):
    found = read(content, form)
    assert found.outcome is Outcome.READ
    assert "Silver nitrate dries slowly." in found.text
    assert "Test each batch." in found.text


def test_an_arabic_line_of_a_pdf_is_read_in_its_order():
    line = "يفتح الصندوق بحضور المراقبين"
    assert line in read(arabic_pdf(line), Format.PDF).text


def test_words_parted_at_the_end_of_a_line_are_read_whole():
    narrow = "#set page(width: 5cm)\n#set text(hyphenate: true)\n#set par(justify: true)\n"
    found = read(pdf(f"{narrow} The electorate of Tuvalu overwhelmingly participated"), Format.PDF)
    assert "overwhelmingly participated" in found.text


def test_arabic_words_are_read_from_a_word_document():
    assert "حبر الانتخابات" in read(docx("حبر الانتخابات"), Format.DOCX).text


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (Format.DOCX, docx_of("<w:r><w:t>Seal</w:t><w:tab/><w:t>number</w:t></w:r>")),
        (Format.DOCX, docx_of("<w:r><w:t>Seal</w:t><w:br/><w:t>number</w:t></w:r>")),
        (Format.ODT, odt("Seal<text:tab/>number")),
        (Format.ODT, odt("<text:span>Seal</text:span><text:s/>number")),
        (Format.ODT, odt("Seal<text:line-break/>number")),
        (Format.TEXT, "Se\u00adal num\u00ad ber".encode()),
    ],
    ids=["tab", "line", "odt tab", "odt space", "odt line", "soft hyphens"],
)
def test_words_stay_apart_and_whole_as_they_are_seen(form, content):
    assert read(content, form).text.splitlines()[-1] == "Seal number"


@pytest.mark.parametrize(
    ("shaped", "letters"),
    [
        ("ﬁnal oﬃce", "final office"),
        ("ﺗﺴﺠﻴﻞ ﺍﻟﻨﺎﺧﺒﻴﻦ", "تسجيل الناخبين"),
        ("ﻻ ﻳﻤﺤﻰ", "لا يمحى"),
        ("½ of the seats…", "½ of the seats…"),
    ],
)
def test_letters_are_read_for_the_shapes_a_file_names(shaped, letters):
    assert read(shaped.encode(), Format.TEXT).text == letters


def test_what_was_struck_out_of_a_document_is_not_read():
    struck = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Nightingale</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    found = read(odt_of(f"{struck}<text:p>Seals</text:p>"), Format.ODT)
    assert found.text == "Seals"


def locked_pdf():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Secret.")))
    writer.encrypt("password", algorithm="AES-256")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("form", "make"),
    [
        (Format.PDF, lambda: b"%PDF-1.7\nnot really\n%%EOF"),
        (Format.PDF, locked_pdf),
        (Format.DOCX, lambda: b"PK\x03\x04broken"),
        (Format.DOCX, zip_bomb),
        (Format.DOCX, entity_bomb),
        (Format.ODT, lambda: docx("a Word document with another name")),
    ],
    ids=["no pdf", "locked", "broken zip", "zip bomb", "entity bomb", "not odt"],
)
def test_what_cannot_be_read_is_unreadable_and_ends_nothing(form, make):
    assert read(make(), form).outcome is Outcome.UNREADABLE


def test_a_file_without_words_is_empty_and_a_very_long_one_is_cut():
    assert read(pdf(""), Format.PDF).outcome is Outcome.EMPTY
    assert read(b"word\n" * 400_000, Format.TEXT).outcome is Outcome.CUT


def hits(tenant, app, actor, words):
    with (
        app.app_context(),
        scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
    ):
        return [hit.title for hit in search(actor, words, kinds=["library"])]


def test_words_inside_a_published_file_are_found_and_those_of_a_draft_are_not(
    app, tenant, inside, cast, run_jobs
):
    with inside():
        _, draft = make_item(cast.author, title="Ink")
        add_file(cast.author, draft, name="ink.pdf", content=pdf("Quicksilver drying times"))
    run_jobs()
    assert hits(tenant, app, cast.author, "quicksilver") == []
    with inside():
        publish(cast.author, cast.librarian, items.version_of(draft.id))
    run_jobs()
    assert hits(tenant, app, cast.stranger, "quicksilver") == ["Ink"]
    with inside():
        found = items.version_of(draft.id)
        service.withdraw(cast.author, draft.id, version=found.version, reason="Wrong.")
    assert hits(tenant, app, cast.stranger, "quicksilver") == []


def test_the_end_of_a_long_document_is_found_too(app, tenant, inside, cast, run_jobs):
    with inside():
        long = b"ordinary words of a manual\n" * 15_000 + b"quicksilver at the very end"
        make_published(cast.author, cast.librarian, title="Manual", content=long)
    run_jobs()
    assert hits(tenant, app, cast.stranger, "quicksilver") == ["Manual"]


def test_what_is_meant_for_a_group_is_found_in_the_group_alone(app, tenant, inside, cast, run_jobs):
    with inside():
        item, _ = make_published(
            cast.author,
            cast.librarian,
            title="Register audit",
            content=b"quicksilver",
            visibility=ItemVisibility.NETWORK,
        )
        service.update_item(
            cast.author,
            item.id,
            version=item.version,
            visibility=ItemVisibility.GROUP,
            group_id=cast.group.id,
        )
    run_jobs()
    assert hits(tenant, app, cast.member, "quicksilver") == ["Register audit"]
    assert hits(tenant, app, cast.stranger, "quicksilver") == []


def test_the_list_finds_words_inside_files(app, tenant, inside, cast, run_jobs):
    with inside():
        make_published(cast.author, cast.librarian, title="Ink", content=b"quicksilver")
        make_published(cast.author, cast.librarian, title="Booths", content=b"cardboard")
    run_jobs()
    actor = cast.stranger
    with (
        app.app_context(),
        scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
    ):
        found = lists.item_page(actor, ItemFilter(words="quicksilver")).items
        assert [item.title for item in found] == ["Ink"]


def test_an_unreadable_file_stays_and_its_owner_is_told(app, inside, cast, run_jobs, browser_for):
    with inside():
        _, draft = make_item(cast.author, title="Ink")
        rendition = add_file(cast.author, draft, name="ink.pdf", content=locked_pdf())
    assert "kernel.send_mail" in run_jobs()
    with inside():
        found = db.session.scalars(select(LibraryText)).one()
        assert (found.id, found.outcome, found.body) == (rendition.id, "unreadable", "")
    browser = browser_for(cast.author)
    page = browser.get(f"/network/library/versions/{draft.id}")
    assert "Its text cannot be read" in page.text
    assert browser.get(f"/network/library/renditions/{rendition.id}").status == 200
