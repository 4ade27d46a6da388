"""How a pack is divided into mails, and what always holds for one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from kernel.errors import N_, NotNow

MOST_CHOSEN = 100
"""Items and topics of one pack."""
MOST_BYTES = 50 * 1024 * 1024
"""Bytes of the files in one pack; what is beyond is named with its address."""
LINK_LASTS = timedelta(days=7)
"""How long a pack waits to be fetched."""

_WRAPPED = 4 / 3 * 78 / 76
"""What base64 makes of bytes, with its line ends."""
_LETTER = 20_000
"""Bytes of a mail beside what is attached."""
_ENTRY = 400
"""Bytes a ZIP archive spends on each file in it, its name twice."""


class PackState(StrEnum):
    """A pack is asked for, then ready, or failed; a ready one expires."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Delivery(StrEnum):
    """How a pack reaches its reader."""

    LINK = "link"
    MAIL = "mail"


class PartSize(StrEnum):
    """How large one mail of a pack may be, in megabytes."""

    ONE = "1"
    TWO = "2"
    FIVE = "5"

    @property
    def attached(self) -> int:
        """Bytes of a ZIP archive that make a mail of at most this size."""
        return int((int(self.value) * 1_000_000 - _LETTER) / _WRAPPED)


DELIVERY_LABELS = {
    Delivery.LINK: N_("One file to fetch by a link"),
    Delivery.MAIL: N_("By mail, in parts"),
}
SIZE_LABELS = {
    PartSize.ONE: N_("Mails of at most 1 MB"),
    PartSize.TWO: N_("Mails of at most 2 MB"),
    PartSize.FIVE: N_("Mails of at most 5 MB"),
}


def check_choice(chosen: int) -> None:
    """Raises Refused for nothing, and for more than a pack takes."""
    if chosen == 0:
        raise NotNow(N_("Choose at least one item or topic first."))
    if chosen > MOST_CHOSEN:
        raise NotNow(N_("Choose at most %(most)s items and topics."), most=MOST_CHOSEN)


@dataclass(frozen=True)
class Weight:
    """What one document of a pack weighs: its page, and each of its files, in bytes."""

    page: int
    files: Sequence[int] = ()


@dataclass
class Part:
    """What lies in one part: documents by their number, and files as (document, file)."""

    documents: list[int] = field(default_factory=list)
    files: list[tuple[int, int]] = field(default_factory=list)
    bytes: int = 0


@dataclass(frozen=True)
class Division:
    """A pack in parts, each readable alone; `too_large` are the files that fit into none."""

    parts: Sequence[Part]
    too_large: frozenset[tuple[int, int]]


def divide(weights: Sequence[Weight], limit: int, *, fixed: int) -> Division:
    """Put whole documents and files into parts of at most `limit` bytes, in their order.

    `fixed` is what every part holds: contents page and style. The page of a document lies in every part
    that has one of its files, so that no file stands alone. A page larger than a part has one to itself.
    """
    parts: list[Part] = []
    too_large: set[tuple[int, int]] = set()
    for number, weight in enumerate(weights):
        page = weight.page + _ENTRY
        _place(parts, number, page, None, limit, fixed)
        for position, size in enumerate(weight.files):
            if fixed + page + size + _ENTRY > limit:
                too_large.add((number, position))
            else:
                _place(parts, number, page, (position, size + _ENTRY), limit, fixed)
    return Division(parts, frozenset(too_large))


def in_one(weights: Sequence[Weight], limit: int, *, fixed: int) -> Division:
    """Put everything into one part; of the files, in their order, as many as fit into `limit` bytes."""
    part = Part(documents=list(range(len(weights))), bytes=fixed)
    part.bytes += sum(weight.page + _ENTRY for weight in weights)
    too_large: set[tuple[int, int]] = set()
    for number, weight in enumerate(weights):
        for position, size in enumerate(weight.files):
            if part.bytes + size + _ENTRY > limit:
                too_large.add((number, position))
            else:
                part.files.append((number, position))
                part.bytes += size + _ENTRY
    return Division([part], frozenset(too_large))


def _place(
    parts: list[Part],
    document: int,
    page: int,
    file: tuple[int, int] | None,
    limit: int,
    fixed: int,
) -> None:
    """Add a page, or a file beside its page, to the last part, or to a new one where it does not fit."""
    size = file[1] if file else 0
    last = parts[-1] if parts else None
    needed = size + (0 if last and document in last.documents else page)
    if last is None or last.bytes + needed > limit:
        last, needed = Part(bytes=fixed), size + page
        parts.append(last)
    if document not in last.documents:
        last.documents.append(document)
    if file:
        last.files.append((document, file[0]))
    last.bytes += needed
