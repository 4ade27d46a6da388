"""Backups as the operator's guide describes them, with and without BYPASSRLS."""

import re
import subprocess

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.pool import NullPool

from kernel.db.embedded import EmbeddedServer
from kernel.db.migrations import migration_config
from kernel.db.roles import ensure_database, ensure_roles
from tests.deploy.steps import ROOT
from tests.factories import TestTenant

NETWORKS = (1, 2)


@pytest.fixture(scope="module")
def server():
    with EmbeddedServer.temporary() as server:
        yield server


def execute(server, role, database, *statements):
    engine = sa.create_engine(server.url(role, database), poolclass=NullPool)
    with engine.begin() as connection:
        results = [connection.execute(sa.text(statement)) for statement in statements]
        return results[-1].all() if results[-1].returns_rows else None


def house(server, database, *, may_bypass):
    """A migrated database with a person in each of two networks."""
    engine = sa.create_engine(server.superuser_url(), poolclass=NullPool)
    with engine.begin() as connection:
        ensure_roles(connection, may_bypass=may_bypass)
    ensure_database(server.superuser_url(), database)
    migrator = server.url("comitia_migrator", database)
    command.upgrade(migration_config(migrator), "head")
    operator = sa.create_engine(migrator, poolclass=NullPool)
    for number in NETWORKS:
        tenant = TestTenant.create(operator, number)
        execute(
            server,
            "comitia_app",
            database,
            f"select set_config('comitia.tenant', '{tenant.id}', true)",
            "insert into kernel.person (tenant_id, id, name, sort_key, version)"
            f" values ({tenant.id}, gen_random_uuid(), 'Person {number}', 'x', 1)",
        )


def tool(server, name, *arguments):
    place = ["-h", str(server.socket_dir), "-p", "5432"]
    return subprocess.run(
        [str(server.bin_dir / name), *place, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def guide():
    return (ROOT / "docs" / "operate.md").read_text()


def test_a_dump_holds_every_network_and_can_be_restored(server, tmp_path):
    house(server, "origin", may_bypass=True)
    dump = tmp_path / "comitia.dump"
    made = tool(
        server, "pg_dump", "-U", "comitia_backup", "--format=custom", f"--file={dump}", "origin"
    )
    assert made.returncode == 0, made.stderr
    ensure_database(server.superuser_url(), "restored")
    back = tool(
        server,
        "pg_restore",
        *("-U", "postgres", "--clean", "--if-exists", "--dbname=restored"),
        str(dump),
    )
    assert back.returncode == 0, back.stderr
    names = "select name from kernel.person order by name"
    assert execute(server, "postgres", "restored", names) == [("Person 1",), ("Person 2",)]
    assert execute(server, "comitia_app", "restored", names) == []


def test_the_owner_cannot_dump(server):
    house(server, "owned", may_bypass=True)
    refused = tool(server, "pg_dump", "-U", "comitia_migrator", "--role=comitia_owner", "owned")
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr


def test_without_bypassrls_a_dump_takes_the_statement_of_the_guide(server, tmp_path):
    house(server, "managed", may_bypass=False)
    (block,) = re.findall(r"```sql\n(.*?)```", guide(), re.S)
    dump = ["-U", "comitia_backup", "--enable-row-security", "--inserts", "managed"]
    assert "Person 1" not in tool(server, "pg_dump", *dump).stdout
    for _ in range(2):  # once after every migration
        execute(server, "comitia_migrator", "managed", block)
    dumped = tool(server, "pg_dump", *dump)
    assert dumped.returncode == 0, dumped.stderr
    assert "Person 1" in dumped.stdout
    assert "Person 2" in dumped.stdout
    assert execute(server, "comitia_app", "managed", "select name from kernel.person") == []
    only_own = (
        "select set_config('comitia.tenant', '1', true)",
        "select name from kernel.person",
    )
    assert execute(server, "comitia_app", "managed", *only_own) == [("Person 1",)]
