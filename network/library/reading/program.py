"""Read a document from standard input; its words go to standard output as JSON.

This is a program of its own, started by `network.library.reading` with the format as its argument: a
document can be made so that reading it takes all memory or never ends. Here that ends nothing else.
"""

import io
import itertools
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree import ElementTree

import pypdfium2
from charset_normalizer import from_bytes

MEMORY_BYTES: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 30
MOST_PAGES: Final = 1000
MOST_CHARACTERS: Final = 1_000_000
MOST_XML_BYTES: Final = 64 * 1024 * 1024
"""Of one part of a zipped document, unpacked: a few thousand pages."""

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
WORD_GAPS: Final = {f"{WORD}{name}" for name in ("tab", "br", "cr")}
OPEN_GAPS: Final = {f"{OPEN_TEXT}{name}" for name in ("s", "tab", "line-break")}
"""What stands between two words as an element of its own, so that they are not read as one."""
OPEN_ASIDE: Final = f"{OPEN_TEXT}tracked-changes"
"""What was struck out of an OpenDocument text is kept in it, and is not what it says."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SOFT_HYPHEN: Final = re.compile("[\u00ad\ufffe]\\s*")
"""Where a word was parted at the end of a line; the second is what is read of a PDF there."""
_LETTERFORMS: Final = re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]+")
"""Latin ligatures and the shapes of Arabic letters, which PDF files name instead of the letters."""


def main() -> None:
    """Limit this process, then print `{"text": …, "cut": …}`; it fails for a file it cannot read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pieces = READERS[sys.argv[1]](sys.stdin.buffer.read())
    text, cut = gathered(pieces)
    json.dump({"text": text, "cut": cut}, sys.stdout)


def gathered(pieces: Iterator[str]) -> tuple[str, bool]:
    """The pieces as one text without control characters, and whether it was cut off."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        clean = readable(piece)
        found.append(clean)
        length += len(clean) + 1
        if length > MOST_CHARACTERS:
            return "\n".join(found)[:MOST_CHARACTERS], True
    return "\n".join(filter(None, found)), False


def readable(piece: str) -> str:
    """A piece as somebody would type it: letters for their shapes, no parted words, single spaces."""
    letters = _LETTERFORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), piece)
    return " ".join(_CONTROL.sub("", _SOFT_HYPHEN.sub("", letters)).split())


def pdf(content: bytes) -> Iterator[str]:
    """Page by page, Arabic too in the order it is read; one locked with a password is not readable."""
    document = pypdfium2.PdfDocument(content)
    for page in itertools.islice(document, MOST_PAGES):
        yield page.get_textpage().get_text_range()


def docx(content: bytes) -> Iterator[str]:
    """Paragraph by paragraph, the notes after the text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if part in archive.namelist():
                yield from paragraphs(archive, part, {f"{WORD}p"}, WORD_GAPS, {f"{WORD}t"})


def odt(content: bytes) -> Iterator[str]:
    """Paragraph by paragraph, headings among them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        blocks = {f"{OPEN_TEXT}p", f"{OPEN_TEXT}h"}
        yield from paragraphs(archive, "content.xml", blocks, OPEN_GAPS)


def paragraphs(
    archive: zipfile.ZipFile,
    part: str,
    blocks: set[str],
    gaps: set[str],
    runs: set[str] | None = None,
) -> Iterator[str]:
    """The text of each block of a part; of its `runs` alone where the format marks them."""
    with archive.open(part) as member:
        unpacked = member.read(MOST_XML_BYTES + 1)
    if len(unpacked) > MOST_XML_BYTES:
        raise ValueError("a part is too large")
    struck = 0
    parsed = ElementTree.iterparse(io.BytesIO(unpacked), ("start", "end"))  # noqa: S314 - this process is limited
    for event, element in parsed:
        if element.tag == OPEN_ASIDE:
            struck += 1 if event == "start" else -1
        elif event == "end" and element.tag in blocks:
            if not struck:
                yield "".join(words(element, gaps, runs))
            element.clear()


def words(element: ElementTree.Element, gaps: set[str], runs: set[str] | None) -> Iterator[str]:
    """The pieces of a block in their order, with a space for each gap."""
    if element.tag in gaps:
        yield " "
    if runs is None or element.tag in runs:
        yield element.text or ""
    for child in element:
        yield from words(child, gaps, runs)
        if runs is None:
            yield child.tail or ""


def plain(content: bytes) -> Iterator[str]:
    """Line by line, in whatever encoding offices save."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = str(from_bytes(content, cp_isolation=["cp1252", "cp1256", "utf-16"]).best() or "")
    yield from text.splitlines()


READERS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": pdf,
    "docx": docx,
    "odt": odt,
    "txt": plain,
    "md": plain,
}

if __name__ == "__main__":
    main()
