"""Keys to sort and find names by: PostgreSQL may be built without ICU, so the application folds them."""

import re
import unicodedata
from typing import Final

# Letters that Unicode does not decompose into a base letter and a mark.
_WHOLE: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def sort_key(*parts: str) -> str:
    """Return names folded for comparing: no case, accents or punctuation, single spaces.

    The same folding of what a person searches finds them: `sort_key("Élections")` is in
    `sort_key("Gabon", "Commission des élections")`.
    """
    text = " ".join(parts)
    for _ in range(2):  # what is decomposed may have a case of its own, as 𝑨 has
        text = unicodedata.normalize("NFKD", text.casefold())
    letters = text.translate(_WHOLE)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
