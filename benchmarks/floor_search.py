"""The floor of the search page: what its template needs beside the rows."""

from typing import Any, Final

from markupsafe import Markup, escape

from kernel.values.countries import country_name

MARKS: Final = (("\x02", "<mark>"), ("\x03", "</mark>"))
MOST: Final = 1000
"""Counting ends there."""
KINDS: Final = {"topic": "Discussions"}


def prepare(results: list[Any]) -> dict[str, Any]:
    """Hits, how many there are, and what the filters offer."""
    hits, told, groups, countries = results
    counted = {KINDS[row.kind]: row.found for row in told if row.found}
    return {
        "hits": [(hit, _marked(hit.excerpt)) for hit in hits[:25]],
        "counted": {kind: _count(found) for kind, found in counted.items()},
        "total": _count(sum(counted.values())),
        "groups": sorted(groups, key=lambda group: str(group.name)),
        "countries": sorted(
            ((row.country, country_name(row.country, "en")) for row in countries),
            key=lambda country: country[1],
        ),
    }


def _count(found: int) -> str:
    return f"{found:,}+" if found >= MOST else f"{found:,}"


def _marked(excerpt: str) -> Markup:
    text = str(escape(excerpt))
    for sign, element in MARKS:
        text = text.replace(sign, element)
    return Markup(text)
