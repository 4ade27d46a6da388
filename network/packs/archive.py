"""Pages and ZIP archives of a pack: a contents page, a page for each document, the style, the files."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from babel.dates import format_datetime, get_timezone
from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup

from kernel.files.backends import storage
from kernel.mail.network import mail_network
from kernel.values.languages import direction_of, locale_of
from kernel.values.prose import rendered
from network.packs.contents import Document
from network.packs.rules import Division, Part, Weight

_STYLE: Final = Path(__file__).with_name("offline.css")
_SCHEMES: Final = {"light": "light", "dark": "dark"}
_PACKED: Final = (".html", ".css", ".txt", ".md", ".csv")
"""What gets smaller by packing; the other formats are packed already."""


@dataclass(frozen=True)
class Style:
    """How somebody reads: language, time zone, light or dark."""

    language: str
    time_zone: str
    theme: str


class Writer:
    """Writes the parts of one pack for one reader."""

    def __init__(self, documents: Sequence[Document], style: Style, made_at: datetime) -> None:
        self._documents = documents
        self._style = style
        self._made_at = made_at

    def weights(self) -> list[Weight]:
        """What each document weighs: its page as if all its files lay beside it, and its files."""
        return [
            Weight(
                len(self._page(document, {}, 1)),
                [file.stored.size for file in document.files],
            )
            for document in self._documents
        ]

    def fixed(self) -> int:
        """Bytes that every part holds, with some to spare for the numbers of parts."""
        whole = Division([Part(documents=list(range(len(self._documents))))], frozenset())
        return len(self._contents(whole, 0)) + len(self._css()) + 2_000 + 40 * len(self._documents)

    def archive(self, division: Division, number: int) -> bytes:
        """One part, `number` from 0, as a ZIP archive that is readable alone."""
        part, packed = division.parts[number], io.BytesIO()
        places = _places(division)
        with zipfile.ZipFile(packed, "w") as archive:
            _add(archive, "index.html", self._contents(division, number))
            _add(archive, "style.css", self._css())
            for position in part.documents:
                page = self._page(self._documents[position], places.get(position, {}), number + 1)
                _add(archive, self._documents[position].path, page)
            for position, place in part.files:
                file = self._documents[position].files[place]
                _add(archive, file.path, b"".join(storage().get(file.stored.key)))
        return packed.getvalue()

    def _contents(self, division: Division, number: int) -> bytes:
        parts = division.parts
        first = {d: n for n in reversed(range(len(parts))) for d in parts[n].documents}
        rows = [
            {
                "title": document.title,
                "language": document.language,
                "path": document.path if position in parts[number].documents else "",
                "part": first.get(position, 0) + 1,
                "size": sum(file.stored.size for file in document.files),
                "files": len(document.files),
            }
            for position, document in enumerate(self._documents)
        ]
        return self._render("index", rows=rows, number=number + 1, parts=len(parts), up="")

    def _page(self, document: Document, places: Mapping[int, int], number: int) -> bytes:
        """A document's page; `places` tells in which part a file lies, 0 in none: here if it is not said."""
        return self._render(
            document.template,
            document=document,
            places=places,
            number=number,
            up="../",
            **document.context,
        )

    def _render(self, template: str, **context: Any) -> bytes:
        with force_locale(locale_of(self._style.language)):
            page = current_app.jinja_env.get_template(f"network/packs/offline/{template}.html")
            text = page.render(
                context
                | {
                    "network": mail_network(),
                    "lang": self._style.language,
                    "dir": direction_of(self._style.language),
                    "made_at": self._made_at,
                    "when": self._when,
                    "markdown": _markdown,
                }
            )
        return text.encode()

    def _when(self, moment: datetime) -> str:
        zone = get_timezone(self._style.time_zone)
        locale = locale_of(self._style.language)
        return format_datetime(moment, "d MMMM y, HH:mm (z)", tzinfo=zone, locale=locale)

    def _css(self) -> bytes:
        scheme = _SCHEMES.get(self._style.theme, "light dark")
        return _STYLE.read_text().replace("light dark", scheme).encode()


def _places(division: Division) -> dict[int, dict[int, int]]:
    """In which part, from 1, each file of each document lies; 0 for those too large for any."""
    found: dict[int, dict[int, int]] = {}
    for number, part in enumerate(division.parts, start=1):
        for document, file in part.files:
            found.setdefault(document, {})[file] = number
    for document, file in division.too_large:
        found.setdefault(document, {})[file] = 0
    return found


def _markdown(text: str) -> Markup:
    """What somebody wrote; what led to a page of the network leads there from everywhere."""
    whole = str(rendered(text)).replace('href="/', f'href="{mail_network().url}/')
    return Markup(whole)  # noqa: S704 - cleaned by `rendered`


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    smaller = name.lower().endswith(_PACKED)
    method = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
    archive.writestr(name, content, compress_type=method)
