"""Holding a page to its floor: same statements, same HTML, and the ratio of their times.

Part of the harness, which is frozen: see docs/adr/0029-what-measures-is-frozen.md.
"""

import difflib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.capture import Seen, comparable, get, look
from benchmarks.floor import FloorPage, Kind, Rows, floor_app, record, recorded_sql, signed_in
from benchmarks.measure import compare
from benchmarks.stage import Stage

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True)
class MeasuredPage:
    """`most` is the ratio to the floor a page may reach; `queries` and `kilobytes` are limits too.

    `prepare` and `kind` are those of its floor; `visitor` makes the browser that opens both.
    """

    name: str
    path: str
    most: float
    queries: int | None = None
    kilobytes: float | None = None
    prepare: Callable[[Rows], dict[str, Any]] | None = None
    kind: Kind = signed_in
    visitor: Callable[[Stage, Flask], FlaskClient] = Stage.browser


class Results:
    """Rows of the report; `failed` when any of them is over its limit."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []
        self.failed = False

    def add(self, what: str, value: float, most: float, note: str = "", form: str = ".2f") -> None:
        """Add one figure and what it may be at most."""
        good = value <= most
        self.failed |= not good
        self.rows.append(
            (what, f"{value:{form}}", f"≤ {most:g}", note if good else f"**over** {note}")
        )
        print(f"{what}: {value:{form}} (at most {most:g}) {note}", flush=True)

    def write(self) -> None:
        """Write RESULTS.md."""
        lines = [
            "# Results",
            "",
            "Written by `make bench`. Ratios of our time to the floor's in the same run; the floor is bare",
            "Flask, psycopg and Jinja with the same statements and the same HTML (`benchmarks/floor.py`).",
            "",
            "| what | measured | allowed | |",
            "|---|---:|---:|---|",
            *(f"| {' | '.join(row)} |" for row in self.rows),
            "",
        ]
        RESULTS.write_text("\n".join(lines))


def measure_page(on: Stage, page: MeasuredPage, results: Results) -> None:
    """Python time of one page against its floor, its queries, its size."""
    ours = page.visitor(on, on.app)
    seen = look(ours, page.path, on.base_url)
    check_floor_is_true(page.name, seen)
    floor = floor_app(on.app_url, on.config, [_floor_of(page, seen)])
    theirs = page.visitor(on, floor)
    difference = list(
        difflib.unified_diff(
            comparable(get(theirs, f"/{page.name}", on.base_url)),
            comparable(seen.html),
            lineterm="",
        )
    )
    if difference:
        print("\n".join(difference[:60]))
        raise SystemExit(f"{page.name}: the floor's HTML differs; bring its template up to date")
    found = compare(
        lambda: get(ours, page.path, on.base_url),
        lambda: get(theirs, f"/{page.name}", on.base_url),
    )
    note = f"{found.ours:.0f} µs of Python, the floor {found.floor:.0f} µs"
    results.add(f"{page.name}: Python time ÷ floor", found.ratio, page.most, note)
    if page.queries is not None:
        results.add(f"{page.name}: queries", len(seen.statements), page.queries, form="d")
    if page.kilobytes is not None:
        results.add(f"{page.name}: HTML, KB gzip", seen.kilobytes, page.kilobytes, form=".1f")


def check_floor_is_true(name: str, seen: Seen) -> None:
    """The floor must send what the product sends."""
    if "--record" in sys.argv:
        record(name, seen.statements)
    if [statement.sql for statement in seen.statements] != recorded_sql(name):
        raise SystemExit(f"{name}: its queries changed; record the floor anew with --record")


def _floor_of(page: MeasuredPage, seen: Seen) -> FloorPage:
    """The page's floor with the parameters of this run."""
    before, after = seen.settings[0], seen.settings[-1]
    return FloorPage(page.name, seen.statements, before, after, page.prepare, page.kind)
