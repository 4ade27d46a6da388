"""Statements that run on every request, compiled once.

SQLAlchemy compiles a statement once too, but asking its cache whether it has costs more than the query.
A hot statement is written as any other, turned into SQL at first use, and hands out plain rows. Values
come as psycopg reads them: UUIDs, aware datetimes, lists.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CursorResult, Executable, Row
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.sql.compiler import SQLCompiler

from kernel.db.base import db
from kernel.db.scope import announce, check_tenant, require_scope


class HotStatement:
    """A statement with bind parameters; every parameter is named at each run."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return self._statement.compile(  # type: ignore[attr-defined,no-any-return]
            dialect=dialect(),  # type: ignore[no-untyped-call]
            compile_kwargs={"render_postcompile": True},
        )

    def rows(self, **parameters: Any) -> Sequence[Row[Any]]:
        """All rows, with columns as attributes."""
        return self._run(parameters).all()

    def one_or_none(self, **parameters: Any) -> Row[Any] | None:
        """The only row, or None."""
        return self._run(parameters).one_or_none()

    def alone(self, **parameters: Any) -> Sequence[Row[Any]]:
        """All rows, run and committed in a transaction of its own: what must outlive a rollback."""
        compiled = self._compiled
        with db.engine.begin() as connection:
            announce(connection, require_scope())
            return connection.exec_driver_sql(compiled.string, compiled.params | parameters).all()

    def _run(self, parameters: dict[str, Any]) -> CursorResult[Any]:
        session = db.session()
        connection = session.connection()
        check_tenant(session)
        compiled = self._compiled
        return connection.exec_driver_sql(compiled.string, compiled.params | parameters)
