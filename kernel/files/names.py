"""File names as people gave them, made safe to keep and to send back."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150
"""Characters kept of a name, its extension included."""
_LONGEST_EXTENSION = 10
"""Letters behind the last dot; what is longer is part of the name."""

_SEPARATORS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*;%]')


def safe_name(given: str | None) -> str:
    """Return the last part of a given name without anything that could mislead.

    Path parts, control characters, bidirectional overrides (which make `exe.fdp` read as
    `pdf.exe`) and characters reserved on some systems go; letters of every script stay.
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", given or ""))[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = " ".join(_RESERVED.sub("", name).split()).strip(". ")
    return _shortened(name) or "file"


def within(name: str, most: int) -> str:
    """A name of at most so many bytes in UTF-8 (64 or more), cut between letters; its extension stays.

    File systems take 255 bytes, which are 127 letters in Arabic. A mark stays with the letter it stands on.
    """
    if len(name.encode()) <= most:
        return name
    stem, dot, end = name.rpartition(".")
    if not dot or not 0 < len(end) <= _LONGEST_EXTENSION:
        stem, dot, end = name, "", ""
    room = most - len(f"{dot}{end}".encode())
    kept = len(stem.encode()[:room].decode(errors="ignore"))
    while 0 < kept < len(stem) and unicodedata.category(stem[kept])[0] == "M":
        kept -= 1
    return f"{stem[:kept].rstrip('. ')}{dot}{end}"


def extension(name: str) -> str:
    """Return the lower-case extension without its dot, or an empty string."""
    _, dot, end = name.rpartition(".")
    return end.lower() if dot else ""


def content_disposition(name: str) -> str:
    """Build the `attachment` header of RFC 6266: an ASCII name, and the true one beside it."""
    stem, dot, end = _ascii(name).rpartition(".")
    plain = f"{stem.strip() or 'file'}.{end}" if dot else end or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._ -]", "", plain)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    end = extension(name)
    if not end or len(end) > _LONGEST_EXTENSION:
        return name[:LONGEST]
    return f"{name[: LONGEST - len(end) - 1].rstrip('. ')}.{end}"
