"""A mail as it came over the line, taken apart into plain values. Never raises; what it makes is bounded."""

import re
from codecs import lookup
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesParser
from mimetypes import guess_extension
from typing import Final

from charset_normalizer import from_bytes

from kernel.inbound import headers
from kernel.inbound.headers import Mime
from kernel.inbound.html import read_html
from kernel.inbound.kinds import Nature, nature
from kernel.inbound.phrases import FORWARDED
from kernel.inbound.quoting import Folded, Line, fold, read_plain
from kernel.inbound.wrapping import not_code, unflow, unwrap

LONGEST: Final = 200_000
"""Characters read of a text; whoever wrote more attached a file."""
_MOST_PARTS: Final = 200
_WITHOUT_CONTENT: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Codecs of Python that are none of mail: they take for ever, or make halves of characters."""
_LOGO: Final = 10 * 1024
"""Bytes below which an image that Outlook named itself is taken for the logo of a signature."""
_UNSEEN: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufeff\ufffe\uffff]")
"""What forms refuse too: characters that say nothing, of which XML takes none, and overrides of direction."""
_WITHOUT_NAME: Final = {"text/calendar": "invitation.ics", "message/rfc822": "mail.eml"}


@dataclass(frozen=True)
class Attachment:
    """A file in a mail, with its name as it was given (may be empty)."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class ParsedMail:
    """What a mail says. Identities are without angle brackets, addresses in lower case.

    `sender` is empty where From does not name exactly one address. `authentication` are the results
    of the mail servers it passed, the last one's first.
    """

    nature: Nature
    message_id: str | None
    refers_to: tuple[str, ...]
    sender: str
    subject: str
    text: str
    quoted: str
    attachments: tuple[Attachment, ...]
    authentication: tuple[str, ...]
    message: Mime


def parse(raw: bytes, *, own_domains: frozenset[str] = frozenset()) -> ParsedMail:
    """Take a mail apart.

    `own_domains` are those our own mails come from, to recognise one that came back.
    """
    try:
        message: Mime = message_from_bytes(raw)
    except RecursionError:  # parts within parts without end: nobody wrote that
        message = BytesParser().parsebytes(raw[:LONGEST], headersonly=True)
    parts = list(_parts(message))
    written = _written(message, parts)
    return ParsedMail(
        nature=nature(message, own_domains=own_domains),
        message_id=headers.identity(message),
        refers_to=headers.refers_to(message),
        sender=headers.sender(message),
        subject=headers.subject(message),
        text=_shown(written.folded.text),
        quoted=_shown(written.folded.quoted),
        attachments=tuple(_attachments(parts, written)),
        authentication=tuple(str(each) for each in message.get_all("Authentication-Results", [])),
        message=message,
    )


def _shown(text: str) -> str:
    """What can be shown of a text, also where HTML spelt it out, of a bounded length: lists in lists grow."""
    return _UNSEEN.sub("", text)[: 2 * LONGEST]


@dataclass(frozen=True)
class _Written:
    """What was made of the text parts: their text, the inline images in it, the parts used up."""

    folded: Folded
    images: frozenset[str] | None
    used: set[int]


def _parts(message: Mime) -> Iterator[Mime]:
    """Parts that hold something; of a mail attached to a mail, the attached one as a whole."""
    stack: list[Mime] = [message]
    seen = 0
    while stack and seen < _MOST_PARTS:
        part = stack.pop()
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            below = [one for one in part.get_payload() if isinstance(one, Message)]
            stack += reversed(below)
        else:
            yield part


def _written(message: Mime, parts: list[Mime]) -> _Written:
    """The text: HTML where there is some, since it says best what is quoted; else the plain parts."""
    texts = [part for part in parts if _is_text(part)]
    html = next((part for part in texts if part.get_content_subtype() == "html"), None)
    forwarded = bool(FORWARDED.match(headers.subject(message)))
    used = {id(part) for part in texts if part.get_content_subtype() in {"html", "plain"}}
    if html is not None:
        page = read_html(_text_of(html))
        if any(not line.is_blank for line in page.lines):
            return _Written(fold(page.lines, forwarded=forwarded), page.images, used)
    lines = [line for part in texts if part is not html for line in _plain_lines(part)]
    return _Written(fold(lines, forwarded=forwarded), None, used)


def _plain_lines(part: Mime) -> list[Line]:
    text = _text_of(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    else:
        text = unwrap(text)
    return read_plain("\n".join(not_code(text.split("\n"))))


def _is_text(part: Mime) -> bool:
    if part.get_content_maintype() != "text" or headers.file_name(part):
        return False
    return part.get_content_disposition() != "attachment" and part.get_content_subtype() in {
        "plain",
        "html",
    }


def _text_of(part: Mime) -> str:
    content = _content(part)
    text = _decoded(content, headers.charset_of(str(part.get_content_charset("utf-8"))))
    tidy = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text[:LONGEST])
    # Half a character, as some charsets can say it, cannot be kept.
    whole = tidy.encode("utf-8", "replace").decode()
    return _UNSEEN.sub("", whole).expandtabs(4)


def _decoded(content: bytes, charset: str) -> str:
    try:
        if lookup(charset).name.replace("_", "-") in _NO_CHARSETS:
            raise LookupError(charset)
        return content.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        guess = from_bytes(content[:LONGEST]).best()
        return str(guess) if guess is not None else content.decode("utf-8", errors="replace")


def _content(part: Mime) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return _as_bytes(part)
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _as_bytes(part: Mime) -> bytes:
    try:
        return b"".join(one.as_bytes() for one in part.get_payload() if isinstance(one, Message))
    except (ValueError, LookupError, KeyError, AttributeError, TypeError, RecursionError):
        return b""


def _attachments(parts: list[Mime], written: _Written) -> Iterator[Attachment]:
    for part in parts:
        kind = part.get_content_type()
        if id(part) in written.used or kind in _WITHOUT_CONTENT or _is_decoration(part, written):
            continue
        content = _content(part)
        name = headers.file_name(part) or _name_for(kind)
        if content and name:
            yield Attachment(name, kind, content)


def _name_for(kind: str) -> str:
    if kind.startswith("image/"):
        return f"image{guess_extension(kind) or ''}"
    return _WITHOUT_NAME.get(kind, "")


def _is_decoration(part: Mime, written: _Written) -> bool:
    """Whether an inline image is shown only in a signature or in a quotation, or is a small logo."""
    shown_as = str(part.get("Content-ID", "")).strip().strip("<>")
    if written.images is None or not shown_as or part.get_content_maintype() != "image":
        return False
    if part.get_content_disposition() == "attachment":
        return False
    unnamed = bool(re.fullmatch(r"image\d{3}\.\w{3,4}", headers.file_name(part)))
    return shown_as not in written.images or (unnamed and len(_content(part)) < _LOGO)
