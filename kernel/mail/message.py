"""Letters as values, and the message (RFC 5322) made of one."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

OPTIONAL_HEADERS = frozenset(
    {
        "Auto-Submitted",
        "In-Reply-To",
        "References",
        "Reply-To",
        "List-Id",
        "List-Archive",
        "List-Post",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
    }
)
"""What a sender may add; everything else is set here."""


class _Policy(EmailPolicy):
    """As for SMTP, but for headers that programs read: their long words are never encoded, only parted.

    The library encodes a word that is longer than a line, which makes an address on the web unreadable.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as text; a word that is longer than a line stays whole."""
        if name in _FOR_PROGRAMS and value.isascii():
            return f"{name}: {_parted(name, value)}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        """As `fold`, in bytes."""
        if name in _FOR_PROGRAMS and value.isascii():
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_FOR_PROGRAMS = OPTIONAL_HEADERS | {"Message-ID"}
_LINE = 78

_POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""Line ends of SMTP, and bodies every server passes on, also those without 8BITMIME."""


def _parted(name: str, value: str) -> str:
    """The words of a header over as many lines as they need."""
    lines, room = [""], _LINE - len(name) - 2
    for word in value.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
            room = _LINE - 1
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\r\n ".join(lines)


@dataclass(frozen=True)
class Mailbox:
    """A name (may be empty) and an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail to one person; `message_id` without angle brackets."""

    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str
    language: str
    message_id: str
    written_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None


def derived_message_id(host: str, *parts: str) -> str:
    """Make a Message-ID that is the same whenever the same parts are given."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{digest[:40]}@{host}"


def compose(letter: Letter) -> EmailMessage:
    """Build the message of a letter.

    It says that a machine wrote it (RFC 3834), so that no out-of-office answer comes back; an answer to
    a mail says `auto-replied`.
    Raises ValueError for an address that is not exactly one, for a line break where none
    belongs, and for a header outside `OPTIONAL_HEADERS`.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(letter.sender)
    message["To"] = _address(letter.recipient)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{_unbroken(letter.message_id)}>"
    headers = {"Auto-Submitted": "auto-generated", **letter.headers}
    for name, value in headers.items():
        if name not in OPTIONAL_HEADERS:
            raise ValueError(f"{name} is not a header a letter may set")
        message[name] = _unbroken(value)
    message.set_content(letter.text)
    message["Content-Language"] = _unbroken(letter.language)
    if letter.attachment is not None:
        _attach(message, letter.attachment)
    return message


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, _, subtype = _unbroken(attachment.media_type).partition("/")
    message.add_attachment(
        attachment.content,
        maintype=kind,
        subtype=subtype,
        filename=_one_line(attachment.name),
    )


def _address(mailbox: Mailbox) -> Address:
    """Domains in other scripts go by their ASCII name (IDNA), which every server knows."""
    local, _, domain = _unbroken(mailbox.address).rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
        return Address(_one_line(mailbox.name), addr_spec=plain)
    except (MessageError, ValueError, IndexError):
        raise ValueError("not one address of ASCII letters") from None


def _one_line(text: str) -> str:
    """What people typed may hold line breaks; in a header they become spaces."""
    spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join(spaced.split())


def _unbroken(text: str) -> str:
    """What programs made holds no line breaks: refuse it if it does."""
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in text):
        raise ValueError("a line break or control character in a mail header")
    return text
