"""What a reader finds, and what she must not even be able to count."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.db import db, new_id, scoped
from kernel.search import Entry, Visibility, index, remove, search, search_some


@pytest.mark.parametrize("words", ["", "zebra", "  ", "-", '"', "ballot -ink"])
def test_words_that_match_nothing_find_nothing(found, put, reader, words):
    put(body="Indelible ink on the ballot")
    assert found(reader, words) == []


def test_a_title_counts_more_than_a_body(found, put, reader):
    body = put(title="Materials", body="We ordered ink last year.")
    title = put(title="Indelible ink", body="It did not dry.")
    assert found(reader, "ink") == [title.object_id, body.object_id]


def test_the_whole_comes_before_its_parts_and_parts_before_what_only_mentions(found, put, reader):
    reply = put(title="Indelible ink", body="Thanks!", is_part=True)
    book = put(title="Materials", body="Which brush? " * 20 + "Ours has ink.")
    topic = put(title="Indelible ink", body="It did not dry, however long we waited. " * 20)
    assert found(reader, "ink") == [topic.object_id, reply.object_id, book.object_id]
    assert found(reader, "ink thanks") == [reply.object_id]


def test_of_some_words_one_is_enough_and_more_are_better(as_reader, put, reader):
    one, both = put(title="Brushes and ink"), put(title="Indelible ink")
    put(title="Seafarers on the sea")
    with as_reader(reader):
        hits = search_some(reader, "which indelible ink on the sea", kinds=["person"], limit=9)
        assert hits == []
        hits = search_some(reader, "which indelible ink on the fingers", kinds=["topic"], limit=9)
        assert [hit.object_id for hit in hits] == [both.object_id, one.object_id]
        assert search_some(reader, "which on the", kinds=["topic"], limit=9) == []


def test_of_two_that_fit_as_well_the_newer_comes_first(found, put, reader):
    day = datetime(2030, 1, 2, tzinfo=UTC)
    old = put(title="Ink", changed_at=day)
    new = put(title="Ink", changed_at=day + timedelta(days=1))
    assert found(reader, "ink") == [new.object_id, old.object_id]


@pytest.mark.parametrize("wanted", ["ink " * 500, '"' * 300, "- " * 100, "-ink " * 30, "ï" * 5000])
def test_however_much_is_typed_it_is_answered(found, put, reader, wanted):
    entry = put(title="Ink")
    assert found(reader, wanted) in ([], [entry.object_id])


@pytest.mark.parametrize(
    ("words", "excerpt"),
    [
        ("first", r"<mark>First</mark> things <mark>first</mark> of all.+ …"),
        ("ink", r"… .+ Then the <mark>ink</mark> was tested\. .+ …"),
        ("boat", r"… .+ home by <mark>boat</mark>"),
    ],
)
def test_an_excerpt_shows_words_on_both_sides_and_where_it_was_cut(
    put, as_reader, reader, words, excerpt
):
    met = "The commission met and wrote down what it saw. " * 6
    put(
        body=f"First things first of all. {met}Then the ink was tested. {met}All went home by boat."
    )
    with as_reader(reader):
        (hit,) = search(reader, words)
    assert re.fullmatch(excerpt, hit.excerpt)


def test_an_excerpt_marks_the_words_and_escapes_the_rest(put, as_reader, reader):
    put(body="The <b>indelible</b> ink & its brush")
    with as_reader(reader):
        (hit,) = search(reader, "ink")
    assert "<mark>ink</mark>" in hit.excerpt
    assert "<b>" not in hit.excerpt


def test_indexing_again_replaces_and_removing_forgets(found, put, inside, reader):
    entry = put(body="ink")
    put(object_id=entry.object_id, body="paper")
    assert found(reader, "ink") == []
    assert found(reader, "paper") == [entry.object_id]
    with inside():
        remove(entry.object_id)
    assert found(reader, "paper") == []


def test_kinds_can_be_picked_and_pages_turned(found, put, reader):
    people = [put(kind="person", title=f"Ink {n}").object_id for n in range(3)]
    put(kind="topic", title="Ink")
    assert set(found(reader, "ink", kinds=["person"])) == set(people)
    pages = [found(reader, "ink", kinds=["person"], limit=2, offset=o) for o in (0, 2)]
    assert [len(page) for page in pages] == [2, 1]


def test_visibility_is_tested_in_the_database(found, put, factory, reader):
    stranger = factory.actor()
    everybody = put(title="ink")
    organisation = put(
        title="ink",
        visibility=Visibility.ORGANISATION,
        audience=reader.organisation_ids,
    )
    named = put(title="ink", visibility=Visibility.CONFIDENTIAL, audience=[reader.person_id])
    put(title="ink", visibility=Visibility.GROUP, audience=[uuid4()])
    assert set(found(reader, "ink")) == {
        everybody.object_id,
        organisation.object_id,
        named.object_id,
    }
    assert found(stranger, "ink") == [everybody.object_id]


def test_a_kind_one_has_no_permission_for_is_not_found(found, put, factory, reader):
    entry = put(kind="secret", title="ink")
    assert found(reader, "ink") == []
    assert found(reader, "ink", kinds=["secret"]) == []
    auditor = factory.actor(roles=["network_administrator"])
    assert found(auditor, "ink") == [entry.object_id]


def test_another_network_finds_nothing(put, app, make_tenant, reader):
    put(title="ink")
    other = make_tenant()
    with app.app_context(), scoped(other.id, person=reader.person_id):
        assert search(reader, "ink") == []


def test_nobody_in_particular_finds_nothing(put, app, tenant):
    put(title="ink")
    with app.app_context(), scoped(tenant.id):
        rows = db.session.execute(
            text("select * from kernel.search(cast(:ink as jsonb), '{topic}', '{}', null, 10, 0)"),
            {"ink": '{"words": ["ink"]}'},
        ).all()
    assert rows == []


def test_searching_for_somebody_else_is_refused(as_reader, factory, reader):
    with as_reader(reader), pytest.raises(RuntimeError):
        search(factory.actor(), "ink")


def test_the_application_cannot_read_the_table_itself(put, tenant, app):
    put(title="ink")
    with app.app_context(), scoped(tenant.id), pytest.raises(ProgrammingError):
        db.session.execute(text("select title from kernel.search_entry"))


def test_a_thing_for_some_must_name_them(inside):
    with pytest.raises(Exception, match="ck_search_entry_audience_named"), inside():
        index(Entry("topic", new_id(), "ink", visibility=Visibility.GROUP))
