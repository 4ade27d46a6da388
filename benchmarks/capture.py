"""What a page of the product sends to the database and to the browser."""

import gzip
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.floor import Statement

_TOKENS = (
    re.compile(r'(name="csrf_token" value=")[^"]*'),
    re.compile(r'(name="_key" value=")[^"]*'),
    re.compile(r"(/assets/[a-z]+\.)[0-9a-f]{12}"),
    re.compile(r'(<time datetime=")[^"]*T[^"]*'),
    re.compile(r'(X-CSRFToken&#34;: &#34;|X-CSRFToken": ")[^"&]*'),
)


@dataclass(frozen=True)
class Seen:
    """One answer: its HTML, the statements behind it, the settings before and after sign-in."""

    html: str
    statements: Sequence[Statement]
    settings: Sequence[dict[str, str]]

    @property
    def kilobytes(self) -> float:
        """Size under gzip."""
        return len(gzip.compress(self.html.encode(), mtime=0)) / 1024


def look(client: FlaskClient, path: str, base_url: str) -> Seen:
    """Open a page twice and watch the second time, when caches are warm."""
    get(client, path, base_url)
    with watched() as (statements, settings):
        html = get(client, path, base_url)
    return Seen(html, statements, settings)


@contextmanager
def watched() -> Iterator[tuple[list[Statement], list[dict[str, str]]]]:
    """The statements that are sent within a block, and the settings of their transactions."""
    statements: list[Statement] = []
    settings: list[dict[str, str]] = []

    def note(_c: object, _cursor: object, sql: str, parameters: Any, *_: object) -> None:
        if "set_config(" in sql:
            settings.append(dict(parameters))
        else:
            statements.append(Statement(sql, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements, settings
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def get(client: FlaskClient, path: str, base_url: str) -> str:
    """The page, which must be there."""
    answer = client.get(path, base_url=base_url)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.get_data(as_text=True)


def comparable(html: str) -> list[str]:
    """A page's lines without white space and random tokens: what floor and product must share."""
    for pattern in _TOKENS:
        html = pattern.sub(r"\1", html)
    lines = (" ".join(line.split()) for line in re.sub(r"(>)\s*(<)", r"\1\n\2", html).splitlines())
    return [line for line in lines if line]
