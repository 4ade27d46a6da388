"""The check that we are connected as a role that row level security holds for."""

from typing import Any

import psycopg
from sqlalchemy import Engine, event

from kernel.db.roles import SCHEMAS


class UnsafeRole(RuntimeError):
    """The program is connected as a role that could see through the wall between tenants."""


def refuse_unsafe_role(connection: psycopg.Connection[Any]) -> None:
    """Make sure that the connected role cannot get round row level security.

    Raises UnsafeRole when it, or a role it may become, is a superuser, has BYPASSRLS or owns a table.
    """
    found = connection.execute(_UNSAFE, {"schemas": list(SCHEMAS)}).fetchone()
    if found is not None:
        login, reason = found
        raise UnsafeRole(
            f"The database role {login} {reason}, so it could read across tenants. "
            f"Connect as comitia_app (web) or comitia_worker (jobs); `comitia db roles` makes them."
        )


def guard_connections(engine: Engine) -> None:
    """Let the engine open no connection under a role that could get round row level security."""

    def check(connection: psycopg.Connection[Any], _record: object) -> None:
        try:
            refuse_unsafe_role(connection)
        finally:
            connection.rollback()

    event.listen(engine, "connect", check)


_UNSAFE = """
with login as (select unnest(array[session_user, current_user]) as name)
select login.name, 'is or may become ' || rolname || ', which bypasses row security'
from login join pg_roles on pg_has_role(login.name, pg_roles.oid, 'MEMBER')
where rolsuper or rolbypassrls
union all
select login.name, 'owns the table ' || c.oid::regclass
from login join pg_class c on pg_has_role(login.name, c.relowner, 'MEMBER')
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any(%(schemas)s)
limit 1
"""
