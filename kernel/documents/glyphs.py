"""Which characters the fonts of our documents can show, read from the fonts themselves."""

import struct
from functools import cache
from pathlib import Path

_SEGMENTS_FORMAT = 4  # of the character map, for code points below U+10000
_LAYOUT = "\t\n\r"  # what typst itself turns into space
_SOFT_HYPHEN = "\u00ad"  # where a word may break: a hint, and no sign that could be shown
REPLACEMENT = "\ufffd"


def showable(text: str, fonts: tuple[Path, ...]) -> str:
    """Return text in which every character that none of the fonts has is the replacement mark."""
    known = frozenset[int]().union(*map(characters, fonts))
    shown = text.replace(_SOFT_HYPHEN, "")
    return "".join(c if c in _LAYOUT or ord(c) in known else REPLACEMENT for c in shown)


@cache
def characters(font: Path) -> frozenset[int]:
    """Return the code points a TrueType font maps to a glyph (OpenType 1.9, table cmap, format 4)."""
    data = font.read_bytes()
    cmap = _table_offset(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">L", data, cmap + 4 + record * 8 + 4)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == _SEGMENTS_FORMAT:
            return _segments(data, cmap + offset)
    raise ValueError(f"{font.name} has no character map of format 4")


def _table_offset(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for record in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sLLL", data, 12 + record * 16)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _segments(data: bytes, start: int) -> frozenset[int]:
    """Return the code points of the segments; the last, 0xFFFF alone, only ends the list."""
    (twice,) = struct.unpack_from(">H", data, start + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    starts = struct.unpack_from(f">{count}H", data, start + 16 + twice)
    spans = zip(starts, ends, strict=True)
    return frozenset(code for low, high in spans if low < 0xFFFF for code in range(low, high + 1))
