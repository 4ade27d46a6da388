"""The database's roles, schemas and extensions.

Everything here is idempotent and repairs what has drifted. It is run by the demo, by the tests and
by an operator's `comitia db roles`; afterwards migrations need no more than `comitia_migrator`.

Functions made by migrations are executable by nobody until a migration grants EXECUTE.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.pool import NullPool

SCHEMAS = ("kernel", "network", "missions", "training", "jobs")
EXTENSIONS = ("btree_gin", "btree_gist", "pg_trgm", "unaccent")
SEARCH_PATH = "public, jobs"
"""Tables are always named with their schema; `jobs` is here for the job queue's own statements."""


@dataclass(frozen=True)
class Role:
    """One role of the cluster, as it shall be."""

    name: str
    login: bool = True
    bypass: bool = False
    inherit: bool = True
    member_of: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    def attributes(self) -> dict[str, bool]:
        """The attributes as PostgreSQL's catalogue names them; whatever is not said here is off."""
        return {
            "rolcanlogin": self.login,
            "rolbypassrls": self.bypass,
            "rolinherit": self.inherit,
            "rolsuper": False,
            "rolcreatedb": False,
            "rolcreaterole": False,
            "rolreplication": False,
        }


OWNER = Role("comitia_owner", login=False, inherit=False, member_of=("comitia_definer",))
DEFINER = Role("comitia_definer", login=False, bypass=True)
MIGRATOR = Role(
    "comitia_migrator",
    member_of=("comitia_owner",),
    settings={"role": "comitia_owner", "search_path": SEARCH_PATH},
)
APP = Role(
    "comitia_app",
    settings={
        "search_path": SEARCH_PATH,
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
)
WORKER = Role(
    "comitia_worker",
    settings={
        "search_path": SEARCH_PATH,
        "statement_timeout": "5min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "10min",
    },
)
REPORT = Role(
    "comitia_report",
    settings={
        "search_path": SEARCH_PATH,
        "default_transaction_read_only": "on",
        "statement_timeout": "5min",
        "idle_in_transaction_session_timeout": "5min",
    },
)
BACKUP = Role(
    "comitia_backup",
    bypass=True,
    member_of=("pg_read_all_data",),
    settings={"default_transaction_read_only": "on"},
)
ROLES = (DEFINER, OWNER, MIGRATOR, APP, WORKER, REPORT, BACKUP)
LOGINS = tuple(role.name for role in ROLES if role.login)

_KEYWORDS = {
    "rolcanlogin": "LOGIN",
    "rolbypassrls": "BYPASSRLS",
    "rolinherit": "INHERIT",
    "rolsuper": "SUPERUSER",
    "rolcreatedb": "CREATEDB",
    "rolcreaterole": "CREATEROLE",
    "rolreplication": "REPLICATION",
}


def ensure_roles(
    connection: Connection,
    passwords: Mapping[str, str] | None = None,
    *,
    may_bypass: bool = True,
) -> None:
    """Create the roles that are missing and mend those that differ.

    `connection` belongs to a superuser (or to a role that may create roles). `passwords` maps role
    names to new passwords; they reach the server as SCRAM verifiers, never in the clear.
    `may_bypass=False` is for services that grant nobody BYPASSRLS; see the operator's guide.
    """
    for role in ROLES:
        _ensure_attributes(connection, role if may_bypass else replace(role, bypass=False))
        for group in role.member_of:
            _execute(connection, "GRANT {} TO {}", group, role.name)
        _ensure_settings(connection, role)
    for name, password in (passwords or {}).items():
        _set_password(connection, name, password)


def ensure_database(superuser_url: str, name: str, *, template: str | None = None) -> None:
    """Create database `name` if it is missing and put schemas, extensions and grants in it.

    `superuser_url` names any other database of the same server. With `template` a new database
    begins as a copy of that one. The roles must exist.
    """
    engine = sa.create_engine(superuser_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        if not connection.scalar(
            sa.text("select 1 from pg_database where datname = :n"), {"n": name}
        ):
            _create_database(connection, name, template)
        _execute(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        for login in LOGINS:
            _execute(connection, "GRANT CONNECT ON DATABASE {} TO {}", name, login)
    inside = sa.create_engine(engine.url.set(database=name), poolclass=NullPool)
    with inside.begin() as connection:
        _ensure_contents(connection)


def _ensure_attributes(connection: Connection, role: Role) -> None:
    """Say only what differs: a managed service refuses even to repeat some attributes."""
    columns = ", ".join(_KEYWORDS)
    query = sa.text(f"select {columns} from pg_roles where rolname = :name")  # noqa: S608 - constants
    row = connection.execute(query, {"name": role.name}).mappings().first()
    if row is None:
        _execute(connection, "CREATE ROLE {}", role.name)
        row = connection.execute(query, {"name": role.name}).mappings().one()
    changes = [
        keyword if wanted else f"NO{keyword}"
        for column, keyword in _KEYWORDS.items()
        if row[column] != (wanted := role.attributes()[column])
    ]
    if changes:
        _execute(connection, f"ALTER ROLE {{}} {' '.join(changes)}", role.name)


def _ensure_settings(connection: Connection, role: Role) -> None:
    _execute(connection, "ALTER ROLE {} RESET ALL", role.name)
    for setting, value in role.settings.items():
        # A list of schemas is written as names; everything else as one quoted value.
        quoted = value if setting == "search_path" else f"'{value}'"
        _execute(connection, f"ALTER ROLE {{}} SET {setting} = {quoted}", role.name)


def _set_password(connection: Connection, name: str, password: str) -> None:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    verifier = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
        sql.Identifier(name), sql.Literal(verifier.decode())
    )
    driver.execute(statement)


def _create_database(connection: Connection, name: str, template: str | None) -> None:
    if template is None:
        _execute(connection, "CREATE DATABASE {} OWNER {}", name, OWNER.name)
    else:
        # Copying through the write-ahead log is faster than copying files for a small database.
        clone = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY wal_log"
        _execute(connection, clone, name, OWNER.name, template)


def _ensure_contents(connection: Connection) -> None:
    """Extensions, schemas and what each role may do in them; tables are granted by migrations."""
    for extension in EXTENSIONS:
        _execute(connection, "CREATE EXTENSION IF NOT EXISTS {} SCHEMA public", extension)
    _execute(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    for schema in SCHEMAS:
        _execute(connection, "CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}", schema, OWNER.name)
        for role in (APP, WORKER, REPORT, DEFINER):
            _execute(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, role.name)
    _execute(
        connection,
        "ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        OWNER.name,
    )


def _execute(connection: Connection, statement: str, *names: str) -> None:
    """Run a statement in which each `{}` stands for a quoted name."""
    text = sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None)
    connection.exec_driver_sql(text)
