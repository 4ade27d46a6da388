"""Asking the search functions of the database, which test tenant and visibility themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape
from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, Text, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.db.scope import require_scope
from kernel.identity.actor import Actor
from kernel.search.kinds import known_kinds
from kernel.search.wanted import LONGEST_QUERY as LONGEST_QUERY
from kernel.search.wanted import Wanted, corrected, parse

MOST = 1000
"""Things that are ranked and counted at most; of more, the newest."""
_MARK_ON, _MARK_OFF = "\x02", "\x03"

_TYPES = (
    bindparam("wanted", type_=JSONB()),
    bindparam("kinds", type_=ARRAY(Text())),
    bindparam("facets", type_=ARRAY(Text())),
)
_SEARCH = HotStatement(
    text(
        "select * from kernel.search(:wanted, :kinds, :facets, :since, :limit, :offset)"
    ).bindparams(*_TYPES)
)
_COUNTS = HotStatement(
    text("select * from kernel.search_counts(:wanted, :kinds, :facets, :since)").bindparams(*_TYPES)
)
_SUGGEST = text("select * from kernel.search_suggest(:words, :kinds)").bindparams(
    bindparam("words", type_=ARRAY(Text())), bindparam("kinds", type_=ARRAY(Text()))
)


@dataclass(frozen=True)
class Narrowed:
    """What a search is narrowed to beside its words; what is None narrows nothing.

    `language` and `country` are ISO codes as the entries bear them.
    """

    group_id: UUID | None = None
    author_id: UUID | None = None
    organisation_id: UUID | None = None
    country: str | None = None
    language: str | None = None
    since: datetime | None = None

    def facets(self) -> list[str]:
        """As the entries bear them; see `kernel.search_facets()`."""
        given = {
            "group": self.group_id,
            "author": self.author_id,
            "organisation": self.organisation_id,
            "country": self.country,
            "language": self.language,
        }
        return [f"{name}:{value}" for name, value in given.items() if value is not None]


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
    author_id: UUID | None
    organisation_id: UUID | None
    country: str | None


def search(
    actor: Actor,
    wanted: str,
    *,
    kinds: Sequence[str] | None = None,
    narrowed: Narrowed | None = None,
    limit: int = 25,
    offset: int = 0,
) -> list[Hit]:
    """Return what the actor may see and finds under these words, best first.

    Quotation marks keep words together as written, a minus leaves out. `kinds` of None means all; those
    the actor has no permission for are left out.
    Raises RuntimeError when the transaction is not the actor's own: the database decides by its scope.
    """
    return _found(_asked(actor, parse(wanted), kinds, narrowed or Narrowed()), limit, offset)


def search_some(actor: Actor, typed: str, *, kinds: Sequence[str], limit: int) -> list[Hit]:
    """Return what the actor may see that has some of the words typed, what has most of them first."""
    given = _asked(actor, Wanted(some=parse(typed).words), kinds, Narrowed())
    return _found(given, limit, 0)


def _found(given: Mapping[str, Any], limit: int, offset: int) -> list[Hit]:
    rows = _SEARCH.rows(**given, limit=limit, offset=offset)
    return [
        Hit(
            kind=row.kind,
            object_id=row.object_id,
            target_id=row.target_id,
            title=row.title,
            language=row.language,
            excerpt=_marked(row.excerpt),
            changed_at=row.changed_at,
            author_id=row.author_id,
            organisation_id=row.organisation_id,
            country=row.country,
        )
        for row in rows
    ]


def counts(actor: Actor, wanted: str, *, narrowed: Narrowed | None = None) -> Mapping[str, int]:
    """How many things of each kind `search` finds for the actor, up to `MOST` of each."""
    given = _asked(actor, parse(wanted), None, narrowed or Narrowed())
    return {row.kind: row.found for row in _COUNTS.rows(**given) if row.found}


def did_you_mean(actor: Actor, wanted: str) -> str | None:
    """The same question with words that the actor finds something by, or None when there is no better.

    Words come only from what she may see, and the question as a whole finds something she may see.
    """
    words = parse(wanted).words
    given = _asked(actor, Wanted(words=words), None, Narrowed())
    rows = db.session.execute(_SUGGEST, {"words": words, "kinds": given["kinds"]})
    instead = {row.word: row.instead for row in rows}
    if not instead:
        return None
    better = corrected(wanted, instead)
    return better if search(actor, better, limit=1) else None


def _asked(
    actor: Actor, wanted: Wanted, kinds: Sequence[str] | None, narrowed: Narrowed
) -> dict[str, Any]:
    if require_scope().person != actor.person_id:
        raise RuntimeError("searching for somebody else than the transaction's person")
    allowed = [
        name
        for name, kind in known_kinds().items()
        if actor.can(kind.permission) and (kinds is None or name in kinds)
    ]
    only = [f"kind:{allowed[0]}"] if len(allowed) == 1 else []
    return {
        "wanted": Jsonb(wanted.as_data()),
        "kinds": allowed,
        "facets": narrowed.facets() + only,
        "since": narrowed.since,
    }


def _marked(excerpt: str) -> Markup:
    safe = str(escape(excerpt))
    return Markup(safe.replace(_MARK_ON, "<mark>").replace(_MARK_OFF, "</mark>"))  # noqa: S704 - escaped above
