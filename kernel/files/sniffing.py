"""What a file really is: its first bytes must agree with its name, and be on our list."""

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

from kernel.errors import N_, Refused
from kernel.files.names import extension

_HEAD = 64 * 1024
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class _Zipped:
    """A document that is a zip archive inside: the member that tells which."""

    media_type: str
    member: str
    content: bytes = b""


_TEXT = {
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
}
_MAGIC = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_ZIPPED = {
    "docx": _Zipped(_OPEN_XML + "wordprocessingml.document", "word/document.xml"),
    "xlsx": _Zipped(_OPEN_XML + "spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": _Zipped(_OPEN_XML + "presentationml.presentation", "ppt/presentation.xml"),
    "odt": _Zipped(_OPEN_DOCUMENT + "text", "mimetype", b"application/vnd.oasis.opendocument.text"),
    "ods": _Zipped(
        _OPEN_DOCUMENT + "spreadsheet",
        "mimetype",
        b"application/vnd.oasis.opendocument.spreadsheet",
    ),
    "odp": _Zipped(
        _OPEN_DOCUMENT + "presentation",
        "mimetype",
        b"application/vnd.oasis.opendocument.presentation",
    ),
}
_ZIP = b"PK\x03\x04"
"""How an archive begins. Readers look for it from the end: a program or a page may stand in front."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a zip archive raises when it is none, or a broken one."""
_MACROS = ("vbaProject.bin", "Basic/script-lc.xml")

EXTENSIONS = (*_TEXT, *_MAGIC, *_ZIPPED)
"""Every extension accepted. None of them runs anything when it is opened."""


def media_type(name: str, stream: BinaryIO, *, field: str = "file") -> str:
    """Return the media type of a file from its name and content; the stream is left at 0.

    Raises Refused (naming the form's field) when the extension is not on our list, when the
    content is not what the extension says, or when a document carries macros.
    """
    end = extension(name)
    stream.seek(0)
    head = stream.read(_HEAD)
    found = _matching(end, head, stream)
    stream.seek(0)
    if found:
        return found
    if end in EXTENSIONS:
        raise Refused(
            N_("%(name)s is not a real .%(end)s file. Save it again and choose it."),
            field=field,
            name=name,
            end=end,
        )
    raise Refused(
        N_("%(name)s cannot be taken in. Choose a file of one of these types: %(types)s."),
        field=field,
        name=name,
        types=", ".join(EXTENSIONS),
    )


def _matching(end: str, head: bytes, stream: BinaryIO) -> str | None:
    if end in _TEXT and _is_text(head):
        return _TEXT[end]
    if end in _MAGIC and _MAGIC[end] in _candidates(head):
        return _MAGIC[end]
    if end in _ZIPPED and head.startswith(_ZIP) and _is_zipped(stream, _ZIPPED[end]):
        return _ZIPPED[end].media_type
    return None


def _candidates(head: bytes) -> set[str]:
    # Sound and film begin with RIFF as well, and are taken for a picture by that alone.
    if not head or (head.startswith(b"RIFF") and head[8:12] != b"WEBP"):
        return set()
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def _is_text(head: bytes) -> bool:
    """Text, in whatever encoding, has no control characters but tabs and line ends."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "\x00" not in head[: len(head) & ~1].decode("utf-16", "replace")
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


def _is_zipped(stream: BinaryIO, kind: _Zipped) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if kind.member not in names or any(name.endswith(_MACROS) for name in names):
                return False
            if not kind.content:
                return True
            with archive.open(kind.member) as member:
                return member.read(len(kind.content) + 1) == kind.content
    except _DAMAGED:
        return False
