"""Where pages name objects by their ids: what their forms send, and the queries of what they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from lxml.html import HtmlElement

from kernel.web.idempotency import FIELD as KEY_FIELD
from tests.pages import Page, filled


@dataclass(frozen=True)
class Named:
    """An id that a form or an address sends under a name, beside what else is sent."""

    path: str
    name: str
    id: str
    data: dict[str, Any]

    def naming(self, id: str) -> dict[str, Any]:
        """What is sent, with another id."""
        return self.data | {self.name: id}


def in_forms(page: Page) -> Iterator[Named]:
    """What the forms of a page send to change something: options to choose, boxes, buttons, hidden fields."""
    for form in page.document.iter("form"):
        if form.get("method") == "post":
            data = dict(filled(form))
            for name, id in _ids(form):
                for button in form.iter("button"):
                    target = button.get("formaction") or form.get("action") or page.path
                    yield Named(target, name, id, data)


def in_queries(page: Page) -> Iterator[Named]:
    """What its links and its forms that look for something ask."""
    for link in page.document.iter("a"):
        target = urlsplit(link.get("href", ""))
        query = dict(parse_qsl(target.query))
        for name, value in query.items():
            if is_id(value) and not target.netloc:
                yield Named(target.path or page.path, name, value, query)
    for form in page.document.iter("form"):
        if form.get("method", "get") == "get":
            for name, id in _ids(form):
                yield Named(form.get("action") or page.path, name, id, dict(filled(form)))


def _ids(form: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each name under which a form sends an id, with the first of the ids."""
    first: dict[str, str] = {}
    for control in form.iter("select", "input", "button"):
        name = control.get("name")
        values = [each.get("value", "") for each in (control, *control.iter("option"))]
        for value in filter(is_id, values):
            if name and name != KEY_FIELD:
                first.setdefault(name, value)
    yield from first.items()


def is_id(text: str) -> bool:
    """Whether a text is the id of something."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False
