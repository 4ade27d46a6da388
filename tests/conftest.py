"""A real PostgreSQL for the whole run, and a tenant of its own for every test.

Tests are kept apart by the product's own wall: each works in a fresh tenant, so nothing is truncated and
whatever leaks between tenants breaks a test.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import event

import wsgi
from kernel.db import db, scoped
from kernel.db.embedded import EmbeddedServer
from kernel.db.roles import ensure_database, ensure_roles
from kernel.web.cli import migration_config
from tests.factories import Factory, TestTenant
from tests.pages import Browser

DATABASE = "comitia"
_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A PostgreSQL server of this test process with roles and a migrated database."""
    with EmbeddedServer.temporary() as running:
        ensure_roles(running.superuser_url())
        ensure_database(running.superuser_url(), DATABASE)
        command.upgrade(migration_config(running.url("comitia_migrator", DATABASE)), "head")
        yield running


@pytest.fixture(scope="session")
def app(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The whole product on the test database, under the application's own role."""
    folder = tmp_path_factory.mktemp("var")
    return wsgi.make_app(
        {
            "TESTING": True,
            "PROPAGATE_EXCEPTIONS": False,
            "KEYS": ["test-key-not-a-secret-0123456789abcdef"],
            "SECRET_KEY": "test-key-not-a-secret-0123456789abcdef",
            "SQLALCHEMY_DATABASE_URI": server.url("comitia_app", DATABASE),
            "SESSION_COOKIE_SECURE": False,
            "TENANT_CACHE_SECONDS": 0,
            "REQUIRE_TOTP": False,
            "FILES": str(folder / "files"),
            "MAIL": f"folder:{folder / 'mail'}",
        }
    )


@pytest.fixture(scope="session")
def make_tenant(app: Flask, server: EmbeddedServer) -> Callable[[], TestTenant]:
    """Make networks, as the operator's command does: under the owner's role."""

    def make() -> TestTenant:
        return TestTenant.create(server.url("comitia_migrator", DATABASE), next(_numbers))

    return make


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


@pytest.fixture
def browser_for(app: Flask, tenant: TestTenant) -> Callable[..., Browser]:
    """`browser_for(actor)` is a signed-in browser at this test's network; `browser_for()` a stranger's."""

    def make(actor: object = None, host: str = tenant.host) -> Browser:
        return Browser.at(app, host, actor)

    return make


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """`with queries() as seen:` collects the statements sent, but for BEGIN, COMMIT and set_config."""

    @contextmanager
    def block() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if "set_config(" not in statement:
                seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return block
