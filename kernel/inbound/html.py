"""HTML of a mail as the lines of a Markdown text, with what its program marked as quoted or signature.

One pass over the tags finds the containers that mail programs put around what they quote, whatever
language their words are in, and puts marks in their place; html2text makes the Markdown.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

from html2text import HTML2Text

from kernel.inbound.quoting import Line, marked, plain_line

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS: Final = re.compile("[\ue000\ue001]")
_DEEPEST: Final = 200
_DEEPEST_LIST: Final = 20
"""Lists within lists: each is pushed in further, and nobody writes more."""
_LISTS: Final = frozenset({"ol", "ul"})
_NO_TAG: Final = re.compile(r"<(?=[^<>]*+(?:<|\Z))")
"""What opens and never closes: the parser would look for its end again and again."""

_QUOTES: Final = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_quote|gmail_quote_container|gmail_attr|yahoo_quoted|protonmail_quote"
    r"|moz-cite-prefix|zmail_extra|tutanota_quote|mail-quote-collapse"
    r"|appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION"
    r"|reply-intro)(?:\s|$)"
)
_TO_THE_END: Final = re.compile(r"(?:^|\s)(?:x_)*(?:appendonsend|divRplyFwdMsg)(?:\s|$)")
"""Outlook marks where a quotation begins and not where it ends: it is the rest."""
_SIGNATURES: Final = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_signature|gmail_signature_prefix|moz-signature|AppleMailSignature"
    r"|Signature|ms-outlook-mobile-signature|protonmail_signature_block|tutanota_signature)(?:\s|$)"
)
_OUTLOOK_RULE: Final = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)", re.IGNORECASE
)
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_NEVER: Final = frozenset({"head", "script", "style", "title", "template"})


@dataclass(frozen=True)
class Page:
    """The lines of an HTML mail, and the inline images shown in what was written itself."""

    lines: list[Line]
    images: frozenset[str]


def read_html(markup: str) -> Page:
    """Read the HTML of a mail; anything is read, however broken."""
    marker = _Marker()
    marker.feed(_NO_TAG.sub("&lt;", _without_comments(markup.replace("\0", ""))))
    marker.close()
    text = _to_markdown("".join(marker.out))
    return Page(_lines(text), frozenset(marker.images))


@dataclass
class _Element:
    name: str
    is_quote: bool = False
    is_hidden: bool = False
    is_dropped: bool = False


@dataclass
class _Marker(HTMLParser):
    """Passes tags on, with marks around quotations, and without signatures."""

    out: list[str] = field(default_factory=list)
    images: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Element] = []
        self._quotes = 0
        self._hidden = 0
        self._rest_is_quoted = False
        self._at_line_start = True
        self._lists = 0

    def parse_html_declaration(self, i: int) -> int:
        """What begins with `<!` says nothing; the parser ends with an error where it is malformed."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = self._element(tag, given)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)
            self._hidden += element.is_hidden
        if self._hidden:
            return
        if element.is_quote:
            self._begin_quote(_names(given), given)
        if element.is_dropped:
            self._break()
        else:
            self._start(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if all(element.name != tag for element in self._open):
            return
        while self._open:
            element = self._open.pop()
            self._end(element)
            if element.name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if data.strip("\r\n\t "):
            self._at_line_start = False
        self.out.append(escape(_MARKS.sub("", data), quote=False))

    def _element(self, tag: str, given: dict[str, str]) -> _Element:
        names = _names(given)
        is_quote = (
            bool(_QUOTES.search(names))
            or (tag == "blockquote" and given.get("type", "").lower() == "cite")
            or (tag == "div" and bool(_OUTLOOK_RULE.search(given.get("style", ""))))
        )
        return _Element(
            tag,
            is_quote=is_quote,
            is_hidden=tag in _NEVER or (bool(_SIGNATURES.search(names)) and not self._quotes),
            # The mark round the whole quotation says what its outermost block would.
            is_dropped=tag == "blockquote"
            and (is_quote or self._quotes > 0)
            and not any(element.is_dropped for element in self._open),
        )

    def _begin_quote(self, names: str, given: dict[str, str]) -> None:
        ends_never = _TO_THE_END.search(names) or _OUTLOOK_RULE.search(given.get("style", ""))
        if self._rest_is_quoted:
            return
        if not self._quotes:
            self.out.append(f"<p>{_OPEN}</p>")
        self._quotes += 1
        self._rest_is_quoted = bool(ends_never)

    def _end(self, element: _Element) -> None:
        self._hidden -= element.is_hidden
        if self._hidden:
            return
        if element.is_dropped:
            self._break()
        else:
            self._finish(element.name)
        if element.is_quote and not self._rest_is_quoted and self._quotes:
            self._quotes -= 1
            if not self._quotes:
                self.out.append(f"<p>{_CLOSE}</p>")
                self._at_line_start = True

    def _start(self, tag: str, given: dict[str, str]) -> None:
        """Divisions become line breaks: html2text would part each from the next by an empty line."""
        if tag in _LISTS:
            self._lists += 1
            if self._lists > _DEEPEST_LIST:
                return
        if tag == "img" and not self._quotes and given.get("src", "").lower().startswith("cid:"):
            self.images.add(given["src"][4:])
        if tag == "br":
            self.out.append("<br>")
            self._at_line_start = True
        elif tag == "div" or _is_line(tag, given):
            self._break()
        elif tag == "a":
            self.out.append(f'<a href="{escape(given.get("href", ""))}">')
        elif tag not in _VOID or tag == "hr":
            self.out.append(f"<{tag}>")

    def _finish(self, tag: str) -> None:
        if tag in _LISTS:
            self._lists -= 1
            if self._lists >= _DEEPEST_LIST:
                return
        if tag == "div":
            self._break()
        else:
            self.out.append(f"</{tag}>")
            self._at_line_start = self._at_line_start or tag == "p"

    def _break(self) -> None:
        if not self._at_line_start:
            self.out.append("<br>")
            self._at_line_start = True


def _without_comments(markup: str) -> str:
    """The markup without comments; one that does not end goes on to the end."""
    kept, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        kept.append(markup[at:start])
        end = markup.find("-->", start + 2)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, markup[at:]])


def _names(given: dict[str, str]) -> str:
    return f"{given.get('class', '')} {given.get('id', '')}"


def _is_line(tag: str, given: dict[str, str]) -> bool:
    """Outlook makes a paragraph of each line."""
    return tag == "p" and "MsoNormal" in given.get("class", "")


def _to_markdown(markup: str) -> str:
    maker = HTML2Text(bodywidth=0)
    maker.unicode_snob = True
    maker.ignore_images = True
    maker.ul_item_mark = "-"
    return maker.handle(markup)


def _lines(text: str) -> list[Line]:
    lines, quoted = [], False
    for line in text.split("\n"):
        content = line.replace("\xa0", " ").rstrip()
        if _OPEN in content or _CLOSE in content:
            quoted = content.rfind(_OPEN) > content.rfind(_CLOSE)
        else:
            lines.append(Line(content, quoted) if quoted else plain_line(content))
    return marked(lines)
