"""Search over everything a reader may see, decided inside the database.

A feature keeps its things findable with `index` and `remove`, in the transaction that changes them, and
says with `register_kind` where a hit leads. `search` answers with hits of the reader in scope.
"""

from kernel.search.index import Entry, Visibility, index, remove
from kernel.search.kinds import SearchKind, known_kinds, register_kind
from kernel.search.queries import Hit, Narrowed, counts, did_you_mean, search, search_some

__all__ = [
    "Entry",
    "Hit",
    "Narrowed",
    "SearchKind",
    "Visibility",
    "counts",
    "did_you_mean",
    "index",
    "known_kinds",
    "register_kind",
    "remove",
    "search",
    "search_some",
]
