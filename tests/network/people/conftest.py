"""People of two election management bodies and the secretariat, all of them fictional."""

from contextlib import contextmanager

import pytest

from kernel.db import db, scoped


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
def acting(app, tenant):
    """`with acting(actor):` runs services as that person and commits at the end."""

    @contextmanager
    def block(actor):
        organisations = actor.organisation_ids
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=organisations),
        ):
            yield
            db.session.commit()

    return block
