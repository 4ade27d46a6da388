"""Bytes whose process was killed before its commit are deleted, on either storage; all others stay."""

import io
from datetime import timedelta

import pytest
from werkzeug.datastructures import FileStorage as Uploaded

from kernel.files import store
from kernel.files.jobs import sweep_files
from kernel.files.orphans import forget_orphans
from kernel.files.storage import new_key
from kernel.values import clock


@pytest.fixture
def author(factory):
    return factory.actor("Ama Fictional")


@pytest.fixture
def configured(app, monkeypatch, storage):
    """The storage under test in place of the application's own."""
    monkeypatch.setitem(app.extensions, "comitia_files", storage)
    return storage


@pytest.fixture
def orphan(configured, author):
    """Bytes that were written for a row that never came."""
    key = new_key(author.tenant_id)
    configured.put(key, io.BytesIO(b"left behind"))
    return key


def test_bytes_without_a_row_are_deleted_after_a_day(configured, inside, author, orphan):
    with inside():
        kept = store(author, Uploaded(io.BytesIO(b"Minutes"), filename="minutes.txt"))
    elsewhere = new_key(author.tenant_id + 1)
    configured.put(elsewhere, io.BytesIO(b"of another network"))
    with inside():
        assert forget_orphans() == 0
    assert configured.exists(orphan)
    with inside(), clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        sweep_files.function()
    assert not configured.exists(orphan)
    assert configured.exists(kept.key)
    assert configured.exists(elsewhere)


def test_bytes_of_a_transaction_that_is_still_open_stay(configured, inside, author):
    with inside():
        row = store(author, Uploaded(io.BytesIO(b"Minutes"), filename="minutes.txt"))
        assert forget_orphans() == 0
        assert configured.exists(row.key)
