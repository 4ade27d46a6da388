"""What changed between two versions of a text, word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 6_000
"""Beyond this a difference is told line by line: word by word it would take seconds."""
MOST_PAIRS = 3_000_000
"""Pairs of equal words (or lines) that are compared; a text that says one word all over has millions."""


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Neighbouring words with the same fate."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Tell `after` by the pieces of `before` that it kept, added and removed, in reading order.

    Without what was added it is `before`, without what was removed `after`.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS or _pairs(old, new) > MOST_PAIRS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if _pairs(old, new) > MOST_PAIRS:
        old, new = [before], [after]
    return [piece for piece in _pieces(old, new) if piece.text]


def _pairs(old: list[str], new: list[str]) -> int:
    """How many words of one text stand in the other, each with each: what comparing them costs."""
    counted = Counter(new)
    return sum(times * counted[word] for word, times in Counter(old).items())


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[i:j]))
        else:
            yield Piece(Change.REMOVED, "".join(old[i:j]))
            yield Piece(Change.ADDED, "".join(new[k:m]))
