"""Statements sent past SQLAlchemy fail and are heard of as those sent through it."""

import datetime as dt
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DataError, OperationalError

from kernel.db import db
from kernel.db.direct import rows, tell, together


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


def test_queries_sent_together_are_one_transaction_of_their_own(app, factory):
    """What is set for the length of a transaction holds for the second query and not after it."""
    with app.app_context():
        setting = ("select set_config('comitia.seen', %(v)s, true)", {"v": "it's 100 %"})
        read = "select current_setting('comitia.seen', true) as seen"
        [row] = together(db.engine, setting, (read, {}))
        assert row.seen == "it's 100 %"
        with db.engine.connect() as connection:
            assert not connection.scalar(text(read))


def test_values_go_there_and_come_back_as_they_are(app):
    given = {
        "id": uuid4(),
        "at": dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC),
        "day": dt.date(2026, 11, 22),
        "text": "l'élection\\ %s",
        "number": -3,
        "nothing": None,
    }
    wanted = ", ".join(f"%({name})s as {name}" for name in given)
    with app.app_context():
        assert together(db.engine, (f"select {wanted}", given)) == [tuple(given.values())]
        assert together(db.engine, ("select 1 as one where false", {})) == []


def test_of_queries_sent_together_nothing_stays_when_one_fails(app, inside, factory):
    hits = (
        "insert into kernel.rate_counter (tenant_id, id, hits, resets_at)"
        " values (%(tenant)s, %(id)s, 1, now()) returning hits"
    )
    with inside():
        tenant = db.session.scalar(text("select current_setting('comitia.tenant')::int"))
        scope = ("select set_config('comitia.tenant', %(t)s, true)", {"t": str(tenant)})
        counted = (hits, {"tenant": tenant, "id": uuid4()})
        with pytest.raises(DataError):
            together(db.engine, scope, counted, ("select 1 / %(zero)s", {"zero": 0}))
        count = "select count(*) as n from kernel.rate_counter"
        assert together(db.engine, scope, (count, {}))[0].n == 0
        assert [row.hits for row in together(db.engine, scope, counted)] == [1]
        assert together(db.engine, scope, (count, {}))[0].n == 1


def test_a_connection_that_ends_under_a_message_is_not_used_again(app):
    end = "select pg_terminate_backend(pg_backend_pid())"
    with app.app_context():
        with pytest.raises(OperationalError) as ended:
            together(db.engine, (end, {}), ("select pg_sleep(1)", {}))
        assert ended.value.connection_invalidated
        open_ones = range(db.engine.pool.size() + 1)
        assert {together(db.engine, ("select 1 as one", {}))[0].one for _ in open_ones} == {1}


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


def test_whoever_listens_hears_of_what_is_sent_together(app, queries):
    with app.app_context(), queries() as seen:
        [row] = together(db.engine, ("select 1 as one", {}), ("select %(a)s::int as two", {"a": 2}))
    assert row.two == 2
    assert seen == ["select 1 as one", "select %(a)s::int as two"]
