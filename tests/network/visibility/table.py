"""Who sees what there is in a network, by every way to it: the one table of the tests beside it.

Whoever stands in a row sees it; everybody else in `READERS` must not, and the row's own people are the
control that there was something to see.
"""

from itertools import product

TITLE, WORD = "Zircon seals", "quokkaseal"
"""What is written in the secret group, and nowhere else in the network."""

READERS = (
    "stranger",
    "another network's administrator",
    "guest of another group",
    "member of another EMB",
    "former member",
    "taken out",
    "secretariat",
    "guest",
    "member",
    "chair",
)
NOBODY: set[str] = set()
INSIDE = {"member", "chair"}
WITH_GUEST = INSIDE | {"guest"}
# Who keeps the groups knows of each, and reads in none of them.
KNOWN = WITH_GUEST | {"secretariat"}
# Who keeps the network opens announcements made to others, where she reads the groups they were made to.
TOLD = INSIDE | {"secretariat"}
OF_THE_EMB = INSIDE | {"taken out"}
NETWORK = OF_THE_EMB | {"secretariat", "member of another EMB"}

SEEN_BY: dict[tuple[str, str], set[str]] = {
    ("group", "page"): KNOWN,
    ("group", "list"): KNOWN,
    ("group", "API"): KNOWN,
    ("group", "search"): WITH_GUEST,
    ("topic", "page"): WITH_GUEST,
    ("topic", "API"): WITH_GUEST,
    ("topic", "list"): WITH_GUEST,
    ("topic", "list of its group"): WITH_GUEST,
    ("topic", "count"): WITH_GUEST,
    ("topic", "search"): WITH_GUEST,
    ("topic", "search in its group"): WITH_GUEST,
    ("topic", "suggestion"): WITH_GUEST,
    ("topic", "feed"): WITH_GUEST,
    ("topic", "digest"): WITH_GUEST,
    ("topic", "export"): WITH_GUEST,
    ("topic", "attachment"): WITH_GUEST,
    ("topic", "inline picture"): WITH_GUEST,
    ("topic", "mail in"): WITH_GUEST,
    ("library item", "page"): WITH_GUEST,
    ("library item", "API"): WITH_GUEST,
    ("library item", "list"): WITH_GUEST,
    ("library item", "count"): WITH_GUEST,
    ("library item", "search"): WITH_GUEST,
    ("library item", "export"): WITH_GUEST,
    ("library item", "attachment"): WITH_GUEST,
    ("announcement", "page"): INSIDE,
    ("announcement", "API"): INSIDE,
    ("announcement", "list"): INSIDE,
    ("announcement", "count"): INSIDE,
    ("announcement", "search"): INSIDE,
    ("pending reply", "page"): INSIDE,  # the member's own, and the chair decides on it
    ("hidden reply", "page"): {"chair"},
    ("deleted reply", "page"): NOBODY,
    ("earlier version", "page"): WITH_GUEST,
    ("translation", "page"): WITH_GUEST,
    ("draft", "page"): {"member"},
    ("bookmark", "page"): {"member"},
    ("pack", "page"): {"member"},
    **{("person", way): NETWORK for way in ("page", "list", "count", "search", "export", "API")},
    **{
        ("organisation", way): NETWORK
        for way in ("page", "list", "count", "search", "export", "API")
    },
    ("collection", "page"): NETWORK,
    ("item of the EMB", "page"): OF_THE_EMB,
    ("item of the EMB", "list"): OF_THE_EMB,
    ("item of the EMB", "search"): OF_THE_EMB,
    ("private group", "page"): NETWORK,
    ("private group", "list"): NETWORK,
    ("topic of the private group", "page"): INSIDE,
    ("topic of the private group", "search"): INSIDE,
    ("announcement to the private group", "page"): INSIDE,
    ("announcement to the private group", "list"): INSIDE,
    ("announcement to an open group", "page"): TOLD,
    ("announcement to an open group", "list"): TOLD,
    ("announcement to an open group", "trail"): {"secretariat"},
    ("what is written in the group", "trail"): NOBODY,
    ("join request", "page"): {"member of another EMB", "chair", "secretariat"},
    ("invitation", "page"): {"taken out"},
}

SURFACES = ("page", "list", "count", "search", "digest", "feed", "export", "attachment", "mail in")
CANNOT_BE: dict[tuple[str, str], str] = {
    ("group", "count"): "no number of groups is shown anywhere",
    ("group", "digest"): "a digest is of its topics",
    ("group", "feed"): "a feed is of its topics",
    ("group", "export"): "packs hold topics and items",
    ("group", "attachment"): "files hang on its posts",
    ("group", "mail in"): "a mail to its address is a topic",
    ("library item", "digest"): "digests hold posts alone",
    ("library item", "feed"): "feeds hold posts alone",
    ("library item", "mail in"): "no item has an address",
    ("announcement", "digest"): "it is mailed to each of its audience at once",
    ("announcement", "feed"): "feeds hold posts alone",
    ("announcement", "export"): "packs hold topics and items",
    ("announcement", "attachment"): "it has no files",
    ("announcement", "mail in"): "who acknowledges by mail writes to an address of her own",
    ("person", "digest"): "digests hold posts alone",
    ("person", "feed"): "feeds hold posts alone",
    ("person", "attachment"): "she has no files",
    ("person", "mail in"): "nobody is written to by way of the network",
    ("organisation", "digest"): "digests hold posts alone",
    ("organisation", "feed"): "feeds hold posts alone",
    ("organisation", "attachment"): "it has no files",
    ("organisation", "mail in"): "no organisation has an address",
}


def missing() -> list[tuple[str, str]]:
    """What could be looked for and is neither in the table nor said to be impossible."""
    kinds = ("group", "topic", "library item", "announcement", "person", "organisation")
    whole = product(kinds, SURFACES)
    return [cell for cell in whole if (cell in SEEN_BY) == (cell in CANNOT_BE)]
