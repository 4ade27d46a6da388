"""The pages of the library, as people use them."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Forbidden, Refused
from kernel.mail.models import OutgoingMail
from kernel.values import clock
from network.library import service
from network.library.queries import items
from network.library.rules.catalogue import (
    LICENCE_LABELS,
    ItemVisibility,
    Licence,
    Phase,
    Subject,
)
from network.subscriptions import service as subscriptions
from tests.factories.library import add_file, make_item, make_published, publish
from tests.factories.network import end_affiliations, make_group, make_topic
from tests.mails import mails_of

LIBRARY = "/network/library"


def upload(page, browser, name, content, language="en"):
    return browser.submit(page, "Add the file", file=(BytesIO(content), name), language=language)


def test_an_item_is_written_handed_in_and_published_by_somebody_else(cast, browser_for, run_jobs):
    author, librarian = browser_for(cast.author), browser_for(cast.librarian)
    page = author.submit(
        author.get(f"{LIBRARY}/new"),
        "Save as a draft",
        title="Checklist for ink batch tests",
        summary="Ten minutes per batch.",
        subject="voting_operations",
        phase="voting",
    )
    assert "Add at least one file" in page.text
    page = upload(page, author, "ink.txt", b"Test five bottles of each batch.")
    assert "ink.txt" in page.text
    page = author.submit(page, "Hand in for review")
    assert "waits for its review" in page.text
    assert "Publish" not in page._buttons()
    run_jobs()
    page = librarian.submit(librarian.get(page.path), "Publish")
    assert "Published" in page.text
    run_jobs()
    listed = browser_for(cast.stranger).get(LIBRARY)
    assert "Checklist for ink batch tests" in listed.links()


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_enter(cast, browser_for):
    author = browser_for(cast.author)
    page = author.submit(
        author.get(f"{LIBRARY}/new"), "Save as a draft", title="", summary="Kept words"
    )
    assert page.status == 422
    assert "Enter the title of the document." in page.errors
    assert "Kept words" in page.html


def test_nothing_is_filed_that_nobody_chose(cast, browser_for):
    author = browser_for(cast.author)
    page = author.submit(author.get(f"{LIBRARY}/new"), "Save as a draft", title="Ink tests")
    assert page.errors == [
        "Choose an option for “Subject”.",
        "Choose an option for “Phase of the electoral cycle”.",
    ]
    page = author.submit(page, "Save as a draft", subject="voting_operations", phase="voting")
    assert "Add at least one file" in page.text
    assert "Afghanistan" not in author.get(page.links()["Ink tests"]).text


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(inside, cast, browser_for):
    with inside():
        _, draft = make_item(cast.author)
    author = browser_for(cast.author)
    page = upload(author.get(f"{LIBRARY}/versions/{draft.id}"), author, "a.pdf", b"no pdf")
    assert page.status == 422
    assert page.errors == ["a.pdf is not a real .pdf file. Save it again and choose it."]


def test_a_translation_says_when_the_original_moved_on(inside, cast, browser_for):
    with inside():
        item, first = make_published(cast.author, cast.librarian, title="Ink tests")
        french = service.translate(
            cast.stranger, first.id, language="fr", title="Essais de l’encre"
        )
        add_file(cast.stranger, french, name="encre.txt")
        publish(cast.stranger, cast.librarian, french)
        second = service.start_version(cast.author, item.id, title="Ink tests")
        add_file(cast.author, second)
    reader = browser_for(cast.member)
    address = f"{LIBRARY}/{item.id}"
    assert "moved on" not in reader.get(address).text
    with inside():
        publish(cast.author, cast.librarian, items.version_of(second.id))
    told = "The translation into French follows version 1; the original moved on to version 2."
    assert told in reader.get(address).text
    assert told in reader.get(f"{LIBRARY}/versions/{french.id}").text
    assert told not in reader.get(f"{LIBRARY}/versions/{first.id}").text


def test_the_list_shows_a_title_in_the_language_of_its_reader(inside, cast, browser_for):
    with inside():
        _, first = make_published(cast.author, cast.librarian, title="Ink tests")
        french = service.translate(
            cast.stranger, first.id, language="fr", title="Essais de l’encre"
        )
        add_file(cast.stranger, french, name="encre.txt")
        publish(cast.stranger, cast.librarian, french)
    reader = browser_for(cast.member)
    page = reader.get(LIBRARY)
    assert "Ink tests" in page.links()
    page = reader.get(LIBRARY, headers={"Accept-Language": "fr"})
    assert "Essais de l’encre" in page.links()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("subject=vote_counting", {"Counting halls"}),
        ("phase=registration", {"Kits at sea"}),
        ("country=TO", {"Kits at sea"}),
        ("written_in=fr", {"Kits at sea"}),
        ("format=txt", {"Counting halls", "Kits at sea"}),
        ("format=pdf", set()),
        ("subject=vote_counting&phase=registration", set()),
        ("subject=nonsense", set()),
    ],
)
def test_the_list_is_narrowed_by_its_filters(inside, cast, browser_for, query, found):
    with inside():
        make_published(
            cast.author, cast.librarian, title="Counting halls", subject=Subject.VOTE_COUNTING
        )
        make_published(
            cast.author,
            cast.librarian,
            title="Kits at sea",
            phase=Phase.REGISTRATION,
            country="TO",
            language="fr",
        )
    page = browser_for(cast.stranger).get(f"{LIBRARY}?{query}")
    assert {"Counting halls", "Kits at sea"} & set(page.links()) == found
    assert found or "No item matches these filters." in page.text


def test_an_empty_library_says_what_to_do(cast, browser_for):
    assert "The library is empty" in browser_for(cast.author).get(LIBRARY).text


@pytest.mark.parametrize(
    ("query", "fold"),
    [
        ("", "Filters"),
        ("words=ink", "Filters"),
        ("words=ink&format=txt&phase=registration", "Filters (2)"),
    ],
)
def test_the_fold_of_the_filters_says_how_many_in_it_are_set(browser_for, cast, query, fold):
    page = browser_for(cast.member).get(f"{LIBRARY}?{query}")
    (folded,) = (one for one in page.document.iter("details") if one.get("class") == "more-filters")
    assert folded.find("summary").text == fold
    assert folded.get("open") is None
    assert "words" not in {field.get("name") for field in folded.iter("input")}


def test_a_withdrawn_version_shows_its_reason_and_no_files(inside, cast, browser_for):
    with inside():
        item, version = make_published(cast.author, cast.librarian)
    author = browser_for(cast.author)
    page = author.get(f"{LIBRARY}/versions/{version.id}/withdraw")
    page = author.submit(page, "Withdraw it", reason="The dose was wrong.")
    assert "The dose was wrong." in page.text
    reader = browser_for(cast.stranger)
    page = reader.get(f"{LIBRARY}/{item.id}")
    assert "The dose was wrong." in page.text
    assert not [url for url in page.links().values() if "/renditions/" in url]


def test_two_savers_of_a_filing_see_both_versions(inside, cast, browser_for):
    with inside():
        item, _ = make_published(cast.author, cast.librarian)
    author = browser_for(cast.author)
    stale = author.get(f"{LIBRARY}/{item.id}/edit")
    author.submit(author.get(f"{LIBRARY}/{item.id}/edit"), "Save", country="TO")
    assert author.submit(stale, "Save", country="WS").status == 409


def test_an_item_is_handed_to_a_colleague_who_then_keeps_it(inside, cast, browser_for):
    with inside():
        item, _ = make_published(cast.author, cast.librarian)
    author, colleague = browser_for(cast.author), browser_for(cast.colleague)
    assert colleague.get(f"{LIBRARY}/{item.id}/edit").status == 403
    name = cast.colleague.name
    page = author.submit(author.get(f"{LIBRARY}/{item.id}/owner"), "Find", person_id_words=name)
    assert name in page.text
    page = author.submit(page, "Save", person_id=str(cast.colleague.person_id))
    assert "The item has a new owner." in page.text
    assert colleague.get(f"{LIBRARY}/{item.id}/edit").status == 200


def test_an_item_of_a_group_is_handed_to_nobody_outside_it(inside, cast, browser_for):
    kept = {"visibility": ItemVisibility.GROUP, "group_id": cast.group.id}
    with inside():
        item, _ = make_item(cast.author, **kept)
    author = browser_for(cast.author)
    page = author.get(f"{LIBRARY}/{item.id}/owner")
    outside, inside_it = str(cast.colleague.person_id), str(cast.member.person_id)
    refused = author.submit(page, "Save", person_id=outside)
    assert refused.status == 422
    assert refused.errors == ["Only people of one group may see this item. Choose one of them."]
    assert "The item has a new owner." in author.submit(refused, "Save", person_id=inside_it).text


def test_nobody_files_an_item_where_its_owner_does_not_see_it(inside, factory, cast):
    with inside():
        item, _ = make_published(cast.author, cast.librarian)
        elsewhere = make_group(cast.administrator, cast.librarian, name="Seals")
        filed = {"visibility": ItemVisibility.GROUP, "group_id": elsewhere.id}
        with pytest.raises(Refused) as refused:
            service.update_item(cast.librarian, item.id, version=item.version, **filed)
        assert refused.value.field == "group_id"


def test_a_collection_shows_its_items_in_its_order_to_who_sees_them(inside, cast, browser_for):
    with inside():
        for title in ("First", "Second"):
            make_published(cast.author, cast.librarian, title=title)
    librarian = browser_for(cast.librarian)
    page = librarian.submit(
        librarian.get(f"{LIBRARY}/collections/new"), "Save", title="To plan a count"
    )
    for title in ("First", "Second"):
        options = {o.text: o.get("value") for o in page.document.iter("option")}
        page = librarian.submit(page, "Add to the collection", item_id=options[title])
    page = librarian.submit(page, "Move up Second")
    titles = [title for title in page.links() if title in ("First", "Second")]
    assert titles == ["Second", "First"]
    assert "To plan a count" in browser_for(cast.stranger).get(f"{LIBRARY}/collections").links()


def test_who_reviews_for_one_organisation_arranges_nothing_for_all(
    inside, cast, factory, browser_for
):
    with inside():
        collection_id = service.create_collection(cast.librarian, title="Ink", language="en").id
        item, _ = make_published(cast.author, cast.librarian)
        service.add_to_collection(cast.librarian, collection_id, item_id=item.id)
    actor = factory.actor("Eda Admin", roles=["emb_administrator", "member"])
    reviewer, address = browser_for(actor), f"{LIBRARY}/collections/{collection_id}"
    page = reviewer.get(address)
    assert item.title in page.links()
    assert not {"Change the collection", "Take out"} & {*page.links(), *page._buttons()}
    for closed in (f"{LIBRARY}/collections/new", f"{address}/edit"):
        assert reviewer.get(closed).status == 403
    with inside(), pytest.raises(Forbidden):
        service.take_from_collection(actor, collection_id, item_id=item.id)


def test_a_post_that_names_an_item_is_shown_there_to_who_sees_the_topic(
    inside, cast, browser_for, run_jobs
):
    with inside():
        item, _ = make_published(cast.author, cast.librarian)
        body = f"See https://example.org{LIBRARY}/{item.id} for that."
        make_topic(cast.member, cast.group, "How do you test ink?", body=body)
    run_jobs()
    address = f"{LIBRARY}/{item.id}"
    assert "How do you test ink?" in browser_for(cast.chair).get(address).links()
    assert "How do you test ink?" not in browser_for(cast.stranger).get(address).text


def test_the_home_page_tells_who_reviews_and_who_owns(inside, cast, waiting):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft)
        service.submit(cast.author, draft.id, version=draft.version)
        make_published(
            cast.author,
            cast.librarian,
            title="Old one",
            review_on=clock.now().date() + timedelta(days=20),
        )
    assert "library_to_review" in {one["kind"] for one in waiting(cast.librarian)}
    told = waiting(cast.author)
    assert {"library_review_due"} == {
        one["kind"] for one in told if one["kind"].startswith("library")
    }


def mails(inside):
    with inside():
        wanted = select(OutgoingMail.template, OutgoingMail.person_id).where(
            OutgoingMail.template == "library_review_due"
        )
        return [tuple(row) for row in db.session.execute(wanted)]


def test_the_owner_is_reminded_a_month_before_and_on_the_day_once_each(inside, cast):
    day = clock.today("UTC") + timedelta(days=200)
    with inside():
        make_published(cast.author, cast.librarian, review_on=day)
    told = []
    for days in (-31, -30, -29, 0, 1):
        with inside(), clock.frozen(at(day + timedelta(days=days))):
            service.remind_owners()
        told.append(len(mails(inside)))
    assert told == [0, 1, 1, 2, 2]
    assert {person for _, person in mails(inside)} == {cast.author.person_id}


def test_mails_about_an_item_of_a_confidential_group_say_nothing_of_it(
    app, tenant, inside, cast, run_jobs
):
    with inside():
        subscriptions.set_content_free(cast.chair, cast.group.id, version=0, content_free=True)
        shared = {"visibility": ItemVisibility.GROUP, "group_id": cast.group.id}
        _, draft = make_item(cast.author, title="Zircon seals", **shared)
        add_file(cast.author, draft, name="zircon.pdf", content=b"%PDF-1.7\nnot really\n%%EOF")
    run_jobs()
    ours = mails_of(app, tenant)
    subject = "Something new in the library of a confidential group"
    (mail,) = (one for one in ours if one["Subject"] == subject)
    assert f"/network/library/versions/{draft.id}" in mail.get_content()
    assert not [one for one in ours if "ircon" in one.as_string() + one.get_content()]


def test_who_reviews_is_reminded_of_an_item_whose_owner_left(inside, cast):
    day = clock.today("UTC") + timedelta(days=200)
    with inside():
        make_published(cast.author, cast.librarian, title="Ink", review_on=day)
        shared = {"visibility": ItemVisibility.GROUP, "group_id": cast.group.id}
        item, _ = make_published(cast.author, cast.librarian, title="Registers", review_on=day)
        service.update_item(cast.author, item.id, version=item.version, **shared)
        end_affiliations(cast.author)
    for _ in range(2):
        with inside(), clock.frozen(at(day)):
            service.remind_owners()
    # Once each, and not of what only a group sees that they are not in.
    told = [person for _, person in mails(inside)]
    assert sorted(told) == sorted([cast.librarian.person_id, cast.administrator.person_id])


def at(day):
    return datetime.combine(day, time(9), UTC)


def test_an_overdue_item_is_flagged_to_its_owner(inside, cast, browser_for):
    with inside(), clock.frozen(at(date(2026, 1, 10))):
        make_published(cast.author, cast.librarian, title="Old one", review_on=date(2026, 2, 1))
    assert "Review overdue" in browser_for(cast.author).get(f"{LIBRARY}?only=overdue").text
    listed = browser_for(cast.stranger).get(LIBRARY)
    assert "Old one" in listed.text


def test_the_licence_is_shown_and_kept_by_the_versions_that_follow(inside, cast, browser_for):
    with inside():
        item, _ = make_published(cast.author, cast.librarian, licence=Licence.CC_BY_SA)
        draft = service.start_version(cast.author, item.id, title="Ink, again")
        add_file(cast.author, draft)
        publish(cast.author, cast.librarian, draft)
    page = browser_for(cast.stranger).get(f"{LIBRARY}/{item.id}")
    assert LICENCE_LABELS[Licence.CC_BY_SA] in page.text
    assert LICENCE_LABELS[Licence.CC_BY] not in page.text


def test_two_languages_in_two_formats_each_stand_side_by_side(inside, cast, browser_for):
    with inside():
        item, draft = make_item(cast.author)
        files = {("en", "ink.txt"), ("en", "ink.csv"), ("fr", "encre.txt"), ("fr", "encre.csv")}
        for language, name in sorted(files):
            add_file(cast.author, draft, language=language, name=name, content=b"Ink,1\n")
        publish(cast.author, cast.librarian, draft)
        kept = [one.rendition for one in items.renditions_of([draft.id])[draft.id]]
        assert [(one.language, one.format) for one in kept] == [
            ("en", "csv"), ("en", "txt"), ("fr", "csv"), ("fr", "txt")
        ]  # fmt: skip
    browser = browser_for(cast.stranger)
    page = browser.get(f"{LIBRARY}/{item.id}")
    for one in kept:
        assert browser.get(f"{LIBRARY}/renditions/{one.id}").status == 200
        assert f"{LIBRARY}/renditions/{one.id}" in page.links().values()
    assert table_of(page) == [
        ["Language", "TXT", "CSV"],
        ["English", "1 KB English, Plain text (TXT)", "1 KB English, Table (CSV)"],
        ["French", "1 KB French, Plain text (TXT)", "1 KB French, Table (CSV)"],
    ]


def table_of(page):
    """What the table of files says, row by row."""
    (table,) = (one for one in page.document.iter("table") if one.get("id") == "files")
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")
    ]


def test_a_translation_stands_in_the_table_of_files_with_what_it_follows(inside, cast, browser_for):
    with inside():
        item, first = make_published(cast.author, cast.librarian, title="Ink tests")
        french = service.translate(cast.stranger, first.id, language="fr", title="Essais")
        add_file(cast.stranger, french, name="encre.csv", content=b"Encre,1\n")
        publish(cast.stranger, cast.librarian, french)
    reader = browser_for(cast.member)
    assert table_of(reader.get(f"{LIBRARY}/{item.id}")) == [
        ["Language", "TXT", "CSV"],
        ["English", "1 KB English, Plain text (TXT)", "–"],
        ["French", "–", "1 KB French, Table (CSV)"],
    ]
    with inside():
        second = service.start_version(cast.author, item.id, title="Ink tests")
        add_file(cast.author, second)
        publish(cast.author, cast.librarian, second)
    assert table_of(reader.get(f"{LIBRARY}/{item.id}"))[2][0] == "French Follows version 1"
