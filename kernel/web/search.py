"""The search page: everything the reader may see, decided in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, get_timezone, gettext
from marshmallow import EXCLUDE, ValidationError

from kernel.identity.permissions import KernelPermission
from kernel.search import Hit, counts, did_you_mean, known_kinds, search
from kernel.search.people import countries_to_choose, groups_to_choose, names_of
from kernel.search.queries import MOST
from kernel.values.countries import country_name
from kernel.web.formats import number, organisation_name
from kernel.web.languages import language
from kernel.web.menu import Link
from kernel.web.render import render
from kernel.web.routes import SIGNED_IN, Pages, addresses
from kernel.web.search_query import LAST_PAGE, PER_PAGE, SearchQuery, narrowed
from kernel.web.visitors import actor

pages = Pages("search", __name__)

LANGUAGES: Final = ("ar", "en", "es", "fr", "pt")
"""Those whose words are found in all their forms."""


@dataclass(frozen=True)
class Found:
    """A hit as the page shows it; `by` leads to what else its author wrote under these words."""

    hit: Hit
    url: str
    kind: str
    author: str
    organisation: str
    by: str


@pages.page("/search", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what is found under the words and filters in the address."""
    asked = _asked()
    words, page = asked.get("q") or "", asked["page"]
    hits = _hits(asked) if words else []
    told = counts(actor(), words, narrowed=_narrowed(asked)) if words else {}
    query = _query(asked)
    found = _found(hits[:PER_PAGE], query)
    return render(
        "search/index.html",
        words=words,
        query=query,
        kinds=_kinds(asked, told) if told else [],
        total=_told(told.get(asked.get("kind") or "", 0) if asked.get("kind") else _sum(told)),
        groups=sorted(((str(i), name) for i, name in groups_to_choose()), key=lambda g: g[1]),
        countries=_countries(asked),
        languages=[(code, get_locale().languages[code]) for code in LANGUAGES],
        author=_author(asked.get("author"), found),
        found=found,
        instead=_instead(words, query) if words and not told and not _filters(query) else None,
        clear=url_for("search.index", q=words) if _filters(query) else "",
        without_author=_address(query, author=None),
        page_number=page,
        previous=_address(query, page=page - 1) if page > 1 else "",
        next=_address(query, page=page + 1) if len(hits) > PER_PAGE and page < LAST_PAGE else "",
    )


def _asked() -> dict[str, Any]:
    """What the address says; what cannot be understood is left out, as if not asked."""
    schema = SearchQuery(unknown=EXCLUDE)
    given = {name: value.replace("\0", " ") for name, value in request.args.items() if value}
    try:
        return dict(schema.load({"q": "-", **given})) | {"q": given.get("q", "").strip()}
    except ValidationError as error:
        known = {"page": 1, **dict(error.valid_data or {})}
        return known | {"q": given.get("q", "").strip()}


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    """What is asked as it stands in addresses, without the page."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in asked.items()
        if value and name != "page"
    }


def _filters(query: Mapping[str, str]) -> bool:
    return bool(query.keys() - {"q"})


def _narrowed(asked: dict[str, Any]) -> Any:
    return narrowed(asked, str(get_timezone()))


def _hits(asked: dict[str, Any]) -> list[Hit]:
    """One more than fits, which tells whether there is a next page."""
    return search(
        actor(),
        asked["q"],
        kinds=[asked["kind"]] if asked.get("kind") in known_kinds() else None,
        narrowed=_narrowed(asked),
        limit=PER_PAGE + 1,
        offset=(asked["page"] - 1) * PER_PAGE,
    )


def _sum(told: Mapping[str, int]) -> int:
    return min(sum(told.values()), MOST)


def _told(count: int) -> str:
    """A number of hits; counting ends at a thousand."""
    return f"{number(count)}+" if count >= MOST else number(count)


def _kinds(asked: dict[str, Any], told: Mapping[str, int]) -> list[Link]:
    """Everything, and each kind with something in it; the one picked stays though it is empty."""
    query, picked = _query(asked), asked.get("kind") or ""
    links = [_kind(gettext("Everything"), _sum(told), _address(query, kind=None), not picked)]
    for name, kind in known_kinds().items():
        if told.get(name) or name == picked:
            url = _address(query, kind=name)
            links.append(_kind(gettext(kind.label), told.get(name, 0), url, name == picked))
    return links


def _kind(label: str, count: int, url: str, is_picked: bool) -> Link:
    return Link(f"{label} · {_told(count)}", url, is_picked)


def _countries(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where members are, for who may know the members."""
    known = countries_to_choose() if actor().can(KernelPermission.MEMBERS_SEE) else []
    codes = {*known, *filter(None, [asked.get("country")])}
    named = ((code, country_name(code, language())) for code in codes)
    return sorted(named, key=lambda country: country[1])


def _author(author_id: UUID | None, found: Sequence[Found]) -> str:
    """Who wrote all that is found; nobody learns a name for an id she has by other means."""
    return next((one.author for one in found if one.hit.author_id == author_id), "")


def _found(hits: list[Hit], query: Mapping[str, str]) -> list[Found]:
    known = known_kinds()
    ids = {whose for hit in hits for whose in (hit.author_id, hit.organisation_id) if whose}
    names = names_of(ids)
    by = {
        author: _address(query, author=str(author))
        for author in {hit.author_id for hit in hits}
        if author
    }
    kinds = [known[name] for name in {hit.kind for hit in hits}]
    address = {kind.name: addresses(kind.endpoint, kind.argument) for kind in kinds}
    label = {kind.name: gettext(kind.label) for kind in kinds}
    found = []
    for hit in hits:
        opened = hit.object_id if known[hit.kind].opens_itself else hit.target_id
        author = names.get(hit.author_id, "") if hit.author_id else ""
        organisation = names.get(hit.organisation_id, "") if author and hit.organisation_id else ""
        found.append(
            Found(
                hit,
                address[hit.kind](opened),
                label[hit.kind],
                author,
                organisation_name(organisation) if organisation else "",
                by[hit.author_id] if hit.author_id else "",
            )
        )
    return found


def _instead(words: str, query: Mapping[str, str]) -> Link | None:
    """The question with mistyped words put right, where that finds something."""
    better = did_you_mean(actor(), words)
    return None if better is None else Link(better, _address(query, q=better))


def _address(query: Mapping[str, str], **changed: Any) -> str:
    if changed.get("page") == 1:
        changed["page"] = None
    return url_for("search.index", **{**query, **changed})
