"""Asking `kernel.search()`, which tests tenant and visibility itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup, escape
from sqlalchemy import text

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.identity.actor import Actor
from kernel.search.kinds import known_kinds

LONGEST_QUERY = 200
"""Characters; what is beyond is not looked for."""
_MARK_ON, _MARK_OFF = "\x02", "\x03"

_SEARCH = text("select * from kernel.search(:wanted, :kinds, :limit, :offset)")


@dataclass(frozen=True)
class Hit:
    """One thing found. `excerpt` is markup: escaped text with the words found in `<mark>`."""

    kind: str
    object_id: UUID
    target_id: UUID
    title: str
    language: str
    excerpt: Markup
    changed_at: datetime


def search(
    actor: Actor,
    wanted: str,
    *,
    kinds: Sequence[str] | None = None,
    limit: int = 25,
    offset: int = 0,
) -> list[Hit]:
    """Return what the actor may see and finds under these words, best first.

    Quotes keep words together, `or` and a minus work as in web search engines. `kinds` of None means
    all; those the actor has no permission for are left out.
    Raises RuntimeError when the transaction is not the actor's own: the database decides by its scope.
    """
    if require_scope().person != actor.person_id:
        raise RuntimeError("searching for somebody else than the transaction's person")
    given = {
        "wanted": wanted[:LONGEST_QUERY],
        "kinds": [
            name
            for name, kind in known_kinds().items()
            if actor.can(kind.permission) and (kinds is None or name in kinds)
        ],
        "limit": limit,
        "offset": offset,
    }
    return [
        Hit(
            kind=row.kind,
            object_id=row.object_id,
            target_id=row.target_id,
            title=row.title,
            language=row.language,
            excerpt=_marked(row.excerpt),
            changed_at=row.changed_at,
        )
        for row in db.session.execute(_SEARCH, given)
    ]


def _marked(excerpt: str) -> Markup:
    safe = str(escape(excerpt))
    return Markup(safe.replace(_MARK_ON, "<mark>").replace(_MARK_OFF, "</mark>"))  # noqa: S704 - escaped above
