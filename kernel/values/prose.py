"""What people write: Markdown, turned into markup that cannot harm, or into plain words."""

from html import unescape
from typing import Any, Final

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


class _Renderer(RendererHTML):
    """Headings moved down, nothing else."""

    def renderToken(  # noqa: N802 - the name the library calls
        self, tokens: Any, idx: int, options: Any, env: Any
    ) -> str:
        token: Token = tokens[idx]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = _DEEPER.get(token.tag, "h5")
        return super().renderToken(tokens, idx, options, env)


_markdown = MarkdownIt(
    "commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer
).enable(["table", "strikethrough"])


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
