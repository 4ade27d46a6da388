"""A real PostgreSQL for the whole run, and a tenant of its own for every test.

Tests are kept apart by the product's own wall: each works in a fresh tenant, so nothing is truncated and
whatever leaks between tenants breaks a test.
"""

import gc
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any

import pytest
from alembic import command
from flask import Flask, has_app_context
from hypothesis import settings
from sqlalchemy import Engine, NullPool, create_engine, event, select
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

import wsgi
from demo.loading import load_network
from demo.people import enrol_second_factor
from demo.world import World
from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.db.embedded import EmbeddedServer
from kernel.db.migrations import migration_config
from kernel.db.roles import ensure_database, ensure_roles
from kernel.identity.actor import Actor
from kernel.identity.models import ApiToken
from kernel.identity.permissions import known_permissions
from kernel.web.visitors import digest
from tests.factories import Factory, TestTenant
from tests.jobs import run_due_jobs, waiting_jobs
from tests.pages import Browser
from tests.trails import Story

DATABASE = "comitia"
FIRST = (
    "tests/browser/test_sweep.py",
    "tests/demo/",
    "tests/browser/test_thread.py",
    "tests/deploy/",
    "tests/browser/",
    "tests/contracts/",
)
"""Files and folders that take longest, the longest first."""
OF_THE_DEMONSTRATION = ("tests/browser/test_sweep.py", "tests/demo/test_home.py")

# Machines are noisy: how long one example takes says nothing about the code.
settings.register_profile("comitia", deadline=None)
settings.load_profile("comitia")
_numbers = count(1)


gc.disable()  # until the tests begin: what is collected stays to the end, and looking for waste costs


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of garbage collection."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; the rest, in its shuffled order, fills up whoever is through."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    places = enumerate(FIRST)
    return next((turn for turn, place in places if item.nodeid.startswith(place)), len(FIRST))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "Together":
    """Hand out the tests as `Together` groups them."""
    return Together(config, log)


class Together(LoadFileScheduling):
    """Keeps the tests of a file in one process, and those of the demonstration: it is loaded but once."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "demonstration" if file in OF_THE_DEMONSTRATION else file


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A PostgreSQL server of this test process with roles and a migrated database."""
    with EmbeddedServer.temporary() as running:
        engine = create_engine(running.superuser_url(), poolclass=NullPool)
        with engine.begin() as connection:
            ensure_roles(connection)
        ensure_database(running.superuser_url(), DATABASE)
        command.upgrade(migration_config(running.url("comitia_migrator", DATABASE)), "head")
        yield running


@pytest.fixture(scope="session")
def app_config(
    server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, object]:
    """The configuration of a whole product on the test database, under the application's own role."""
    folder = tmp_path_factory.mktemp("var")
    return {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "KEYS": ["test-key-not-a-secret-0123456789abcdef"],
        "SECRET_KEY": "test-key-not-a-secret-0123456789abcdef",
        "SQLALCHEMY_DATABASE_URI": server.url("comitia_app", DATABASE),
        "SESSION_COOKIE_SECURE": False,
        "PASSWORD_COST": (1, 8, 1),
        "TENANT_CACHE_SECONDS": 0,
        "REQUIRE_TOTP": False,
        "FILES": str(folder / "files"),
        "MAIL": f"folder:{folder / 'mail'}",
        "MAIL_IN_DOMAIN": "reply.{host}",
    }


@pytest.fixture(scope="session")
def app(app_config: dict[str, object]) -> Flask:
    """The whole product."""
    return wsgi.make_app(app_config)


@pytest.fixture(scope="session")
def make_tenant(app: Flask, server: EmbeddedServer) -> Iterator[Callable[[], TestTenant]]:
    """Make networks, as the operator's command does: under the owner's role."""
    operator = create_engine(server.url("comitia_migrator", DATABASE))
    yield lambda: TestTenant.create(operator, next(_numbers))
    operator.dispose()


@pytest.fixture
def tenant(make_tenant: Callable[[], TestTenant]) -> TestTenant:
    """A network that only this test knows."""
    return make_tenant()


@pytest.fixture
def factory(app: Flask, tenant: TestTenant) -> Factory:
    """Makes people and organisations in this test's network."""
    return Factory(app, tenant)


@pytest.fixture
def inside(app: Flask, tenant: TestTenant) -> Callable[[], object]:
    """`with inside():` runs services in this test's network and commits at the end."""

    @contextmanager
    def block() -> Iterator[None]:
        with app.app_context(), scoped(tenant.id):
            yield
            db.session.commit()

    return block


class Other(threading.Thread):
    """Somebody else's transaction at the same moment; `end` waits for it and tells what came of it."""

    def __init__(self, app: Flask, tenant: TestTenant, act: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._app, self._tenant, self._act = app, tenant, act
        self._outcome: object = None

    def run(self) -> None:
        """Act and commit."""
        with self._app.app_context(), scoped(self._tenant.id):
            try:
                self._outcome = self._act()
                db.session.commit()
            except Exception as error:
                self._outcome = error
                db.session.rollback()

    def end(self) -> object:
        """What it answered, or the error it ended with."""
        self.join(timeout=20)
        assert not self.is_alive(), "it still waits"
        return self._outcome


@pytest.fixture
def at_once(app: Flask, tenant: TestTenant) -> Callable[[Callable[[], object]], Other]:
    """`at_once(act)` lets somebody else act while the test's transaction is open; it waits for a moment."""

    def start(act: Callable[[], object]) -> Other:
        other = Other(app, tenant, act)
        other.start()
        other.join(timeout=0.5)
        return other

    return start


@pytest.fixture
def acting(app: Flask, tenant: TestTenant) -> Callable[[Actor], object]:
    """`with acting(actor):` runs services as that person and commits at the end."""

    @contextmanager
    def block(actor: Actor) -> Iterator[None]:
        organisations = actor.organisation_ids
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=organisations),
        ):
            yield
            db.session.commit()

    return block


@pytest.fixture
def trail(inside: Callable[[], Any]) -> Callable[[str], list[AuditEntry]]:
    """`trail("certificate.revoked")`: the entries of an action, the oldest first; also within a block."""

    def read(action: str) -> list[AuditEntry]:
        statement = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
        with nullcontext() if has_app_context() else inside():
            return list(db.session.scalars(statement))

    return read


@pytest.fixture
def untold(acting: Any, inside: Any, factory: Factory) -> Story:
    """`untold(DEEDS, chair=chair, group=group)`: the deeds that the trail does not tell as their table does."""
    return Story(acting, inside, factory.reload)


@pytest.fixture
def browser_for(app: Flask, tenant: TestTenant) -> Callable[..., Browser]:
    """`browser_for(actor)` is a signed-in browser at this test's network; `browser_for()` a stranger's."""

    def make(actor: object = None, host: str = tenant.host) -> Browser:
        return Browser.at(app, host, actor)

    return make


@pytest.fixture
def queries() -> Callable[[], object]:
    """`with queries() as seen:` collects the statements sent, but for BEGIN, COMMIT and set_config."""

    @contextmanager
    def block() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if "set_config(" not in statement:
                seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return block


@pytest.fixture
def api_token(app: Flask, tenant: TestTenant) -> Callable[..., str]:
    """`api_token(actor, scopes)` makes a personal API token, by default good for all she may do."""

    def make(actor: Actor, scopes: Sequence[str] | None = None) -> str:
        token = secrets.token_urlsafe(32)
        granted = sorted(known_permissions()) if scopes is None else list(scopes)
        with app.app_context(), scoped(tenant.id):
            row = ApiToken(
                account_id=actor.account_id, name="test", digest=digest(token), scopes=granted
            )
            db.session.add(row)
            db.session.commit()
        return token

    return make


@pytest.fixture
def waiting(
    app: Flask, tenant: TestTenant, api_token: Callable[..., str]
) -> Callable[[Actor], list[dict[str, Any]]]:
    """`waiting(actor)` is what the API tells her waits for her, each with `kind`, `url` and the rest."""

    def ask(actor: Actor) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {api_token(actor)}"}
        answer = app.test_client().get(
            "/api/v1/waiting", base_url=f"http://{tenant.host}", headers=headers
        )
        assert answer.status_code == 200
        return list(answer.get_json())

    return ask


@pytest.fixture
def run_jobs(app: Flask, server: EmbeddedServer, tenant: TestTenant) -> Callable[[], list[str]]:
    """`run_jobs()` runs this network's due jobs, and those they enqueue, and tells their names."""
    return lambda: run_due_jobs(app, server.url("comitia_worker", DATABASE), tenant.id)


@pytest.fixture
def queued_jobs(
    server: EmbeddedServer, tenant: TestTenant
) -> Callable[[], list[tuple[str, dict[str, object]]]]:
    """`queued_jobs()` tells the names and arguments of the jobs that wait in this network."""
    return lambda: waiting_jobs(server.url("comitia_worker", DATABASE), tenant.id)


@pytest.fixture(scope="session")
def demo(app: Flask, server: EmbeddedServer) -> World:
    """The demonstration, loaded as `make demo` loads it; tests only look at it."""
    world = load_network(app, server.url("comitia_migrator", DATABASE))
    enrol_second_factor(world)
    return world
