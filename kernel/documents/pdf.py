"""PDF documents in the house style: accessible (PDF/UA-1), any script, either direction.

Most documents are a `Report` of blocks and need no typst::

    report = Report(
        title=_("Mission budget"),
        subtitle="Solomon Islands, version 3",
        blocks=[
            Facts([(_("Polling day"), "12 March 2026"), (_("Status"), _("Approved"))]),
            Heading(_("Lines")),
            Rows(
                columns=[Column(_("Line"), share=2), Column(_("Amount (GBP)"), number=True)],
                rows=[("Observer travel", "48,000.00")],
                totals=[(_("Total"), "48,000.00")],
            ),
        ],
    )
    content = pdf(report, Letterhead(network=tenant.name), lang=actor.language)

Cells are text: format numbers and dates for the reader's language first. A feature with a shape of
its own (a certificate) keeps a `.typ` file in its package, which imports
`/kernel/documents/typst/house.typ`, and calls `compile_template`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import typst
from flask_babel import force_locale, gettext

from kernel.documents.glyphs import showable

HERE = Path(__file__).parent
ROOT = HERE.parent.parent  # typst may import nothing from outside the application's own packages
FONTS = HERE / "fonts"
TEXT_FONTS = (FONTS / "NotoSans-Regular.ttf", FONTS / "NotoNaskhArabic-Regular.ttf")
REPORT = HERE / "typst" / "report.typ"


@dataclass(frozen=True)
class Letterhead:
    """Whose document it is.

    `brand` is the network's colour as `#rrggbb`; `footer` stands on every page beside its number.
    """

    network: str
    brand: str = "#0b5563"
    footer: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside the report; `level` 1 is a section, 2 a part of a section."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Facts:
    """Names with their values, side by side."""

    kind: ClassVar[str] = "facts"
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """A column of `Rows`. Numbers align right; text columns divide the rest by `share`."""

    label: str
    number: bool = False
    share: int = 1


@dataclass(frozen=True)
class Rows:
    """A table; its headings repeat on every page and `totals` are set bold below the rows."""

    kind: ClassVar[str] = "rows"
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals: Sequence[Sequence[str]] = ()

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns, which typst would cut or shift silently."""
        width = len(self.columns)
        for row in (*self.rows, *self.totals):
            if len(row) != width:
                raise ValueError(f"a row has {len(row)} cells for {width} columns")


Block = Heading | Paragraph | Facts | Rows


@dataclass(frozen=True)
class Report:
    """A document made of blocks, in reading order."""

    title: str
    subtitle: str = ""
    blocks: Sequence[Block] = field(default_factory=tuple)


def pdf(report: Report, letterhead: Letterhead, *, lang: str) -> bytes:
    """Return the report as a PDF/UA-1 file; `lang` (`en`, `fr`, `ar` …) sets its direction too."""
    data = {
        "subtitle": report.subtitle,
        "blocks": [{"kind": block.kind, **asdict(block)} for block in report.blocks],
    }
    return compile_template(REPORT, data, title=report.title, letterhead=letterhead, lang=lang)


def compile_template(
    template: Path, data: Mapping[str, Any], *, title: str, letterhead: Letterhead, lang: str
) -> bytes:
    """Compile a `.typ` file of ours with `data` (JSON values) as `input.data` of the house style.

    A character no font has (an emoji, another script) is replaced by a mark, as PDF/UA demands.
    Raises `typst.TypstError` when the template itself is wrong; text in `data` can never be code.
    """
    house_input = {
        **asdict(letterhead),
        "title": title or letterhead.network,
        "lang": lang,
        "page_label": _page_label(lang),
        "data": data,
    }
    try:
        return _compile(template, house_input)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile(template, _showable(house_input))


def _compile(template: Path, house_input: Mapping[str, Any]) -> bytes:
    return typst.compile(
        template,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(house_input, ensure_ascii=False)},
        pdf_standards="ua-1",
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts of our documents: looking for them took a third of the time of a page."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _showable(value: Any) -> Any:
    """Return JSON values with every text fit for our fonts."""
    match value:
        case str():
            return showable(value, TEXT_FONTS)
        case Mapping():
            return {key: _showable(item) for key, item in value.items()}
        case list() | tuple():
            return [_showable(item) for item in value]
        case _:
            return value


def _page_label(lang: str) -> str:
    """Return the words of the page number, with the places typst fills while it lays out pages."""
    with force_locale(lang):
        return str(gettext("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"))
