import io
import zipfile

import pytest

from kernel.errors import Refused
from kernel.files.sniffing import media_type

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
PDF = b"%PDF-1.7\n%%EOF"
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


DOCX = zipped(word__document_xml=b"<w/>")
XLSX = zipped(xl__workbook_xml=b"<w/>")
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text")
MACROS = zipped(word__document_xml=b"<w/>", word__vbaProject_bin=b"x")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "image/jpeg"),
        ("a.gif", b"GIF89a" + b"\x00" * 8, "image/gif"),
        ("a.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("a.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00", "audio/mpeg"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4"),
        ("a.txt", "Élections – انتخابات\n".encode(), "text/plain"),
        ("a.txt", "Élections".encode("latin-1"), "text/plain"),
        ("a.txt", "Élections".encode("utf-16"), "text/plain"),
        ("a.csv", b"country;name\r\nNA;ECN\r\n", "text/csv"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_real_file_is_taken_in(name: str, content: bytes, expected: str) -> None:
    stream = io.BytesIO(content)
    assert media_type(name, stream) == expected
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PNG),
        *((f"a.{end}", PAGE) for end in ("png", "jpg", "gif", "webp", "mp3", "mp4", "pdf", "docx")),
        *((f"a.{end}", DRAWING) for end in ("png", "jpg", "webp", "pdf", "odt")),
        ("a.pdf", PAGE + PDF),
        ("a.png", PAGE + PNG),
        ("a.docx", PAGE + DOCX),
        ("a.docx", b"MZ\x90\x00" + DOCX),
        ("a.pdf", DOCX),
        ("a.webp", b"RIFF\x10\x00\x00\x00AVI LIST"),
        ("a.webp", b"RIFF\x10\x00\x00\x00WAVEfmt "),
        ("a.txt", b"MZ\x90\x00\x03\x00"),
        ("a.txt", b"\xff\xfea\x00\x00\x00"),
        ("a.pdf", b""),
        ("a.docx", XLSX),
        ("a.docx", zipped(a_txt=b"x")),
        ("a.docx", b"PK\x03\x04 not a zip"),
        ("a.docx", MACROS),
        ("a.ods", ODT),
    ],
)
def test_content_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        media_type(name, io.BytesIO(content))
    assert refused.value.field == "file"
    assert "is not a real" in str(refused.value)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docm", "a.zip", "a", ".pdf.js"])
def test_a_type_outside_the_list_is_refused_and_the_list_is_told(name: str) -> None:
    with pytest.raises(Refused) as refused:
        media_type(name, io.BytesIO(PDF))
    assert "docx" in str(refused.value)


def test_a_document_whose_archive_is_broken_inside_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text" * 20)
    content = bytearray(out.getvalue())
    start = content.index(b"mimetype") + len(b"mimetype")
    content[start : start + 8] = b"\xff" * 8
    with pytest.raises(Refused):
        media_type("a.odt", io.BytesIO(bytes(content)))
