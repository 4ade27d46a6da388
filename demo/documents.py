"""Documents of the demo's library, made from its texts: a PDF, a Word document or an OpenDocument text."""

import io
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from kernel.documents.pdf import Heading, Letterhead, Paragraph, Report, pdf

TEXTS: Final = Path(__file__).with_name("data") / "library"
NOTES: Final = {
    "en": "Demonstration: written for this demo network, whose people are invented.",
    "fr": "Démonstration : texte écrit pour ce réseau de démonstration, dont les personnes sont inventées.",
    "ar": "عرض توضيحي: نص كُتب لهذه الشبكة التجريبية، وأشخاصها متخيَّلون.",
}
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT: Final = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class Text:
    """A text in a language: title, then lines that are headings, points or paragraphs."""

    title: str
    lines: tuple[str, ...]
    language: str

    @classmethod
    def read(cls, name: str) -> "Text":
        """Read `ink.fr.txt` by the name `ink.fr`."""
        title, *lines = (TEXTS / f"{name}.txt").read_text().splitlines()
        return cls(title, tuple(lines), name.rpartition(".")[2])

    @property
    def note(self) -> str:
        """What says that this is no real document."""
        return NOTES[self.language]


def written(text: Text, form: str) -> bytes:
    """The text as a document of a form: `pdf`, `docx` or `odt`."""
    return {"pdf": _pdf, "docx": _docx, "odt": _odt}[form](text)


def _pdf(text: Text) -> bytes:
    report = Report(
        title=text.title,
        subtitle=text.note,
        blocks=[
            Heading(line[3:]) if line.startswith("## ") else Paragraph(_point(line))
            for line in text.lines
        ],
    )
    return pdf(report, Letterhead(network="Commonwealth Electoral Network"), lang=text.language)


def _docx(text: Text) -> bytes:
    right = "<w:pPr><w:bidi/></w:pPr>" if text.language == "ar" else ""
    body = "".join(
        f"<w:p>{right}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}"
        f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line, bold in _lines(text)
    )
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
            '.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_DOCX}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def _odt(text: Text) -> bytes:
    body = "".join(
        f'<text:h text:outline-level="1">{escape(line)}</text:h>'
        if bold
        else f"<text:p>{escape(line)}</text:p>"
        for line, bold in _lines(text)
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return _zipped(
        {
            "mimetype": _ODT,
            "content.xml": '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
            f' xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" office:version="1.3"><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"'
            ' manifest:version="1.3"><manifest:file-entry manifest:full-path="/"'
            f' manifest:media-type="{_ODT}"/><manifest:file-entry'
            ' manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        }
    )


def _lines(text: Text) -> list[tuple[str, bool]]:
    """Each line, and whether it is a heading."""
    rest = [
        (line[3:], True) if line.startswith("## ") else (_point(line), False) for line in text.lines
    ]
    return [(text.title, True), (text.note, False), *rest]


def _point(line: str) -> str:
    return f"•  {line[2:]}" if line.startswith("- ") else line


def _zipped(parts: dict[str, str]) -> bytes:
    """An archive of these parts; the first lies in it unpacked, as OpenDocument wants its type."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts.items()):
            method = zipfile.ZIP_STORED if number == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=method)
    return packed.getvalue()
