"""Statements sent past SQLAlchemy fail and are heard of as those sent through it."""

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DataError, OperationalError

from kernel.db import db
from kernel.db.direct import rows, tell


def test_rows_have_their_columns_as_attributes(inside):
    with inside():
        [row] = rows(db.session.connection(), "select %(a)s::int as one, 'b' as two", {"a": 1})
        assert (row.one, row.two) == (1, "b")


def test_a_statement_whose_answer_nobody_needs_is_run(inside):
    with inside():
        connection = db.session.connection()
        tell(connection, "select set_config('comitia.seen', %(v)s, true)", {"v": "yes"})
        assert connection.scalar(text("select current_setting('comitia.seen')")) == "yes"


def test_what_is_told_first_is_told_in_the_transaction_it_begins(app, factory):
    with app.app_context(), db.engine.connect() as connection:
        tell(connection, "select set_config('comitia.seen', %(v)s, true)", {"v": "it's"})
        assert connection.scalar(text("select current_setting('comitia.seen')")) == "it's"
        connection.rollback()
        assert not connection.scalar(text("select current_setting('comitia.seen', true)"))


def test_an_error_is_named_as_sqlalchemy_names_it(inside):
    with pytest.raises(DataError), inside():
        rows(db.session.connection(), "select %(a)s::int / 0 as one", {"a": 1})
    with pytest.raises(DataError), inside():
        tell(db.session.connection(), "select %(a)s::int", {"a": "one"})


@pytest.mark.parametrize("send", [rows, tell])
def test_a_connection_the_server_ended_is_not_used_again(inside, server, send):
    with inside():
        connection = db.session.connection()
        [row] = rows(connection, "select pg_backend_pid() as pid", {})
        with psycopg.connect(server.superuser_url().replace("+psycopg", "")) as above:
            above.execute("select pg_terminate_backend(%s, 5000)", [row.pid])
        with pytest.raises(OperationalError) as ended:
            send(connection, "select 1 as one", {})
        assert ended.value.connection_invalidated
        db.session.rollback()
        assert rows(db.session.connection(), "select 1 as one", {})[0].one == 1


def test_whoever_listens_hears_of_them(inside):
    heard = []
    with inside():
        connection = db.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *said: heard.append(said[2]))
        rows(connection, "select 1 as one", {})
        tell(connection, "select 2 as two", {})
    assert heard == ["select 1 as one", "select 2 as two"]
