"""The real members of the first network, and people who may do something with them."""

import io
from pathlib import Path

import pytest

from network.members import queries, service

DATA = Path(__file__).parents[3] / "demo" / "data" / "commonwealth_members.csv"


@pytest.fixture(scope="session")
def commonwealth():
    """The file of the 56 members."""
    return DATA.read_bytes()


@pytest.fixture
def secretariat(factory):
    """The network's secretariat."""
    return factory.organisation("Secretariat", kind="secretariat")


@pytest.fixture
def administrator(factory, secretariat):
    """Somebody who may import and correct members."""
    return factory.actor(
        "Adaeze Fictional", organisation=secretariat, roles=["network_administrator"]
    )


@pytest.fixture
def member(factory, secretariat):
    """Somebody who may look."""
    return factory.actor("Mere Fictional", organisation=secretariat)


@pytest.fixture
def upload(browser_for, administrator):
    """Upload a file as the administrator and arrive at its check."""
    browser = browser_for(administrator)

    def send(content, name="members.csv"):
        page = browser.get("/network/members/import")
        return browser.submit(page, "Go on", file=(io.BytesIO(content), name))

    send.browser = browser
    return send


@pytest.fixture
def imported(acting, administrator, commonwealth):
    """The 56 members, imported."""
    with acting(administrator):
        return service.imports.import_file(administrator, "members.csv", commonwealth)


@pytest.fixture
def emb(acting, administrator):
    """Find an EMB by its country."""

    def find(country):
        with acting(administrator):
            return queries.embs_of([country])[country]

    return find
