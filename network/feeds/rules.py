"""Atom (RFC 4287): a feed of plain values turned into a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM: Final = "http://www.w3.org/2005/Atom"
XML: Final = "http://www.w3.org/XML/1998/namespace"
register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """A post; without title, author and words where nothing of it may leave the network."""

    id: UUID
    title: str
    address: str
    published: datetime
    updated: datetime
    language: str | None = None
    author: str | None = None
    html: str | None = None


@dataclass(frozen=True)
class Channel:
    """A feed: where it is read from, what it is called, and its entries, newest first."""

    id: UUID
    title: str
    network: str
    own_address: str
    address: str
    created: datetime
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When anything in it last changed."""
        return max((entry.updated for entry in self.entries), default=self.created)


def atom(channel: Channel, untitled: str) -> bytes:
    """The document of a feed, the same bytes whenever the same is in it.

    `untitled` is what an entry is called whose title may not leave the network.
    """
    root = Element(_name("feed"))
    _add(root, "id", channel.id.urn)
    _add(root, "title", channel.title)
    _add(root, "updated", _moment(channel.updated))
    _add(_add(root, "author"), "name", channel.network)
    _add(root, "link", rel="self", type="application/atom+xml", href=channel.own_address)
    _add(root, "link", rel="alternate", type="text/html", href=channel.address)
    for entry in channel.entries:
        root.append(_entry(entry, untitled))
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(entry: Entry, untitled: str) -> Element:
    node = Element(_name("entry"))
    if entry.language:
        node.set(f"{{{XML}}}lang", entry.language)
    _add(node, "id", entry.id.urn)
    _add(node, "title", entry.title or untitled)
    _add(node, "updated", _moment(entry.updated))
    _add(node, "published", _moment(entry.published))
    if entry.author:
        _add(_add(node, "author"), "name", entry.author)
    _add(node, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.html:
        _add(node, "content", entry.html, type="html")
    return node


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    node = SubElement(parent, _name(name), attributes)
    if text:
        node.text = text
    return node


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
