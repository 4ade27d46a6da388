"""Files between upload and confirmation."""

from datetime import timedelta

import pytest

from kernel.admin.people.service import erase
from kernel.db import db
from kernel.errors import NotFound, Refused
from kernel.imports import KeptImport, choose_columns, discard, keep, kept_import, service
from kernel.values import clock
from tests.factories.network import end_affiliations

CONTENT = b"code,name\nNA,Electoral Commission\n"


@pytest.fixture
def person(factory):
    return factory.actor()


def kept_file(person, kind="member", **options):
    return keep(person, kind, "members.csv", CONTENT, lambda table: {"code": 0}, **options)


def test_the_next_upload_takes_the_place_of_the_earlier_one(inside, person):
    with inside():
        earlier = kept_file(person)
        later = kept_file(person)
        assert kept_import(person, "member", later.id).content == CONTENT
        with pytest.raises(NotFound):
            kept_import(person, "member", earlier.id)


def test_files_of_other_kinds_and_subjects_stay(inside, person):
    with inside():
        subject = kept_file(person).id
        first = kept_file(person, subject_id=subject)
        kept_file(person, kind="session", subject_id=subject)
        assert kept_import(person, "member", first.id, subject_id=subject) is first
        with pytest.raises(NotFound):
            kept_import(person, "member", first.id)


def test_nobody_else_has_the_file(inside, person, factory):
    colleague = factory.actor()
    with inside():
        kept = kept_file(person)
        with pytest.raises(NotFound):
            kept_import(colleague, "member", kept.id)


def test_a_confirmed_file_is_not_kept(inside, person):
    with inside():
        kept = kept_file(person)
        discard(kept)
        db.session.flush()
        with pytest.raises(NotFound):
            kept_import(person, "member", kept.id)


@pytest.mark.parametrize("mapping", [{"code": 0, "name": 0}, {"code": 2}, {"code": -1}])
def test_a_column_serves_one_field_and_lies_in_the_file(inside, person, mapping):
    with inside():
        kept = kept_file(person)
        choose_columns(kept, {"code": 1, "name": 0})
        with pytest.raises(Refused):
            choose_columns(kept, mapping)
        assert kept.mapping == {"code": 1, "name": 0}


def test_files_nobody_confirmed_are_forgotten(inside, person):
    with inside():
        fresh = kept_file(person)
        old = kept_file(person, kind="old")
        old.created_at = clock.now() - service.KEPT_FOR - timedelta(minutes=1)
        db.session.flush()
        service.forget_imports.function()
        assert db.session.query(KeptImport.id).all() == [(fresh.id,)]


def test_who_is_erased_is_in_no_file_that_still_waits(inside, person, factory):
    erased = factory.actor()
    with inside():
        kept_file(person)
        end_affiliations(erased)
        erase(erased.person_id)
        assert db.session.query(KeptImport.id).all() == []
