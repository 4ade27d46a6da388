"""The floor: a page made with bare Flask, psycopg and Jinja, and nothing of ours.

Part of the harness, which is frozen: see docs/adr/0029-what-measures-is-frozen.md.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, render_template, session
from psycopg.rows import namedtuple_row
from psycopg_pool import ConnectionPool

from benchmarks.floor_words import FILTERS

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


Rows = list[Any]
"""What each statement after the session look-up found."""
Kind = Callable[[ConnectionPool[Any], "FloorPage"], Callable[[], Any]]
"""Makes the view of a page; `signed_in` is one, others are in `floor_kinds`."""


def signed_in(pool: ConnectionPool[Any], page: "FloorPage") -> Callable[[], str]:
    """A page read by somebody signed in: scope, session, scope, statements, template."""
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


@dataclass(frozen=True)
class FloorPage:
    """A page of the floor: its statements (the session look-up first), its template, the scope.

    `prepare` turns the results into the template's values, where they are not the rows themselves.
    """

    name: str
    statements: Sequence[Statement]
    before: Mapping[str, str]
    after: Mapping[str, str]
    prepare: Callable[[Rows], dict[str, Any]] | None = None
    kind: Kind = signed_in
    method: str = "GET"


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
    app.jinja_env.filters |= FILTERS
    pool = ConnectionPool(url, min_size=1, max_size=2, open=True)
    app.extensions["pool"] = pool
    for page in pages:
        view = page.kind(pool, page)
        app.add_url_rule(f"/{page.name}", page.name, view, methods=[page.method])
    return app
