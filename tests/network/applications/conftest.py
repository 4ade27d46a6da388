"""A network that organisations apply to, and letters of organisations that do not exist."""

import pytest

from network.applications import queries, service
from network.applications.rules import ApplicationState, Kind, Letter

TYPED = {
    "kind": "emb",
    "name": "Atoll Electoral Office (fictional)",
    "country": "TV",
    "statement": "Three of us run the elections of nine atolls.",
    "contact_name": "Sela Fictional",
    "contact_address": "sela@example.org",
}


@pytest.fixture
def secretariat(factory):
    """The network's secretariat."""
    return factory.organisation("Secretariat", kind="secretariat")


@pytest.fixture
def administrator(factory, secretariat):
    """Somebody who decides who is a member."""
    return factory.actor(
        "Adaeze Fictional", organisation=secretariat, roles=["network_administrator"]
    )


@pytest.fixture
def member(factory, secretariat):
    """Somebody who may look."""
    return factory.actor("Mere Fictional", organisation=secretariat)


@pytest.fixture
def received(acting, administrator):
    """An application as it arrived: `received(name=…)`."""

    def make(**other):
        letter = Letter(**{**TYPED, "kind": Kind.EMB, "language": "en", **other})
        with acting(administrator):
            return service.receive(letter)

    return make


@pytest.fixture
def step(acting, administrator):
    """Take an application a step further: `step(application, "considered")`."""

    def take(application, state, reason="Decided on 3 March (fictional).", tell=False):
        with acting(administrator):
            stands = queries.application(application.id)
            return service.take_step(
                administrator,
                application.id,
                version=stands.version,
                step=ApplicationState(state),
                reason=reason,
                tell=tell,
            )

    return take
