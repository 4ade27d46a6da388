"""A question as it stands in addresses and in the API."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kernel import fields
from kernel.errors import N_
from kernel.search import Narrowed
from kernel.search.queries import LONGEST_QUERY

PER_PAGE = 25
LAST_PAGE = 40
"""The database ranks the first thousand matches; there is nothing behind them."""


class SearchQuery(fields.Schema):
    """What is looked for, and what the search is narrowed to."""

    q = fields.Text(
        label=N_("Words"),
        hint=N_("Quotation marks keep words together; a minus leaves a word out."),
        required=True,
        max_length=LONGEST_QUERY,
        error_messages={"required": N_("Enter one or more words.")},
    )
    kind = fields.Text(label=N_("Kind"), max_length=50)
    group = fields.Identifier(label=N_("Group"))
    author = fields.Identifier(label=N_("Author"))
    country = fields.Country(label=N_("Country"))
    # Not "language": that is how an address chooses the language of the page itself.
    written_in = fields.Language(label=N_("Language"))
    since = fields.Date(label=N_("Since"))
    page = fields.Integer(label=N_("Page"), min=1, max=LAST_PAGE, load_default=1)


def narrowed(asked: dict[str, Any], zone: str) -> Narrowed:
    """The filters of a question; `since` begins with that day in the zone."""
    since: date | None = asked.get("since")
    begins = None if since is None else datetime.combine(since, time.min, ZoneInfo(zone))
    return Narrowed(
        group_id=asked.get("group"),
        author_id=asked.get("author"),
        country=asked.get("country"),
        language=asked.get("written_in"),
        since=None if begins is None else begins.astimezone(UTC),
    )
