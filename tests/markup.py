"""HTML as a browser reads it, and what a browser would have to mend."""

from lxml.html import HtmlElement, document_fromstring
from markupever import HtmlOptions, Parser


def parse(html: str, *, of: str) -> HtmlElement:
    """The parsed document. Fails on markup that is not valid, as the parser of a browser tells it.

    That parser (html5ever) also says where every element ends; what it read goes to lxml to be searched.
    """
    parser = Parser(HtmlOptions(exact_errors=True)).process(html).finish()
    errors = parser.errors()
    assert not errors, f"{of}: invalid HTML {errors[:3]}"
    return document_fromstring(parser.into_dom().serialize(is_html=True))
