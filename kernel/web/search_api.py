"""Search by the JSON API: the same hits, counts and suggestions as on the page."""

from typing import Any

from flask_babel import get_timezone

from kernel.fields import DateTime, Identifier, Integer, Schema, Text
from kernel.search import counts, did_you_mean, search
from kernel.web.routes import SIGNED_IN, Api
from kernel.web.search_query import PER_PAGE, SearchQuery, narrowed
from kernel.web.visitors import actor

api = Api("search", __name__, url_prefix="/search", description="Search over all you may see")


class HitOutput(Schema):
    """One thing found; `excerpt` is HTML with the words found in `mark`, everything else escaped."""

    kind = Text()
    object_id = Identifier()
    target_id = Identifier()
    title = Text()
    language = Text()
    excerpt = Text()
    changed_at = DateTime()
    author_id = Identifier()
    organisation_id = Identifier()
    country = Text()


class CountOutput(Schema):
    """How many things of a kind there are; 1000 means that many or more."""

    kind = Text()
    count = Integer()


class SuggestionOutput(Schema):
    """The question with mistyped words put right; null where there is no better one."""

    did_you_mean = Text()


@api.endpoint("", permission=SIGNED_IN)
@api.arguments(SearchQuery, location="query")
@api.response(200, HitOutput(many=True))
def find(query: dict[str, Any]) -> list[Any]:
    """What you may see and is found under these words, best first, 25 at a time."""
    kind = query["kind"]
    return search(
        actor(),
        query["q"],
        kinds=None if kind is None else [kind],
        narrowed=narrowed(query, str(get_timezone())),
        limit=PER_PAGE,
        offset=(query["page"] - 1) * PER_PAGE,
    )


@api.endpoint("/counts", permission=SIGNED_IN)
@api.arguments(SearchQuery, location="query")
@api.response(200, CountOutput(many=True))
def count(query: dict[str, Any]) -> list[dict[str, Any]]:
    """How many things of each kind you may see and are found; kind and page do not matter."""
    found = counts(actor(), query["q"], narrowed=narrowed(query, str(get_timezone())))
    return [{"kind": kind, "count": number} for kind, number in found.items()]


@api.endpoint("/suggestion", permission=SIGNED_IN)
@api.arguments(SearchQuery(only=("q",)), location="query")
@api.response(200, SuggestionOutput)
def suggest(query: dict[str, Any]) -> dict[str, Any]:
    """What to ask instead of words that find nothing, from words of what you may see."""
    return {"did_you_mean": did_you_mean(actor(), query["q"])}
