"""Cards for address books (vCard 4.0, RFC 6350).

Lines are escaped and folded by icalendar: the two formats share the grammar of a content line (RFC 6350,
section 3.3, after RFC 5545), and no kept library of ours writes version 4.0.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from icalendar.parser import Contentline
from icalendar.prop import vText

_CRLF: Final = b"\r\n"
_WORLDWIDE: Final = re.compile(r"\+[\d\s().\-/]+")
_TRUNK_ZERO: Final = "(0)"
"""Dialled inside the country alone, as in +44 (0)20 7946 0000."""


@dataclass(frozen=True)
class Card:
    """One person; what is empty is left out. `languages` are ISO 639-1 codes, the best known first."""

    uid: UUID
    name: str
    organisation: str = ""
    country: str = ""
    title: str = ""
    roles: Sequence[str] = ()
    mail: str = ""
    telephone: str = ""
    languages: Sequence[str] = ()
    categories: Sequence[str] = ()
    note: str = ""


def vcards(cards: Sequence[Card]) -> bytes:
    """Write cards one after the other, as address books read them from one file."""
    return b"".join(line + _CRLF for card in cards for line in _lines(card))


def _lines(card: Card) -> Iterator[bytes]:
    yield b"BEGIN:VCARD"
    yield b"VERSION:4.0"
    yield b"KIND:individual"
    yield _raw("UID", card.uid.urn)
    yield _text("FN", card.name)
    texts = {
        "ORG": [card.organisation],
        "TITLE": [card.title],
        "ROLE": card.roles,
        "NOTE": [card.note],
    }
    for name, values in texts.items():
        yield from (_text(name, value) for value in values if value)
    if card.country:
        # The last of the seven parts of an address; the others are empty.
        yield _raw("ADR", ";;;;;;" + _escaped(card.country))
    if card.mail:
        yield _text("EMAIL", card.mail)
    if card.telephone:
        yield _telephone(card.telephone)
    yield from (_text("LANG", code) for code in card.languages)
    if card.categories:
        yield _raw("CATEGORIES", ",".join(_escaped(each) for each in card.categories))
    yield b"END:VCARD"


def _telephone(written: str) -> bytes:
    """A number as its address (RFC 3966), or as it is written where it is no number for the whole world."""
    if not _WORLDWIDE.fullmatch(written.strip()):
        return _text("TEL", written)
    digits = re.sub(r"\D", "", written.replace(_TRUNK_ZERO, ""))
    return _raw("TEL;VALUE=uri", f"tel:+{digits}")


def _text(name: str, value: str) -> bytes:
    return _raw(name, _escaped(value))


def _escaped(value: str) -> str:
    return vText(value).to_ical().decode()


def _raw(name: str, value: str) -> bytes:
    """A line whose value is escaped already, folded at 75 octets."""
    line: Any = Contentline  # icalendar leaves it untyped
    return bytes(line(f"{name}:{value}").to_ical())
