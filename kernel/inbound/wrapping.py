"""Plain texts as mail programs break them, with their paragraphs whole again."""

import re
from collections.abc import Sequence
from itertools import pairwise

_LIST = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s")
_NARROWEST = 50
"""A line shorter than this was ended by who wrote it."""
_WIDEST = 80
"""Programs that break lines break them before this; wider lines were never broken."""


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Undo `format=flowed` (RFC 3676): a line that ends in a space goes on in the next."""
    lines: list[str] = []
    flowing = False
    depth_before = 0
    for line in text.split("\n"):
        marks = re.match(r">*", line)
        depth = len(marks.group()) if marks else 0
        content = line[depth:].removeprefix(" ") if depth or line.startswith(" ") else line
        signature = content in {"-- ", "--"}
        if flowing and depth == depth_before and not signature:
            lines[-1] += content
        else:
            lines.append(f"{'>' * depth} {content}" if depth else content)
        flowing = content.endswith(" ") and not signature
        if flowing and delete_space:
            lines[-1] = lines[-1][:-1]
        depth_before = depth
    return "\n".join(lines)


def unwrap(text: str) -> str:
    """Join lines that were broken only because they reached the edge.

    A line was broken there if the first word of the next would have gone past the widest line.
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _broken(before, line, width):
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _broken(before: str, line: str, width: int) -> bool:
    if not before.strip() or not line.strip() or _LIST.match(line):
        return False
    if line[0] in ">|#" or before[0] in ">|#":
        return False
    word = line.split(maxsplit=1)[0]
    return len(before) >= _NARROWEST and len(before) + 1 + len(word) > width - 2


def not_code(lines: Sequence[str]) -> list[str]:
    """Lines pushed in by four spaces would be shown as a program: three stay."""
    return [re.sub(r"^(?: {4,}|\t+)(?=\S)", "   ", line) for line in lines]
