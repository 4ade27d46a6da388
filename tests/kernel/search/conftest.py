"""Kinds of things, a reader, and searching as somebody."""

from contextlib import contextmanager

import pytest

from kernel.db import db, new_id, scoped
from kernel.search import Entry, SearchKind, index, search


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

    @contextmanager
    def block(actor):
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            yield
            db.session.rollback()

    return block


@pytest.fixture
def put(inside):
    """`put(title="…")` makes a thing findable."""

    def make(**entry):
        entry = Entry(**{"kind": "topic", "object_id": new_id(), "title": "Untitled", **entry})
        with inside():
            index(entry)
        return entry

    return make


@pytest.fixture
def found(as_reader):
    """`found(reader, "words")` tells the ids of what she finds, best first."""

    def ask(reader, words, **options):
        with as_reader(reader):
            return [hit.object_id for hit in search(reader, words, **options)]

    return ask
