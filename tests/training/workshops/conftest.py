"""The six workshops of the source, the invented agenda, and people who may do something with them."""

import io
from pathlib import Path

import pytest

from training.workshops import service

DATA = Path(__file__).parents[3] / "demo" / "data"


@pytest.fixture(scope="session")
def events_file():
    """The file of the six workshops."""
    return (DATA / "training_events.csv").read_bytes()


@pytest.fixture(scope="session")
def agenda_file():
    """The invented agenda of 1,200 minutes."""
    return (DATA / "sessions_fictional.csv").read_bytes()


@pytest.fixture
def member(factory):
    """Somebody who may look."""
    return factory.actor("Mere Fictional")


@pytest.fixture
def import_events(inside, officer, events_file):
    """`import_events(content)` imports a file of workshops, the six of the source unless told."""

    def run(content=events_file, **options):
        with inside():
            return service.event_imports.import_file(officer, "events.csv", content, **options)

    return run


@pytest.fixture
def import_agenda(inside, officer, agenda_file):
    """`import_agenda(workshop_id, content)` imports an agenda, the invented one unless told."""

    def run(workshop_id, content=agenda_file, **options):
        with inside():
            return service.agenda_imports.import_file(
                officer, "agenda.csv", content, subject_id=workshop_id, **options
            )

    return run


@pytest.fixture
def upload(browser_for, officer):
    """`upload(address, content)` uploads a file as the officer and arrives at its check."""
    browser = browser_for(officer)

    def send(address, content, name="file.csv"):
        return browser.submit(browser.get(address), "Go on", file=(io.BytesIO(content), name))

    send.browser = browser
    return send
