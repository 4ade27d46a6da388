"""Statements that run on every request, compiled once and handed to psycopg as they are.

SQLAlchemy compiles a statement once too, but asking its cache whether it has, and wrapping what comes
back, costs more than the query. A hot statement is written as any other, turned into SQL at first use,
and hands out plain named tuples. Values come as psycopg reads them: UUIDs, aware datetimes, lists.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.sql.compiler import SQLCompiler

from kernel.db.base import db
from kernel.db.direct import rows, send, together
from kernel.db.scope import ANNOUNCE, check_tenant, require_scope


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

    # Named tuples are read as rows are, and typed so.

    def rows(self, **parameters: Any) -> Sequence[Row[Any]]:
        """All rows, with columns as attributes."""
        compiled = self._compiled
        return rows(self._connection(), compiled.string, compiled.params | parameters)

    def send(self, **parameters: Any) -> None:
        """Run it where it answers with no rows."""
        compiled = self._compiled
        send(self._connection(), compiled.string, compiled.params | parameters)

    def one_or_none(self, **parameters: Any) -> Row[Any] | None:
        """The only row, or None. Raises ValueError where there are several."""
        found = self.rows(**parameters)
        if not found:
            return None
        [row] = found
        return row

    def alone(self, **parameters: Any) -> Sequence[Row[Any]]:
        """All rows, run and committed in a transaction of its own.

        For what must outlive a rollback, and for the one question of a page that asks nothing else.
        """
        compiled = self._compiled
        scope = (ANNOUNCE, require_scope().settings())
        return together(db.engine, scope, (compiled.string, compiled.params | parameters))

    @staticmethod
    def _connection() -> Connection:
        session = db.session()
        connection = session.connection()
        check_tenant(session)
        return connection
