"""Small documents, whole and hostile, made on the spot."""

import io
import zipfile

import typst

from kernel.documents.pdf import FONTS

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def pdf(*paragraphs: str) -> bytes:
    """A PDF with these paragraphs."""
    return bytes(typst.compile("\n\n".join(paragraphs).encode()))


def arabic_pdf(*paragraphs: str) -> bytes:
    """The same written from right to left, in a font that has the letters."""
    setting = '#set text(lang: "ar", dir: rtl, font: "Noto Naskh Arabic")\n'
    source = (setting + "\n\n".join(paragraphs)).encode()
    return bytes(typst.compile(source, font_paths=[FONTS]))


def docx(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs, each word a run of its own."""
    return docx_of(
        *("".join(f"<w:r><w:t>{part} </w:t></w:r>" for part in one.split()) for one in paragraphs)
    )


def docx_of(*paragraphs: str) -> bytes:
    """A Word document of paragraphs written in its own markup."""
    body = "".join(f"<w:p>{one}</w:p>" for one in paragraphs)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document})


def odt(*paragraphs: str) -> bytes:
    """An OpenDocument text: a heading and these paragraphs."""
    return odt_of(
        "<text:h>Heading</text:h>" + "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    )


def odt_of(body: str) -> bytes:
    """An OpenDocument text written in its own markup."""
    content = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def zip_bomb() -> bytes:
    """A Word document of a few kilobytes that unpacks to 200 MB."""
    start = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>'
    return zipped(
        {"[Content_Types].xml": TYPES, "word/document.xml": start + "a" * 200 * 1024 * 1024}
    )


def entity_bomb() -> bytes:
    """A Word document whose entities unfold to gigabytes."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
    )
    document = (
        f"<!DOCTYPE w:document [{entities}]>"
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document})


def zipped(parts: dict[str, str]) -> bytes:
    """An archive of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
