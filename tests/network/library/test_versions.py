"""The life of a version, and what the database holds against whoever goes past the services."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.values import clock
from network.library import service
from network.library.queries import items
from network.library.rules import versions as rules
from network.library.rules.versions import ReviewDue
from tests.factories.library import add_file, make_item, make_published, publish

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (-1, ReviewDue.OVERDUE),
        (0, ReviewDue.SOON),
        (30, ReviewDue.SOON),
        (31, ReviewDue.LATER),
    ],
)
def test_an_item_is_due_thirty_days_before_its_review_date_and_overdue_after_it(days, due):
    assert rules.review_due(TODAY + timedelta(days=days), TODAY) is due


def test_a_draft_without_a_file_is_not_handed_in(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        with pytest.raises(Refused, match="Add a file"):
            service.submit(cast.author, draft.id, version=draft.version)


def test_a_version_goes_from_draft_to_review_to_published(inside, cast):
    with inside():
        item, draft = make_item(cast.author, title="Ink tests")
        add_file(cast.author, draft)
        service.submit(cast.author, draft.id, version=draft.version)
        assert draft.state == "review"
        service.publish(cast.librarian, draft.id, version=draft.version)
        assert (draft.state, draft.published_by) == ("published", cast.librarian.person_id)
        assert items.item_seen_by(cast.stranger, item.id).item.title == "Ink tests"


def test_nobody_publishes_what_she_made_not_even_a_librarian(inside, cast):
    with inside():
        _, own = make_item(cast.librarian)
        add_file(cast.librarian, own)
        service.submit(cast.librarian, own.id, version=own.version)
        with pytest.raises(Forbidden, match="Somebody else"):
            service.publish(cast.librarian, own.id, version=own.version)


def test_who_added_a_file_is_one_of_the_makers(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft)
        assert items.makers_of(draft) == {cast.author.person_id}


def test_who_does_not_review_cannot_publish(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft)
        service.submit(cast.author, draft.id, version=draft.version)
        with pytest.raises(Forbidden):
            service.publish(cast.author, draft.id, version=draft.version)


def test_a_version_in_review_is_invisible_to_others_and_cannot_be_changed(inside, cast):
    with inside():
        item, draft = make_item(cast.author)
        add_file(cast.author, draft)
        service.submit(cast.author, draft.id, version=draft.version)
        with pytest.raises(NotFound):
            items.item_seen_by(cast.stranger, item.id)
        with pytest.raises(NotFound):
            service.publish(cast.stranger, draft.id, version=draft.version)
        with pytest.raises(Refused, match="in review"):
            service.edit_draft(cast.author, draft.id, version=draft.version, title="Other")


def test_a_returned_version_is_a_draft_again_and_says_why(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft)
        service.submit(cast.author, draft.id, version=draft.version)
        service.return_to_author(
            cast.librarian, draft.id, version=draft.version, reason="Name the batch size."
        )
        assert (draft.state, draft.return_reason) == ("draft", "Name the batch size.")
        service.submit(cast.author, draft.id, version=draft.version)
        assert draft.return_reason is None


def test_the_next_version_supersedes_the_one_before_and_gives_the_item_its_title(inside, cast):
    with inside():
        item, first = make_published(cast.author, cast.librarian, title="Ink tests")
        second = service.start_version(cast.author, item.id, title="Ink tests, revised")
        assert (second.number, item.title) == (2, "Ink tests")
        add_file(cast.author, second)
        publish(cast.author, cast.librarian, second)
        assert (first.state, second.state) == ("superseded", "published")
        assert item.title == "Ink tests, revised"


def test_two_versions_are_not_made_at_once(inside, cast):
    with inside():
        item, _ = make_published(cast.author, cast.librarian)
        service.start_version(cast.author, item.id, title="Second")
        with pytest.raises(IntegrityError, match="uq_library_version_open_original"):
            service.start_version(cast.author, item.id, title="Also second")
        db.session.rollback()


def test_two_savers_of_a_draft_are_told_of_each_other(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        service.edit_draft(cast.author, draft.id, version=1, title="First saver")
        db.session.flush()
        with pytest.raises(Conflict):
            service.edit_draft(cast.author, draft.id, version=1, title="Second saver")


def test_a_withdrawn_version_says_why_and_closes_its_files(inside, cast):
    with inside():
        _, version = make_published(cast.author, cast.librarian)
        rendition = items.renditions(version.id)[0]
        assert items.rendition_seen_by(cast.stranger, rendition.id).file.name == "checklist.txt"
        service.withdraw(cast.author, version.id, version=version.version, reason="Wrong dose.")
        with pytest.raises(NotFound):
            items.rendition_seen_by(cast.stranger, rendition.id)
        assert items.version_seen_by(cast.stranger, version.id).version.withdrawal_reason
        assert items.rendition_seen_by(cast.author, rendition.id)
        with pytest.raises(Refused):
            service.withdraw(cast.author, version.id, version=version.version, reason="Again.")


def test_a_draft_that_is_discarded_is_gone_and_its_item_with_it(inside, cast):
    with inside():
        item, draft = make_item(cast.author)
        add_file(cast.author, draft)
        service.discard_draft(cast.author, draft.id, version=draft.version)
        with pytest.raises(NotFound):
            items.item_seen_by(cast.author, item.id)


def test_a_file_in_the_same_language_and_format_takes_the_place_of_the_first(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft, name="first.txt")
        add_file(cast.author, draft, name="second.txt")
        files = items.renditions_of([draft.id])[draft.id]
        assert [seen.file.name for seen in files] == ["second.txt"]


def test_a_file_is_what_its_content_shows(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        with pytest.raises(Refused, match="not a real"):
            add_file(cast.author, draft, name="checklist.pdf", content=b"just words")
        with pytest.raises(Refused, match="does not take this kind"):
            add_file(cast.author, draft, name="days.ics", content=b"BEGIN:VCALENDAR\n")


def test_a_review_date_lies_ahead(inside, cast):
    with inside():
        yesterday = clock.now().date() - timedelta(days=2)
        with pytest.raises(Refused, match="from today on"):
            make_item(cast.author, review_on=yesterday)


RAW = [
    "update network.library_version set title = 'Other' where id = :version",
    "update network.library_version set notes = 'Other' where id = :version",
    "update network.library_version set number = 9 where id = :version",
    "update network.library_version set state = 'draft' where id = :version",
    "update network.library_version set published_at = now() where id = :version",
    "delete from network.library_version where id = :version",
    "update network.library_rendition set language = 'fr' where version_id = :version",
    "update network.library_rendition set file_id = gen_random_uuid() where version_id = :version",
    "delete from network.library_rendition where version_id = :version",
    "insert into network.library_rendition (tenant_id, id, version_id, language, format, file_id)"
    " select tenant_id, gen_random_uuid(), version_id, 'fr', 'pdf', file_id"
    " from network.library_rendition where version_id = :version",
]


def raise_on(statement, version_id):
    """What the database answers to a statement that goes past the services."""
    try:
        with db.session.begin_nested():
            db.session.execute(text(statement), {"version": version_id})
    except IntegrityError as refused:
        return str(refused.orig)
    return "nothing"


@pytest.mark.parametrize("state", ["published", "superseded", "withdrawn"])
def test_what_was_published_is_frozen_by_the_database(inside, cast, state):
    with inside():
        item, version = make_published(cast.author, cast.librarian)
        if state == "withdrawn":
            service.withdraw(cast.author, version.id, version=version.version, reason="Wrong.")
        if state == "superseded":
            second = service.start_version(cast.author, item.id, title="Second")
            add_file(cast.author, second)
            publish(cast.author, cast.librarian, second)
        db.session.flush()
        passed = [one for one in RAW if "is frozen" not in raise_on(one, version.id)]
        assert passed == []


def test_a_draft_may_be_changed_past_the_services(inside, cast):
    with inside():
        _, draft = make_item(cast.author)
        add_file(cast.author, draft)
        db.session.execute(text(RAW[0]), {"version": draft.id})
        db.session.execute(text(RAW[8]), {"version": draft.id})
        assert items.renditions(draft.id) == []
