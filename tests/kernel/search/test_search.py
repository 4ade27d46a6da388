"""What a reader finds, and what she must not even be able to count."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.db import db, new_id, scoped
from kernel.search import Entry, SearchKind, Visibility, index, remove, search


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Two kinds that members find, and one that needs a permission they do not have."""
    permissions = {
        "topic": "kernel:members:see",
        "person": "kernel:members:see",
        "secret": "kernel:audit:see",
    }
    kinds = {name: SearchKind(name, name, "", "", may) for name, may in permissions.items()}
    monkeypatch.setattr("kernel.search.kinds._kinds", kinds)


@pytest.fixture
def reader(factory):
    return factory.actor("Ama Mensah")


@pytest.fixture
def as_reader(app, tenant):
    """Run a block as a person: her transaction, her scope."""
    from contextlib import contextmanager

    @contextmanager
    def block(actor):
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            yield
            db.session.rollback()

    return block


def put(inside, **entry):
    entry = Entry(**{"kind": "topic", "object_id": new_id(), "title": "Untitled", **entry})
    with inside():
        index(entry)
    return entry


def found(as_reader, reader, words, **options):
    with as_reader(reader):
        return [hit.object_id for hit in search(reader, words, **options)]


@pytest.mark.parametrize(
    ("language", "body", "words"),
    [
        ("en", "Indelible ink in the tropics", "ink"),
        ("en", "Two elections were postponed", "election postponing"),
        ("fr", "L’inscription des électeurs", "inscriptions electeur"),
        ("fr", "L’inscription des électeurs", "électeurs"),
        ("ar", "تسجيل الناخبين في القرى", "الناخبين"),
        ("sw", "Uandikishaji wa wapiga kura", "kura"),
        ("en", "Registers with two staff", '"two staff"'),
    ],
)
def test_words_are_found_by_stem_and_without_accents(
    inside, as_reader, reader, language, body, words
):
    entry = put(inside, body=body, language=language)
    assert found(as_reader, reader, words) == [entry.object_id]


@pytest.mark.parametrize("words", ["", "zebra", "  ", "-", '"', "ballot -ink"])
def test_words_that_match_nothing_find_nothing(inside, as_reader, reader, words):
    put(inside, body="Indelible ink on the ballot")
    assert found(as_reader, reader, words) == []


def test_a_title_counts_more_than_a_body(inside, as_reader, reader):
    body = put(inside, title="Materials", body="We ordered ink last year.")
    title = put(inside, title="Indelible ink", body="It did not dry.")
    assert found(as_reader, reader, "ink") == [title.object_id, body.object_id]


def test_an_excerpt_marks_the_words_and_escapes_the_rest(inside, as_reader, reader):
    put(inside, body="The <b>indelible</b> ink & its brush")
    with as_reader(reader):
        (hit,) = search(reader, "ink")
    assert "<mark>ink</mark>" in hit.excerpt
    assert "<b>" not in hit.excerpt


def test_indexing_again_replaces_and_removing_forgets(inside, as_reader, reader):
    entry = put(inside, body="ink")
    put(inside, object_id=entry.object_id, body="paper")
    assert found(as_reader, reader, "ink") == []
    assert found(as_reader, reader, "paper") == [entry.object_id]
    with inside():
        remove(entry.object_id)
    assert found(as_reader, reader, "paper") == []


def test_kinds_can_be_picked_and_pages_turned(inside, as_reader, reader):
    people = [put(inside, kind="person", title=f"Ink {n}").object_id for n in range(3)]
    put(inside, kind="topic", title="Ink")
    assert set(found(as_reader, reader, "ink", kinds=["person"])) == set(people)
    pages = [found(as_reader, reader, "ink", kinds=["person"], limit=2, offset=o) for o in (0, 2)]
    assert [len(page) for page in pages] == [2, 1]


def test_visibility_is_tested_in_the_database(inside, as_reader, factory, reader):
    stranger = factory.actor()
    everybody = put(inside, title="ink")
    organisation = put(
        inside,
        title="ink",
        visibility=Visibility.ORGANISATION,
        audience=reader.organisation_ids,
    )
    named = put(
        inside, title="ink", visibility=Visibility.CONFIDENTIAL, audience=[reader.person_id]
    )
    put(inside, title="ink", visibility=Visibility.GROUP, audience=[uuid4()])
    assert set(found(as_reader, reader, "ink")) == {
        everybody.object_id,
        organisation.object_id,
        named.object_id,
    }
    assert found(as_reader, stranger, "ink") == [everybody.object_id]


def test_a_kind_one_has_no_permission_for_is_not_found(inside, as_reader, factory, reader):
    entry = put(inside, kind="secret", title="ink")
    assert found(as_reader, reader, "ink") == []
    assert found(as_reader, reader, "ink", kinds=["secret"]) == []
    auditor = factory.actor(roles=["network_administrator"])
    assert found(as_reader, auditor, "ink") == [entry.object_id]


def test_another_network_finds_nothing(app, inside, make_tenant, reader):
    put(inside, title="ink")
    other = make_tenant()
    with app.app_context(), scoped(other.id, person=reader.person_id):
        assert search(reader, "ink") == []


def test_nobody_in_particular_finds_nothing(app, inside, tenant):
    put(inside, title="ink")
    with app.app_context(), scoped(tenant.id):
        rows = db.session.execute(text("select * from kernel.search('ink', null, 10, 0)")).all()
    assert rows == []


def test_searching_for_somebody_else_is_refused(as_reader, factory, reader):
    with as_reader(reader), pytest.raises(RuntimeError):
        search(factory.actor(), "ink")


def test_the_application_cannot_read_the_table_itself(inside, tenant, app):
    put(inside, title="ink")
    with app.app_context(), scoped(tenant.id), pytest.raises(ProgrammingError):
        db.session.execute(text("select title from kernel.search_entry"))


def test_a_thing_for_some_must_name_them(inside):
    with pytest.raises(Exception, match="ck_search_entry_audience_named"), inside():
        index(Entry("topic", new_id(), "ink", visibility=Visibility.GROUP))
