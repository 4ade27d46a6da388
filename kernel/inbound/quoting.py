"""What somebody wrote, told from what her mail program quoted under, over or between it.

Pure rules over lines. Where it is not certain that something is a quotation, it stays text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kernel.inbound.phrases import (
    ATTRIBUTION,
    DIRECTION_MARKS,
    HEADER_FROM,
    HEADER_OTHER,
    LONGEST_ATTRIBUTION,
    MOBILE_SIGNATURE,
    ORIGINAL,
)

_WRAPPED = 4
"""Lines over which a mail program may break "On Monday, Ama wrote:"."""
_SIGNATURE = 12
"""Lines of a signature below two hyphens, at most; more is a text."""


@dataclass(frozen=True)
class Line:
    """One line, without its quotation mark."""

    text: str
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text.strip()


@dataclass(frozen=True)
class Folded:
    """What was written, and what was quoted of earlier mails (may be empty); both Markdown."""

    text: str
    quoted: str


def read_plain(text: str) -> list[Line]:
    """The lines of a plain text: those behind `>` are quoted, and so is what leads over to them."""
    return marked([plain_line(line) for line in text.split("\n")])


def plain_line(line: str) -> Line:
    """A line as it stands in a text; behind `>` it is quoted."""
    stripped = line[1:] if line.startswith(" >") else line
    if stripped.startswith(">"):
        return Line(stripped[1:].removeprefix(" "), quoted=True)
    return Line(line)


def marked(lines: list[Line]) -> list[Line]:
    """The lines, quoted from where Outlook repeats a mail to the end, and where one is introduced."""
    start = _beginning_of_rest(lines)
    if start is not None:
        lines = [*lines[:start], *(Line(line.text, quoted=True) for line in lines[start:])]
    return _with_attributions(lines)


def fold(lines: Sequence[Line], *, forwarded: bool = False) -> Folded:
    """Split lines into what stays and what is folded away.

    A quotation below the text goes, and so does one above it. Quotations between paragraphs are what
    those answer: then only the one below goes. Of a forwarded mail everything stays.
    """
    blocks = _blocks(lines)
    if forwarded:
        return Folded(_markdown(blocks), "")
    gone: list[list[Line]] = []
    if blocks and blocks[-1][0].quoted:
        gone.append(blocks.pop())
    if len(blocks) == 2 and blocks[0][0].quoted:
        gone.append(blocks.pop(0))
    kept = [_without_signature(block) for block in blocks]
    return Folded(
        _markdown([block for block in kept if block]),
        "\n\n".join(_joined(block) for block in reversed(gone)),
    )


def _beginning_of_rest(lines: Sequence[Line]) -> int | None:
    """Where a quotation without marks begins, that goes on to the end: Outlook's way."""
    for number, line in enumerate(lines):
        if line.quoted:
            continue
        bare = _bare(line.text)
        if ORIGINAL.fullmatch(bare) or _is_header_block(lines, number):
            return _with_rule_above(lines, number)
        length = _attribution_length(lines, number)
        if length and _names_sender(lines[number : number + length]):
            return None if _leads_to_marks(lines, number) else number
    return None


def _names_sender(lines: Sequence[Line]) -> bool:
    """Whether an attribution has an address or a time of day, which nobody types."""
    return any("@" in line.text or re.search(r"\d[:.]\d\d", line.text) for line in lines)


def _is_header_block(lines: Sequence[Line], start: int) -> bool:
    """Whether "From:" stands here and at least two more headers in the lines below."""
    if not HEADER_FROM.fullmatch(_bare(lines[start].text)):
        return False
    below = [_bare(line.text) for line in lines[start + 1 : start + 9]]
    return sum(bool(HEADER_OTHER.fullmatch(text)) for text in below) >= 2


def _with_rule_above(lines: Sequence[Line], start: int) -> int:
    """Outlook draws a line of underscores above the headers."""
    above = start - 1
    while above >= 0 and lines[above].is_blank:
        above -= 1
    if above >= 0 and set(lines[above].text.strip()) in ({"_"}, {"-"}, {"*", " "}):
        return above
    return start


def _attribution_length(lines: Sequence[Line], start: int) -> int:
    """Over how many lines "On Monday, Ama wrote:" goes from here; 0 where it is none."""
    joined = ""
    for length, line in enumerate(lines[start : start + _WRAPPED], start=1):
        if line.quoted or line.is_blank:
            return 0
        joined = f"{joined} {_bare(line.text)}".strip()
        if len(joined) > LONGEST_ATTRIBUTION:
            return 0
        if ATTRIBUTION.fullmatch(joined) and any(char.isdigit() or char == "@" for char in joined):
            return length
    return 0


def _leads_to_marks(lines: Sequence[Line], start: int) -> bool:
    """Whether lines behind `>` follow an attribution, which then mark themselves."""
    below = start + _attribution_length(lines, start)
    return next((line.quoted for line in lines[below:] if not line.is_blank), False)


def _with_attributions(lines: list[Line]) -> list[Line]:
    """Quote each attribution that leads to a quotation, and blank lines inside one."""
    result = list(lines)
    for number in range(len(result)):
        length = _attribution_length(result, number)
        if length and _leads_to_marks(result, number):
            end = number + length
            while result[end].is_blank and not result[end].quoted:
                end += 1
            result[number:end] = [Line(line.text, quoted=True) for line in result[number:end]]
    return result


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that are quoted or not; blank lines belong to what is before them."""
    flags: list[bool] = []
    for line in lines:
        flags.append(flags[-1] if line.is_blank and flags else line.quoted)
    pairs = zip(flags, lines, strict=True)
    runs = [
        [Line(line.text, quoted) for _, line in run]
        for quoted, run in groupby(pairs, key=lambda pair: pair[0])
    ]
    return [run for run in runs if not all(line.is_blank for line in run)]


def _without_signature(block: list[Line]) -> list[Line]:
    """The block down to its signature: two hyphens alone on a line, or a telephone's own words."""
    if block[0].quoted:
        return block
    kept = list(block)
    for number in range(len(kept) - 1, -1, -1):
        if (
            kept[number].text.strip().lstrip("\\") in {"--", "—"}
            and number >= len(kept) - 1 - _SIGNATURE
        ):
            kept = kept[:number]
            break
    while kept and (kept[-1].is_blank or _is_decoration(kept[-1].text)):
        kept.pop()
    return kept


def _is_decoration(text: str) -> bool:
    """A rule above what is quoted, or what a telephone adds."""
    if text.strip() in {"* * *", "_" * 32}:
        return True
    return bool(MOBILE_SIGNATURE.fullmatch(re.sub(r"[\[\]*_]", "", _bare(text))))


def _bare(text: str) -> str:
    return text.translate(DIRECTION_MARKS).strip()


def _markdown(blocks: Sequence[Sequence[Line]]) -> str:
    """Blocks one below the other; quotations behind `>`."""
    parts = []
    for block in blocks:
        text = _joined(block)
        if block[0].quoted:
            text = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        parts.append(text)
    return "\n\n".join(part for part in parts if part)


def _joined(block: Sequence[Line]) -> str:
    """Lines as one text: no blank ones at either end, one in a row."""
    kept: list[str] = []
    for line in block:
        text = line.text.rstrip()
        if text or (kept and kept[-1]):
            kept.append(text)
    return "\n".join(kept).strip("\n")
