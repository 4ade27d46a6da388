"""A database to measure on: many networks, one of them with a reader, topics and posts."""

import secrets
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, NullPool, create_engine, text
from werkzeug.test import TestResponse

import wsgi
from kernel.db import db, scoped
from kernel.db.embedded import EmbeddedServer
from kernel.db.migrations import migration_config
from kernel.db.roles import ensure_database, ensure_roles
from kernel.identity.actor import Actor
from kernel.identity.models import SignInSession
from kernel.values import clock
from kernel.web.visitors import digest
from tests.factories import Factory, TestTenant

DATABASE = "comitia"
NETWORKS = 100
TOPICS = 2_000
POSTS = 20_000
POSTS_ELSEWHERE = 2_000
"""Posts in each of the other networks."""
GROUPS = 5
CONNECTIONS = 2
PART = 20_000
"""Rows a connection writes at a time."""

_INDEXES = text("""
select case when c.oid is null then 'drop index ' || i.indexrelid::regclass
            else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid)
            else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname,
                        pg_get_constraintdef(c.oid)) end as make
from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'u'
where i.indrelid = any (cast(:tables as regclass[])) and not i.indisprimary
""")


@dataclass
class Stage:
    """The running server, the product on it, and the reader everything is measured for."""

    server: EmbeddedServer
    app: Flask
    config: dict[str, Any]
    tenant: TestTenant
    factory: Factory
    reader: Actor
    superuser: Engine

    @property
    def app_url(self) -> str:
        """The database under the application's role, as psycopg reads it."""
        url = self.server.url("comitia_app", DATABASE)
        return url.replace("postgresql+psycopg://", "postgresql://")

    def browser(self, app: Flask) -> FlaskClient:
        """A client of `app` with the reader's cookie."""
        token = secrets.token_urlsafe(32)
        with self.app.app_context(), scoped(self.tenant.id):
            expires = clock.now() + timedelta(hours=12)
            account = self.reader.account_id
            db.session.add(
                SignInSession(account_id=account, digest=digest(token), expires_at=expires)
            )
            db.session.commit()
        client = app.test_client()
        with client.session_transaction(base_url=self.base_url) as session:
            session["_user_id"] = token
        return client

    def stranger(self, app: Flask) -> FlaskClient:
        """A client of `app` that is not signed in and asks from another address each time."""
        return Passers(app, app.response_class, use_cookies=True)

    @property
    def base_url(self) -> str:
        """The address of the reader's network."""
        return f"http://{self.tenant.host}"

    def execute(self, sql: str, **parameters: Any) -> None:
        """Write rows by the hundred thousand: as superuser, without the checks of keys."""
        with self.superuser.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(sql), parameters)

    def execute_all(self, statements: str, **parameters: Any) -> None:
        """As `execute`, for several statements that follow each other in one transaction."""
        with self.superuser.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements.split(";\n"):
                connection.execute(text(statement), parameters)

    def execute_in_parts(self, sql: str, first: int, last: int, **parameters: Any) -> None:
        """As `execute`, for the rows `:first` to `:last`, some at a time and on several connections."""

        def execute(start: int) -> None:
            self.execute(sql, first=start, last=min(start + PART - 1, last), **parameters)

        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(execute, range(first, last + 1, PART)))

    @contextmanager
    def without_indexes(self, *tables: str) -> Iterator[None]:
        """Make the tables' indexes, but for their primary keys, anew at the end: faster than row by row."""
        with self.superuser.begin() as connection:
            made = connection.execute(_INDEXES, {"tables": list(tables)}).all()
            for index in made:
                connection.execute(text(index.drop))
        yield
        with self.superuser.begin() as connection:
            connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            for index in made:
                connection.execute(text(index.make))

    def settle(self) -> None:
        """Let the planner know what there is, as autovacuum would."""
        with self.superuser.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


class Passers(FlaskClient):
    """Strangers one after the other: so many requests of one would be held back."""

    _numbers = count(1)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask from the next address."""
        self.environ_base["REMOTE_ADDR"] = str(ip_address(0x0A000000 + next(self._numbers)))
        return super().open(*args, **kwargs)


@contextmanager
def stage() -> Iterator[Stage]:
    """Start a server, migrate, make the networks and the reader."""
    with EmbeddedServer.temporary() as server, tempfile.TemporaryDirectory() as folder:
        engine = create_engine(server.superuser_url(), poolclass=NullPool)
        with engine.begin() as connection:
            ensure_roles(connection)
        ensure_database(server.superuser_url(), DATABASE)
        migrator = server.url("comitia_migrator", DATABASE)
        command.upgrade(migration_config(migrator), "head")
        config = _config(server, Path(folder))
        app = wsgi.make_app(config)
        operator = create_engine(migrator, poolclass=NullPool)
        tenants = [TestTenant.create(operator, number) for number in range(1, NETWORKS + 1)]
        factory = Factory(app, tenants[0])
        secretariat = factory.organisation("Secretariat", kind="secretariat")
        factory.organisation("Solomon Islands Electoral Commission", country="SB")
        reader = factory.actor(
            "Reader Fictional",
            organisation=secretariat,
            roles=["network_administrator", "planner", "programme_officer"],
        )
        yield Stage(
            server,
            app,
            config,
            tenants[0],
            factory,
            reader,
            create_engine(server.superuser_url(DATABASE)),
        )


def _config(server: EmbeddedServer, folder: Path) -> dict[str, Any]:
    key = "benchmark-key-not-a-secret-0123456789"
    return {
        "KEYS": [key],
        "SECRET_KEY": key,
        "SQLALCHEMY_DATABASE_URI": server.url("comitia_app", DATABASE),
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": "comitia",
        "TENANT_CACHE_SECONDS": 3600,
        "REQUIRE_TOTP": False,
        "FILES": str(folder / "files"),
        "MAIL": f"folder:{folder / 'mail'}",
    }
