"""Addresses of items in what people write."""

import re
from uuid import UUID

ITEM_PATH = "/network/library/"
MOST = 50
"""Items of one post that are noted: nobody recommends more."""

_ADDRESS = re.compile(
    re.escape(ITEM_PATH) + r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    re.IGNORECASE,
)


def items_named_in(text: str) -> list[UUID]:
    """The items whose address stands in a text, each once, in the order they are named."""
    return list(dict.fromkeys(UUID(found) for found in _ADDRESS.findall(text)))[:MOST]
