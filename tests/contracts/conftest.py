"""The contracts look at the whole house: its database, its routes, its files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, NullPool, create_engine, text

from kernel.db.embedded import EmbeddedServer
from kernel.web import limits
from tests.conftest import DATABASE
from tests.contracts.examples import Example, build
from tests.factories import TestTenant


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def unhurried() -> Iterator[None]:
    """Asks as often as it wants: a refusal for haste would hide what is behind it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "API_LIMIT", replace(limits.API_LIMIT, attempts=1_000_000))
        yield


@pytest.fixture(scope="session")
def example(app: Flask, make_tenant: Callable[[], TestTenant]) -> Example:
    """A network with one of everything."""
    return build(app, make_tenant(), items=1)


@pytest.fixture(scope="session")
def other(app: Flask, make_tenant: Callable[[], TestTenant]) -> Example:
    """Another network with one of everything."""
    return build(app, make_tenant(), items=1)


@pytest.fixture
def superuser(server: EmbeddedServer) -> Iterator[Connection]:
    """A transaction that may do anything and is rolled back."""
    engine = create_engine(server.superuser_url(DATABASE), poolclass=NullPool)
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def planted(superuser: Connection) -> Callable[[str], None]:
    """Breaks the database for the length of a test, as the owner of the schema would by mistake."""

    def plant(statements: str) -> None:
        superuser.execute(text("set local role comitia_owner"))
        for statement in statements.split(";"):
            if statement.strip():
                superuser.exec_driver_sql(statement)
        superuser.execute(text("reset role"))

    return plant
