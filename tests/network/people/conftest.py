"""People of two election management bodies and the secretariat, all of them fictional."""

import pytest

from network.people import service
from network.people.rules import Level

SAYS = {
    "position": "Head of voter registration",
    "languages": [("fr", Level.FLUENT), (None, None)],
    "expertise": ["Biometric kits", "Registers"],
    "about": "I came by way of statistics.",
    "phone": "+264 61 123 456",
    "audiences": {},
}


@pytest.fixture
def secretariat(factory):
    """The network's secretariat."""
    return factory.organisation("Secretariat", kind="secretariat")


@pytest.fixture
def administrator(factory, secretariat):
    """Somebody who keeps the whole network."""
    return factory.actor(
        "Adaeze Fictional", organisation=secretariat, roles=["network_administrator"]
    )


@pytest.fixture
def namibia(factory):
    """An election management body in Africa."""
    return factory.organisation("Electoral Commission of Namibia", country="NA", region="Africa")


@pytest.fixture
def fiji(factory):
    """An election management body in the Pacific."""
    return factory.organisation("Fijian Elections Office", country="FJ", region="Pacific")


@pytest.fixture
def selma(factory, namibia):
    """Somebody at the body in Africa."""
    return factory.actor("Selma Fictional", organisation=namibia)


@pytest.fixture
def tomas(factory, namibia):
    """Her colleague."""
    return factory.actor("Tomas Fictional", organisation=namibia)


@pytest.fixture
def mere(factory, fiji):
    """Somebody at the body in the Pacific."""
    return factory.actor("Mere Fictional", organisation=fiji)


@pytest.fixture
def says(acting):
    """Let somebody say something of herself: `says(selma, about="…")`."""

    def write(actor, **values):
        with acting(actor):
            version = service.own_profile(actor).version
            service.change_profile(actor, version=version, **{**SAYS, **values})

    return write
