"""The headers of a mail that came in, read without trusting them."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any, Final

_IDENTITY: Final = re.compile(r"<?([!-;=?A-~]{1,200}@[!-;=?A-~]{1,200})>?")
_IDENTITIES: Final = re.compile(r"<([!-;=?A-~]{1,200}@[!-;=?A-~]{1,200})>")
_MISNAMED: Final = {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "windows-1252"}
"""What mail programs say, and what they send: the second reads everything the first does."""
MOST_REFERENCES: Final = 30
_LONGEST_SUBJECT: Final = 300
_LONGEST_SENDER: Final = 1000
_LONGEST: Final = 20_000
"""Characters read of a header: taking one apart may cost the square of its length."""

if TYPE_CHECKING:
    Mime = Message[Any, Any]
else:
    Mime = Message  # takes no parameters at run time


def words(message: Mime, name: str) -> str:
    """A header in plain words on one line; an empty text where it is missing or unreadable."""
    return _decoded(_raw(message, name))


def identity(message: Mime) -> str | None:
    """The Message-ID without angle brackets; None where there is none that could be repeated."""
    found = _IDENTITY.fullmatch(_raw(message, "Message-ID").strip())
    return found.group(1) if found else None


def refers_to(message: Mime) -> tuple[str, ...]:
    """The Message-IDs this mail answers, the nearest first."""
    nearest = _IDENTITIES.findall(_raw(message, "In-Reply-To"))
    earlier = _IDENTITIES.findall(_raw(message, "References"))
    return tuple(dict.fromkeys([*nearest, *reversed(earlier)]))[:MOST_REFERENCES]


def sender(message: Mime) -> str:
    """The one address of From in lower case; an empty text where it is not exactly one."""
    senders = message.get_all("From", [])
    if len(senders) != 1 or len(str(senders[0])) > _LONGEST_SENDER:
        return ""
    try:
        found = [address for _, address in getaddresses([str(senders[0])])]
    except RecursionError:  # comments within comments without end
        return ""
    return found[0].lower() if len(found) == 1 and found[0].count("@") == 1 else ""


def subject(message: Mime) -> str:
    """The subject, shortened to what anybody would type."""
    return words(message, "Subject")[:_LONGEST_SUBJECT].strip()


def _raw(message: Mime, name: str) -> str:
    return str(message.get(name, ""))[:_LONGEST]


def charset_of(named: str) -> str:
    """The charset that is meant by a name."""
    return _MISNAMED.get(named.lower(), named.lower())


def _decoded(raw: str) -> str:
    try:
        text = "".join(
            chunk if isinstance(chunk, str) else chunk.decode(charset_of(charset or "ascii"))
            for chunk, charset in decode_header(raw)
        )
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        text = raw
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())


def file_name(part: Mime) -> str:
    """The file name of a part in plain words."""
    try:
        return _decoded(part.get_filename("") or "")
    except (HeaderParseError, LookupError, UnicodeError, ValueError, TypeError):
        return ""
