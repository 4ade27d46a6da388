"""A Chromium and a live server; whatever the browser complains of, a policy report too, fails the test."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from demo.loading import load_network
from demo.world import HOST, World
from kernel.db.embedded import EmbeddedServer
from tests.browser.people import People
from tests.conftest import DATABASE
from tests.factories import TestTenant

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.example.org 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in here, and keep it off machines without Chromium, loudly."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="/usr/bin/chromium is not installed"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_port(app: Flask) -> Iterator[int]:
    """The whole product, served by real threads on a free port of 127.0.0.1."""
    live = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=live.serve_forever, daemon=True)
    thread.start()
    yield live.server_port
    live.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def screens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for pictures."""
    return tmp_path_factory.mktemp("screens")


@pytest.fixture
def people(
    app: Flask, chromium: Browser, tenant: TestTenant, live_port: int, screens: Path
) -> Iterator[People]:
    """`people.page(actor, lang="ar", width=390, theme="dark")` opens a page of this test's network."""
    crowd = People(app, chromium, tenant, live_port, screens)
    yield crowd
    crowd.close()
    assert not crowd.complaints, "\n".join(crowd.complaints)


@pytest.fixture(scope="session")
def demo(app: Flask, server: EmbeddedServer) -> World:
    """The demonstration, loaded as `make demo` loads it; tests only look at it."""
    return load_network(app, server.url("comitia_migrator", DATABASE))


@pytest.fixture(scope="session")
def demo_host(demo: World) -> str:
    """The host name of the demonstration."""
    return HOST


@pytest.fixture
def demo_people(
    app: Flask, chromium: Browser, demo: World, live_port: int, screens: Path
) -> Iterator[People]:
    """Opens pages of the demonstration."""
    crowd = People(app, chromium, TestTenant(demo.tenant_id, HOST), live_port, screens)
    yield crowd
    crowd.close()
    assert not crowd.complaints, "\n".join(crowd.complaints)
