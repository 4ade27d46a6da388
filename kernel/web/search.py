"""The search page: everything the reader may see, decided in the database."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.search import Hit, known_kinds, search
from kernel.web.render import render
from kernel.web.routes import SIGNED_IN, Pages
from kernel.web.visitors import actor

pages = Pages("search", __name__)

PER_PAGE = 25
LAST_PAGE = 40
"""The database gives at most 1,000 hits."""


@dataclass(frozen=True)
class Found:
    """A hit as the page shows it."""

    hit: Hit
    url: str
    kind: str


@pages.page("/search", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what is found under the words in the address."""
    words = request.args.get("q", "").replace("\0", " ").strip()
    kind = request.args.get("kind", "")
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    hits = _hits(words, kind, page) if words else []
    return render(
        "search/index.html",
        words=words,
        kind=kind,
        kinds=[
            (name, gettext(known.label))
            for name, known in known_kinds().items()
            if actor().can(known.permission)
        ],
        found=[_found(hit) for hit in hits[:PER_PAGE]],
        page_number=page,
        previous=_address(words, kind, page - 1) if page > 1 else "",
        next=_address(words, kind, page + 1) if len(hits) > PER_PAGE else "",
    )


def _hits(words: str, kind: str, page: int) -> list[Hit]:
    """One more than fits, which tells whether there is a next page."""
    kinds = [kind] if kind in known_kinds() else None
    offset = (page - 1) * PER_PAGE
    return search(actor(), words, kinds=kinds, limit=PER_PAGE + 1, offset=offset)


def _found(hit: Hit) -> Found:
    known = known_kinds()[hit.kind]
    target: dict[str, Any] = {known.argument: hit.target_id}
    return Found(hit, url_for(known.endpoint, **target), gettext(known.label))


def _address(words: str, kind: str, page: int) -> str:
    return url_for("search.index", q=words, kind=kind or None, page=page)
