"""Search by the JSON API: the same hits as on the page, one page of them at a time."""

from typing import Any

from kernel.errors import N_
from kernel.fields import DateTime, Identifier, Integer, Schema, Text
from kernel.search import search
from kernel.search.queries import LONGEST_QUERY
from kernel.web.routes import SIGNED_IN, Api
from kernel.web.visitors import actor

PER_PAGE = 25
LAST_PAGE = 40
"""The database ranks the first thousand matches; there is nothing behind them."""

api = Api("search", __name__, url_prefix="/search", description="Search over all you may see")


class SearchQuery(Schema):
    """What is looked for."""

    q = Text(
        label=N_("Words"),
        hint=N_("Quotation marks keep words together; a minus leaves a word out."),
        required=True,
        max_length=LONGEST_QUERY,
        error_messages={"required": N_("Enter one or more words.")},
    )
    kind = Text(label=N_("Kind"), max_length=50)
    page = Integer(label=N_("Page"), min=1, max=LAST_PAGE, load_default=1)


class HitOutput(Schema):
    """One thing found; `excerpt` is HTML with the words found in `mark`, everything else escaped."""

    kind = Text()
    target_id = Identifier()
    title = Text()
    language = Text()
    excerpt = Text()
    changed_at = DateTime()


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
        limit=PER_PAGE,
        offset=(query["page"] - 1) * PER_PAGE,
    )
