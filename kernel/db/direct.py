"""Sending a statement through the driver of a connection, past SQLAlchemy's cursors and results.

Whoever listens to statements, a counter in tests for example, hears of these too: a connection that is
listened to takes SQLAlchemy's way.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.rows import RowFactory, namedtuple_row, tuple_row
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def rows(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
    """Run a statement in the connection's transaction and return its rows as named tuples.

    Raises what SQLAlchemy raises for the driver's errors.
    """
    if connection.dispatch.before_cursor_execute:
        return connection.exec_driver_sql(sql, parameters).all()
    return _sent(connection, sql, parameters, namedtuple_row).fetchall()


def tell(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> None:
    """Run a statement whose answer nobody needs. Raises as `rows` does."""
    if connection.dispatch.before_cursor_execute:
        connection.exec_driver_sql(sql, parameters)
    else:
        _sent(connection, sql, parameters, tuple_row)


def _sent(
    connection: Connection, sql: str, parameters: Mapping[str, Any], row_factory: RowFactory[Any]
) -> psycopg.Cursor[Any]:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    try:
        return driver.cursor(row_factory=row_factory).execute(sql, parameters)
    except psycopg.Error as error:
        raise _translated(error, connection, driver, sql) from error


def _translated(
    error: psycopg.Error, connection: Connection, driver: psycopg.Connection[Any], sql: str
) -> DBAPIError:
    """The error as SQLAlchemy names it; a connection that was lost is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(  # type: ignore[return-value]
        sql,
        None,
        error,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
