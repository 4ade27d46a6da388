"""Commands for the operator that work on the server rather than inside the application."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import click
import sqlalchemy as sa
from alembic import command
from sqlalchemy.pool import NullPool

from kernel.db.embedded import PORT, SUPERUSER, EmbeddedServer, running_socket_dir
from kernel.db.migrations import migration_config
from kernel.db.roles import LOGINS, ensure_database, ensure_roles

DATABASE = "comitia"
VAR = Path(os.environ.get("COMITIA_VAR") or Path(__file__).resolve().parents[2] / "var")
"""Where the demo keeps its data."""


def passwords_from(environ: Mapping[str, str]) -> dict[str, str]:
    """New passwords by role: `COMITIA_APP_PASSWORD` is that of `comitia_app`, and so on."""
    return {
        login: password
        for login in LOGINS
        if (password := environ.get(f"{login.upper()}_PASSWORD", ""))
    }


@click.group("db")
def db() -> None:
    """The database."""


@db.command()
@click.option("--to", "revision", default="head", help="Revision to migrate to.")
def upgrade(revision: str) -> None:
    """Bring the schema up to date. Reads MIGRATION_DATABASE_URL."""
    url = os.environ.get("MIGRATION_DATABASE_URL")
    if not url:
        raise click.UsageError(
            "MIGRATION_DATABASE_URL is empty: set it to the database, under comitia_migrator."
        )
    command.upgrade(migration_config(url), revision)


@db.command()
@click.option("--database", default=DATABASE, show_default=True, help="Made if it is missing.")
@click.option(
    "--no-bypass",
    is_flag=True,
    help="For services that grant nobody BYPASSRLS: read the operator's guide first.",
)
def roles(database: str, no_bypass: bool) -> None:
    """Make the roles, the database, its schemas and extensions, or mend what differs.

    Reads SUPERUSER_DATABASE_URL, which names any database of the server under a superuser, and for
    each role whose password shall change a variable such as COMITIA_APP_PASSWORD.
    """
    url = os.environ.get("SUPERUSER_DATABASE_URL")
    if not url:
        raise click.UsageError(
            "SUPERUSER_DATABASE_URL is empty: set it to any database of the server, under a superuser."
        )
    engine = sa.create_engine(url, poolclass=NullPool)
    passwords = passwords_from(os.environ)
    with engine.begin() as connection:
        ensure_roles(connection, passwords, may_bypass=not no_bypass)
    ensure_database(url, database)
    click.echo(f"Roles and database {database} are in order.")
    for login in LOGINS:
        click.echo(f"  {login}: {'new password' if login in passwords else 'password unchanged'}")


@db.command()
def psql() -> None:
    """Open psql on the embedded server as its superuser; reads standard input.

    The server of a running demo is used; without one it is started for the time being.
    """
    server = EmbeddedServer(VAR / "pg")
    socket_dir = running_socket_dir(VAR / "pg")
    if socket_dir is not None:
        raise SystemExit(_psql(server.bin_dir, socket_dir))
    with server:
        status = _psql(server.bin_dir, server.socket_dir)
    raise SystemExit(status)


def _psql(bin_dir: Path, socket_dir: Path) -> int:
    place = ["-h", str(socket_dir), "-p", str(PORT), "-U", SUPERUSER]
    program = str(bin_dir / "psql")
    known = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608 - a constant
    found = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [program, *place, "-AtXc", known, "postgres"], capture_output=True, check=True
    )
    database = DATABASE if found.stdout.strip() else "postgres"
    return subprocess.run([program, *place, database], check=False).returncode  # noqa: S603
