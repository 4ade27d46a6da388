"""Kinds of page the floor has beside one that is read by somebody signed in."""

import hashlib
from typing import Any

from flask import abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from psycopg.rows import namedtuple_row
from psycopg_pool import ConnectionPool

from benchmarks.floor import SETTINGS, FloorPage


def writing(pool: ConnectionPool[Any], page: FloorPage) -> Any:
    """What is posted: it takes its work back and leads elsewhere."""
    look_up, *rest = page.statements

    def view() -> ResponseReturnValue:
        digest = hashlib.sha256(session["_user_id"].encode()).digest()
        if not request.form["body"].strip():
            abort(422)
        with pool.connection() as connection:
            connection.execute(SETTINGS, page.before)
            cursor = connection.cursor(row_factory=namedtuple_row)
            cursor.execute(look_up.sql, {**look_up.parameters, "digest": digest})
            connection.execute(SETTINGS, page.after)
            for statement in rest:
                cursor.execute(statement.sql, statement.parameters)
                if cursor.description:
                    cursor.fetchall()
            connection.rollback()
        return redirect("/", 303)

    return view


def for_strangers(pool: ConnectionPool[Any], page: FloorPage) -> Any:
    """Without a session: the first statement counts who asks and is committed by itself."""
    counting, *rest = page.statements

    def view() -> str:
        with pool.connection() as connection:
            cursor = connection.cursor(row_factory=namedtuple_row)
            connection.execute(SETTINGS, page.before)
            cursor.execute(counting.sql, counting.parameters)
            connection.commit()
            connection.execute(SETTINGS, page.before)
            results = []
            for statement in rest:
                cursor.execute(statement.sql, statement.parameters)
                results.append(cursor.fetchall())
            prepared = page.prepare(results) if page.prepare else {"results": results}
            return render_template(f"{page.name}.html", **prepared)

    return view
