"""How the addresses look by which topics are answered and opened."""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote

from kernel.errors import N_, Refused
from kernel.inbound.subjects import bare_subject

TOKEN_LIFE: Final = timedelta(days=180)
RENEWED: Final = timedelta(days=90)
"""A token with less than this left is replaced: whatever we mail can be answered for so long."""
KEPT: Final = timedelta(days=365)
"""How long an expired token is known, so that its owner is told what happened to her answer."""

REPLY: Final = "reply"
_LONGEST: Final = 40
_RESERVED: Final = frozenset(
    {
        *(
            "abuse",
            "admin",
            "administrator",
            "bounce",
            "ftp",
            "hostmaster",
            "info",
            "mailer-daemon",
        ),
        *("marketing", "no-reply", "noc", "noreply", "postmaster", "reply", "root", "sales"),
        *("secretariat", "security", "support", "usenet", "webmaster", "www"),
    }
)
"""Mailboxes with a meaning of their own (RFC 2142 among them), and those of Comitia itself."""


def token_of(key: bytes, seed: bytes) -> str:
    """The token of a seed under one of the configured keys: 24 letters and digits, 120 bits."""
    return base64.b32encode(hmac.digest(key, seed, hashlib.sha256)[:15]).decode().lower()


def digest_of(token: str) -> bytes:
    """What is kept of a token. Mail servers may change the case of an address."""
    return hashlib.sha256(token.lower().encode()).digest()


def reply_local_part(token: str) -> str:
    """The local part of the address with a token."""
    return f"{REPLY}+{token}"


def token_in(local_part: str) -> str | None:
    """The token in a local part; None where it is no reply address."""
    name, plus, token = local_part.lower().partition("+")
    return token if name == REPLY and plus and re.fullmatch(r"[a-z2-7]{24}", token) else None


def is_fresh(expires_at: datetime, now: datetime) -> bool:
    """Whether a token may still be put into a mail."""
    return expires_at - now > RENEWED


def slug(name: str) -> str:
    """A readable local part of a group's name: ASCII letters, digits and hyphens.

    A name without any, for example one in Arabic, becomes "group".
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    return "group" if not made or made in _RESERVED else made


def mailbox_name(name: str, *, secret: str, guessable: bool, taken: bool) -> str:
    """The local part of a group's address.

    A group that not everybody may know of gets a random ending, so that no guess at an address tells
    that there is such a group; so does one whose readable name is taken.
    """
    readable = slug(name)
    return readable if guessable and not taken else f"{readable}-{secret}"


_SECRET_ADDRESS: Final = re.compile(
    r"\b(?:reply|bounce|decide)\+[a-z2-7]{24,60}@[\w.-]+", re.IGNORECASE
)
_LINK: Final = re.compile(r"https?://[^\s<>()\[\]]+", re.IGNORECASE)
_SHARED: Final = re.compile(
    r"(?::\d+)?(?:/?$|/network/(?!feeds|announcements/by-mail))", re.IGNORECASE
)
"""After the host: links to what others may open too, subject to what they may see."""


def without_secrets(text: str, *, host: str) -> str:
    """A text without what our mails tell their recipient alone: links that act for her, addresses of hers.

    Mail programs quote our mails whole; also links that a filter has wrapped into one of its own are found.
    """

    def shared(link: re.Match[str]) -> str:
        plain = unquote(unquote(link.group()))
        places = [found.end() for found in re.finditer(re.escape(host), plain, re.IGNORECASE)]
        return link.group() if all(_SHARED.match(plain, place) for place in places) else "…"

    return _SECRET_ADDRESS.sub("…", _LINK.sub(shared, text))


MOST_TEXT: Final = 20_000
"""Characters of a post, by mail as in a form."""
MOST_TITLE: Final = 160

_FREQUENT: Final = {
    "en": "the and of to in is that it for was on are with this be have not you we they",
    "fr": "le la les des et est dans que une pour pas nous vous sur avec qui sont aux ce du",
    "es": "el los las y es en que una para por con del no se como su al lo más nos",
    "pt": "o os as e é em que uma para por com do da não se como dos na no nós",
    "sw": "na ya wa kwa ni katika la za hii kama lakini sisi yetu tuna hili pia cha watu kila si",
}
"""The words each language says most."""


def title_of(subject: str) -> str:
    """The title of a topic opened by mail. Raises Refused for a mail without a subject."""
    title = bare_subject(subject)
    if not title:
        raise Refused(
            N_(
                "Your mail has no subject. Write it again with one: it becomes the title of the topic."
            ),
            field="title",
        )
    return title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1].rstrip()}…"


def asks(title: str) -> bool:
    """Whether a title ends in a question mark, also an Arabic one."""
    return title.endswith(("?", "؟"))


def check_text(text: str) -> None:
    """Raises Refused for a mail that says nothing of its own, and for one that says too much."""
    if not text:
        raise Refused(
            N_(
                "There is no text of yours in your mail. Write above what it quotes, or between its lines."
            ),
            field="body",
        )
    if len(text) > MOST_TEXT:
        raise Refused(
            N_("Your text is longer than %(most)s characters. Shorten it, or attach it as a file."),
            field="body",
            most=f"{MOST_TEXT:,}",
        )


def language_of(text: str, *, likely: Sequence[str]) -> str:
    """The language a text is written in, of those one writes in; the first likely one where it is not clear.

    Arabic is told by its letters, the others by their most frequent words.
    """
    letters = [char for char in text if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
    if arabic * 2 > len(letters):
        return "ar"
    latin = [language for language in likely if language in _FREQUENT]
    words = re.findall(r"[^\W\d_]+", text.lower())
    found = {
        language: sum(word in frequent.split() for word in words)
        for language, frequent in _FREQUENT.items()
    }
    best = max(found, key=lambda language: found[language])
    usual = latin[0] if latin else "en"
    return best if found[best] >= 3 and found[best] > 2 * found[usual] else usual
