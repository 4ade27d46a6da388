"""The operator's commands on the server."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.pool import NullPool

from kernel.db.commands import roles
from kernel.db.embedded import EmbeddedServer

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def fresh_server():
    with EmbeddedServer.temporary() as server:
        yield server


def test_roles_are_made_with_the_passwords_of_the_environment(fresh_server, monkeypatch):
    monkeypatch.setenv("SUPERUSER_DATABASE_URL", fresh_server.superuser_url())
    monkeypatch.setenv("COMITIA_APP_PASSWORD", "secret")
    result = CliRunner().invoke(roles, ["--database", "production"])
    assert result.exit_code == 0, result.output
    assert "comitia_app: new password" in result.output
    assert "comitia_worker: password unchanged" in result.output
    assert "secret" not in result.output
    engine = sa.create_engine(fresh_server.url("comitia_app", "production"), poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select has_schema_privilege('missions', 'usage')"))


def test_no_role_bypasses_row_security_where_the_service_grants_that_to_nobody(
    fresh_server, monkeypatch
):
    monkeypatch.setenv("SUPERUSER_DATABASE_URL", fresh_server.superuser_url())
    assert CliRunner().invoke(roles, ["--no-bypass"]).exit_code == 0
    engine = sa.create_engine(fresh_server.superuser_url(), poolclass=NullPool)
    with engine.connect() as connection:
        query = "select rolname from pg_roles where rolbypassrls and rolname like 'comitia_%'"
        assert connection.scalars(sa.text(query)).all() == []


def test_roles_command_says_what_it_needs(monkeypatch):
    monkeypatch.delenv("SUPERUSER_DATABASE_URL", raising=False)
    result = CliRunner().invoke(roles)
    assert result.exit_code == 2
    assert "SUPERUSER_DATABASE_URL is empty" in result.output


def test_psql_reads_standard_input_with_and_without_a_running_server():
    with tempfile.TemporaryDirectory(prefix="comitia-test-") as name:
        var = Path(name)
        var.chmod(0o711)

        def ask(statement):
            return subprocess.run(
                [ROOT / "bin" / "comitia", "db", "psql"],
                env=os.environ | {"COMITIA_VAR": name},
                input=statement,
                capture_output=True,
                text=True,
                check=False,
            )

        assert "7 rows" in ask("select generate_series(1, 7);").stdout
        with EmbeddedServer(var / "pg"):
            assert "postgres" in ask("select current_user;").stdout
            assert (
                "(1 row)"
                in ask("select 1 from pg_stat_activity where pid = pg_backend_pid();").stdout
            )
