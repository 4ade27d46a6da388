"""The floor: a page made with bare Flask, psycopg and Jinja, and nothing of ours."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_datetime, format_timedelta
from flask import Flask, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from psycopg.rows import namedtuple_row
from psycopg_pool import ConnectionPool

from benchmarks import floor_budget
from kernel.values.prose import rendered

FLOORS = Path(__file__).parent / "floors"
SETTINGS = (
    "select set_config('comitia.tenant', %(tenant)s, true),"
    " set_config('comitia.person', %(person)s, true),"
    " set_config('comitia.organisations', %(organisations)s, true)"
)


TOKEN = "not-checked"


@dataclass(frozen=True)
class Statement:
    """One statement as the product sent it."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class FloorPage:
    """A page of the floor: its statements (the session look-up first), its template, the scope.

    `prepare` turns the results into the template's values, where they are not the rows themselves. A page
    for strangers has no session; its first statement counts them and is committed by itself. What `writes`
    is posted, takes its work back and leads elsewhere.
    """

    name: str
    statements: Sequence[Statement]
    before: Mapping[str, str]
    after: Mapping[str, str]
    prepare: Callable[[list[Any]], dict[str, Any]] | None = None
    for_strangers: bool = False
    writes: bool = False


def recorded_sql(name: str) -> list[str]:
    """The statements a page's floor was recorded with."""
    return list(json.loads((FLOORS / f"{name}.json").read_text()))


def record(name: str, statements: Sequence[Statement]) -> None:
    """Write down a page's statements; its template is written by hand."""
    text = json.dumps([statement.sql for statement in statements], indent=1)
    (FLOORS / f"{name}.json").write_text(text + "\n")


def floor_app(url: str, config: Mapping[str, Any], pages: Sequence[FloorPage]) -> Flask:
    """Build the floor under the same secret and cookie, so that the same browser opens both."""
    app = Flask("floor", template_folder=str(FLOORS))
    app.testing = True  # a fault of the floor shall be seen
    app.config.from_mapping(config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "moment": _moment,
        "ago": _ago,
        "exact": floor_budget.exact,
        "short_day": floor_budget.short_day,
        "prose": lru_cache(rendered),  # whoever shows Markdown keeps what it became
    }
    pool = ConnectionPool(url, min_size=1, max_size=2, open=True)
    app.extensions["pool"] = pool
    for page in pages:
        view = _strangers_view if page.for_strangers else _writing_view if page.writes else _view
        methods = ["POST"] if page.writes else ["GET"]
        app.add_url_rule(f"/{page.name}", page.name, view(pool, page), methods=methods)
    return app


def _moment(value: datetime) -> str:
    return format_datetime(value, "d MMM y, HH:mm", locale="en_GB")


def _ago(value: datetime) -> str:
    if datetime.now(UTC) - value < timedelta(minutes=1):
        return "just now"
    passed = -((datetime.now(UTC) - value) // timedelta(minutes=1)) * timedelta(minutes=1)
    return format_timedelta(passed, granularity="minute", add_direction=True, locale="en_GB")


def _view(pool: ConnectionPool[Any], page: FloorPage) -> Any:
    look_up, *rest = page.statements

    def view() -> str:
        digest = hashlib.sha256(session["_user_id"].encode()).digest()
        with pool.connection() as connection:
            connection.execute(SETTINGS, page.before)
            cursor = connection.cursor(row_factory=namedtuple_row)
            cursor.execute(look_up.sql, {**look_up.parameters, "digest": digest})
            visitor = cursor.fetchone()
            connection.execute(SETTINGS, page.after)
            results = []
            for statement in rest:
                cursor.execute(statement.sql, statement.parameters)
                results.append(cursor.fetchall())
            prepared = page.prepare(results) if page.prepare else {"results": results}
            return render_template(
                f"{page.name}.html", visitor=visitor, token=TOKEN, key=TOKEN, **prepared
            )

    return view


def _writing_view(pool: ConnectionPool[Any], page: FloorPage) -> Any:
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


def _strangers_view(pool: ConnectionPool[Any], page: FloorPage) -> Any:
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
