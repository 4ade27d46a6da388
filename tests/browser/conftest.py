"""A Chromium and a live server; whatever the browser complains of, a policy report too, fails the test."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.people import MODES, USUAL, People
from tests.contracts.examples import Example, build
from tests.factories import TestTenant

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
"""The browser without its own windows and menus: the same pages take two thirds of the time."""
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
PATIENCE = 20_000
"""Milliseconds to wait for what should show at once: machines that run tests are busy."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in here, and keep it off machines without Chromium, loudly."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is not installed"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the run."""
    expect.set_options(timeout=PATIENCE)
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
def screens() -> Path | None:
    """The folder for pictures that SCREENS names; without it none are taken, which takes a third less time."""
    return Path(os.environ["SCREENS"]) if "SCREENS" in os.environ else None


@pytest.fixture(scope="session")
def modes() -> Sequence[tuple[str, int, str]]:
    """The modes pages are looked at in: two, or with EVERY_MODE, as `make test-all` has it, all eight."""
    return MODES if "EVERY_MODE" in os.environ else USUAL


@pytest.fixture
def people_for(
    app: Flask,
    chromium: Browser,
    live_port: int,
    screens: Path | None,
    modes: Sequence[tuple[str, int, str]],
) -> Iterator[Callable[[TestTenant], People]]:
    """`people_for(tenant).page(actor, lang="ar", width=390, theme="dark")` opens a network's pages."""
    crowds: list[People] = []

    def make(tenant: TestTenant) -> People:
        crowds.append(People(app, chromium, tenant, live_port, screens, modes))
        return crowds[-1]

    yield make
    for crowd in crowds:
        crowd.close()
        assert not crowd.complaints, "\n".join(crowd.complaints)


@pytest.fixture
def people(people_for: Callable[[TestTenant], People], tenant: TestTenant) -> People:
    """The people of this test's own network."""
    return people_for(tenant)


@pytest.fixture(scope="session")
def example(app: Flask, make_tenant: Callable[[], TestTenant]) -> Example:
    """A network with one of everything, as the contracts use it."""
    return build(app, make_tenant(), items=1)
