"""What people write: Markdown, turned into markup that cannot harm, or into plain words."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final
from uuid import UUID

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

_NAMES: Final = (
    "a blockquote br code del em h3 h4 h5 hr li ol p pre s strong table tbody td th thead tr ul"
)
_TAGS: Final = frozenset(_NAMES.split())
"""No pictures: they would tell a stranger's server who reads, and when."""
_DEEPER: Final = {"h1": "h3", "h2": "h4"}
"""A page has its own first headings; those of a text come below them."""


Address = Callable[[UUID], str]
_addresses: dict[str, Address] = {}
_REFERENCE = re.compile(r"([a-z]+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def register_reference(kind: str, address: Address) -> None:
    """Let `[words](kind:UUID)` lead to the page whose address `address` tells."""
    _addresses[kind] = address


class _Renderer(RendererHTML):
    """Headings moved down, references led to their pages, nothing else."""

    def renderToken(  # noqa: N802 - the name the library calls
        self, tokens: Any, idx: int, options: Any, env: Any
    ) -> str:
        token: Token = tokens[idx]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = _DEEPER.get(token.tag, "h5")
        elif token.type == "link_open" and (found := _reference(token)) and found[0] in _addresses:
            token.attrSet("href", _addresses[found[0]](found[1]))
        return super().renderToken(tokens, idx, options, env)


_markdown = MarkdownIt(
    "commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer
).enable(["table", "strikethrough"])


def _reference(token: Token) -> tuple[str, UUID] | None:
    match = _REFERENCE.fullmatch(str(token.attrGet("href") or ""))
    return (match[1], UUID(match[2])) if match else None


def references(text: str, kind: str) -> Iterator[tuple[str, UUID]]:
    """What a text itself refers to with `[words](kind:UUID)`, each with the character before it.

    What it quotes and what stands in code refers to nothing.
    """
    quoted = 0
    for block in _markdown.parse(text):
        before = ""
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(block.type, 0)
        if quoted:
            continue
        for token in block.children or ():
            if token.type == "link_open" and (found := _reference(token)) and found[0] == kind:
                yield before, found[1]
            before = token.content[-1:]


def rendered(text: str) -> Markup:
    """Markdown as markup: a few harmless elements, links that say nothing of where they come from."""
    markup = nh3.clean(
        _markdown.render(text),
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(markup)  # noqa: S704 - cleaned above


def plain(text: str) -> str:
    """The words of Markdown without its marks, for search and excerpts."""
    words = unescape(nh3.clean(_markdown.render(text), tags=set()))
    return " ".join(words.split())
