"""Tags: words a topic can be found by, written the same whoever types them."""

import re
import unicodedata
from collections.abc import Iterable

from kernel.errors import N_, Refused

MOST_TAGS = 5
LONGEST_TAG = 40
_APART = re.compile(r"[\s_\-–—/]+")
_NO_LETTER = re.compile(r"[^\w\-]")


def tag_of(text: str) -> str:
    """A tag as it is kept: small letters and digits of any script, hyphens between words; "" for no word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = _NO_LETTER.sub("", _APART.sub("-", folded))
    return _APART.sub("-", letters).strip("-")[:LONGEST_TAG].strip("-")


def tags_of(texts: Iterable[str]) -> list[str]:
    """Tags as they are kept, each once, in the order given. Raises Refused for more than five."""
    tags = list(dict.fromkeys(tag for text in texts if (tag := tag_of(text))))
    if len(tags) > MOST_TAGS:
        raise Refused(N_("Enter at most %(most)s tags."), field="tags", most=MOST_TAGS)
    return tags
