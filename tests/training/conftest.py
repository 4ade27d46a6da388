"""A workshop with an agenda of 1,200 minutes, and somebody who runs it."""

import pytest

from tests.factories.training import AGENDA
from tests.factories.training import make_workshop as _make_workshop
from tests.factories.training import register as _register
from training.workshops.queries import workshop_of


@pytest.fixture
def officer(factory):
    """Somebody who runs workshops."""
    return factory.actor("Officer (fictional)", roles=["programme_officer"])


@pytest.fixture
def workshop_id(inside):
    """A workshop with an agenda of 1,200 minutes."""
    with inside():
        return _make_workshop(title="Africa region workshop", minutes=AGENDA).id


@pytest.fixture
def earlier_workshop(inside):
    """Another workshop of the network."""
    with inside():
        return _make_workshop(title="Earlier (fictional)").id


@pytest.fixture
def register(inside):
    """`register(workshop_id, name, minutes)` puts somebody on the list and returns the participant's id."""

    def put(workshop_id, *args, **values):
        with inside():
            return _register(workshop_of(workshop_id), *args, **values).id

    return put
