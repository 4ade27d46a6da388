"""Sending a statement through the driver of a connection, past SQLAlchemy's cursors and results.

Whoever listens to statements, a counter in tests for example, hears of these too: a connection that is
listened to takes SQLAlchemy's way.
"""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import Escaping, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError


def rows(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
    """Run a statement in the connection's transaction and return its rows as named tuples.

    Raises what SQLAlchemy raises for the driver's errors.
    """
    if connection.dispatch.before_cursor_execute:
        return connection.exec_driver_sql(sql, parameters).all()
    driver = _driver(connection)
    try:
        return driver.cursor(row_factory=namedtuple_row).execute(sql, parameters).fetchall()
    except psycopg.Error as error:
        raise _translated(error, connection, driver, sql, connection.dialect) from error


def send(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> None:
    """Run a statement that answers with no rows. Raises as `rows` does."""
    if connection.dispatch.before_cursor_execute:
        connection.exec_driver_sql(sql, parameters)
        return
    driver = _driver(connection)
    try:
        driver.execute(sql, parameters)
    except psycopg.Error as error:
        raise _translated(error, connection, driver, sql, connection.dialect) from error


def tell(connection: Connection, query: str, parameters: Mapping[str, str]) -> None:
    """Run a query whose answer nobody needs, of texts alone. Raises as `rows` does.

    What is told first begins the transaction too, in the same message: a round trip less for every
    transaction there is.
    """
    if connection.dispatch.before_cursor_execute:
        connection.exec_driver_sql(query, parameters)
        return
    driver = _driver(connection)
    quote = Escaping(driver.pgconn).escape_literal
    message = query.encode() % {
        name.encode(): bytes(quote(value.encode())) for name, value in parameters.items()
    }
    if driver.pgconn.transaction_status == TransactionStatus.IDLE and not driver.autocommit:
        message = b"BEGIN; " + message
    try:
        _answered(driver, message)
    except psycopg.Error as error:
        raise _translated(error, connection, driver, query, connection.dialect) from error


def together(engine: Engine, *queries: tuple[str, Mapping[str, Any]]) -> Sequence[Any]:
    """Run queries that all answer with rows in a transaction of their own, as one message.

    Returns the rows of the last one as named tuples. The server makes one transaction of a message and
    commits it: there is nothing else to send. Raises as `rows` does.
    """
    if engine.dispatch.before_cursor_execute:
        with engine.begin() as connection:
            return [connection.exec_driver_sql(*query).all() for query in queries][-1]
    pooled = engine.raw_connection()
    driver: psycopg.Connection[Any] = pooled.driver_connection  # type: ignore[assignment]
    values = Transformer.from_context(driver)
    try:
        answer = _answered(
            driver,
            b"; ".join(
                sql.encode()
                % {name.encode(): bytes(values.as_literal(value)) for name, value in given.items()}
                for sql, given in queries
            ),
        )
        values.set_pgresult(answer)
        return values.load_rows(0, answer.ntuples, _row(_columns(answer)))
    except psycopg.Error as error:
        said = "; ".join(sql for sql, _ in queries)
        raise _translated(error, pooled, driver, said, engine.dialect) from error
    finally:
        pooled.close()


def _answered(driver: psycopg.Connection[Any], message: bytes) -> PGresult:
    """The answer to the last query of a message."""
    answer = driver.pgconn.exec_(message)
    if driver.closed:
        raise psycopg.OperationalError("the server ended the connection")
    if answer.status != ExecStatus.TUPLES_OK:
        raise error_from_result(answer)
    return answer


def _columns(answer: PGresult) -> tuple[str, ...]:
    return tuple((answer.fname(i) or b"").decode() for i in range(answer.nfields))


@lru_cache(maxsize=256)
def _row(columns: tuple[str, ...]) -> Any:
    kind: Any = namedtuple("Row", columns)  # type: ignore[misc]  # columns known when asked
    return kind._make


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    return connection.connection.driver_connection  # type: ignore[return-value]


def _translated(
    error: psycopg.Error,
    connection: Connection | PoolProxiedConnection,
    driver: psycopg.Connection[Any],
    sql: str,
    dialect: Dialect,
) -> DBAPIError:
    """The error as SQLAlchemy names it; a connection that was lost is not used again."""
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
