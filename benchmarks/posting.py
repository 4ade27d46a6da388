"""Posting a reply, beside the same statements sent by hand.

The floor takes its work back at the end, so that the same parameters serve again: a rollback costs Python
what a commit does. What the reply that was watched made stays; the floor makes it under ids of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg
from flask.testing import FlaskClient

from benchmarks.capture import Seen, get, watched
from benchmarks.floor import FloorPage, Statement
from benchmarks.floor_kinds import writing
from benchmarks.stage import Stage

NAME = "reply"
AT_MOST = 3
"""What is typed is checked, drawn from Markdown and made ready for the index, none of which the floor does."""
BODY = "We test **one** drop of each batch:\n\n- on paper\n- on skin\n\nIt holds."
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

Post = Callable[[], None]


def reply_to(on: Stage, topic_id: UUID) -> Post:
    """Posts one more reply at each call, as the box on the topic's page does."""
    client, path = on.browser(on.app), f"/network/discussions/{topic_id}"
    found = _TOKEN.search(get(client, f"{path}?page=1", on.base_url))
    if found is None:
        raise SystemExit("the topic has no box to answer in")
    return poster(on, client, path, csrf_token=found[1])


def poster(on: Stage, client: FlaskClient, path: str, **hidden: str) -> Post:
    """Sends the box's form to a path at each call, each time as a new one; it must be accepted."""
    typed = {**hidden, "in_reply_to": "", "body": BODY, "language": "en"}

    def post() -> None:
        answer = client.post(path, base_url=on.base_url, data={**typed, "_key": str(uuid4())})
        if answer.status_code != 303:
            raise SystemExit(f"{path}: {answer.status_code}")

    return post


def see(post: Post) -> Seen:
    """What one reply sends to the database, when caches are warm."""
    post()
    with _sent() as (statements, settings):
        post()
    return Seen("", statements, settings)


def floor_of(seen: Seen) -> FloorPage:
    """The floor of that reply."""
    made = {found: new for one in seen.statements for found, new in _made_by(one)}
    statements = [
        Statement(one.sql, {name: _renewed(v, made) for name, v in one.parameters.items()})
        for one in seen.statements
    ]
    before, after = seen.settings[0], seen.settings[-1]
    return FloorPage(NAME, statements, before, after, kind=writing, method="POST")


@contextmanager
def _sent() -> Iterator[tuple[list[Statement], list[dict[str, str]]]]:
    """All that reaches the driver within a block: jobs are queued past SQLAlchemy."""
    statements: list[Statement] = []
    execute = psycopg.Cursor.execute

    def note(cursor: Any, sql: Any, parameters: Any = None, **options: Any) -> Any:
        if "set_config(" not in sql:
            statements.append(Statement(sql, parameters))
        return execute(cursor, sql, parameters, **options)

    with watched() as (_, settings), patch.object(psycopg.Cursor, "execute", note):
        yield statements, settings


def _made_by(statement: Statement) -> Iterator[tuple[Any, Any]]:
    """What may be there once among the rows a statement inserts, and what takes its place."""
    if not statement.sql.startswith("INSERT"):
        return
    for name, value in statement.parameters.items():
        if name == "id":
            yield value, uuid4()
        elif name == "message_id":
            yield value, f"{uuid4()}@example.org"


def _renewed(value: Any, made: Mapping[Any, Any]) -> Any:
    return made.get(value, value) if isinstance(value, UUID | str) else value
