"""A browser without a screen: follows the page's own forms, hidden fields, CSRF token and all.

It fails on invalid HTML, duplicate ids and missing titles, so that every page test is a markup test.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from kernel.db import db, scoped
from kernel.files.responses import FILE_POLICY
from kernel.identity.actor import Actor
from kernel.identity.models import SignInSession
from kernel.values import clock
from kernel.web.headers import ALWAYS, CONTENT_SECURITY_POLICY
from kernel.web.visitors import digest
from tests.markup import parse


class Page:
    """An answer: `status`, `text`, and for HTML its forms and links."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        query = response.request.query_string.decode()
        self.address = f"{self.path}?{query}" if query else self.path
        self.location = response.headers.get("Location")
        check_headers(response)
        if response.mimetype == "text/html" and response.data:
            self._check_markup()

    @cached_property
    def html(self) -> str:
        """The markup as text."""
        return self.response.get_data(as_text=True)

    @cached_property
    def document(self) -> HtmlElement:
        """The parsed page. Fails on markup a browser would have to mend."""
        return parse(self.html, of=self.path)

    @property
    def text(self) -> str:
        """What a reader sees, white space folded."""
        body = self.document.find("body")
        return " ".join("".join(body.itertext() if body is not None else ()).split())

    @property
    def title(self) -> str:
        """The window's title."""
        return " ".join((self.document.findtext("head/title") or "").split())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        box = next((e for e in self.document.iter() if e.get("role") == "alert"), None)
        return (
            []
            if box is None
            else [" ".join("".join(li.itertext()).split()) for li in box.iter("li")]
        )

    def links(self) -> dict[str, str]:
        """Addresses by link text."""
        return {
            " ".join("".join(a.itertext()).split()): a.get("href", "")
            for a in self.document.iter("a")
        }

    def form(self, button: str | None = None) -> tuple[HtmlElement, HtmlElement | None]:
        """The form with a button of this label (the last form in <main> when none is named)."""
        main = self.document.find(".//main")
        forms = list((main if main is not None else self.document).iter("form"))
        if button is None:
            return forms[-1], None
        for form in self.document.iter("form"):
            for candidate in form.iter("button"):
                if " ".join("".join(candidate.itertext()).split()) == button:
                    return form, candidate
        raise AssertionError(f"no button {button!r} on {self.path}; there is {self._buttons()}")

    def _buttons(self) -> list[str]:
        return [" ".join("".join(b.itertext()).split()) for b in self.document.iter("button")]

    def _check_markup(self) -> None:
        document = self.document
        if "<html" not in self.html:
            return
        ids = Counter(e.get("id") for e in document.iter() if e.get("id"))
        doubled = {i for i, times in ids.items() if times > 1}
        assert not doubled, f"{self.path}: duplicate ids {doubled}"
        assert self.title, f"{self.path}: no title"
        inline = [e.tag for e in document.iter() if _is_inline(e)]
        assert not inline, f"{self.path}: style or script inside {inline}"
        assert "\x04" not in self.html, f"{self.path}: a message with its context is not translated"


class Browser:
    """One person's browser at one network."""

    def __init__(self, client: FlaskClient, base_url: str) -> None:
        self.client = client
        self.base_url = base_url

    @classmethod
    def at(cls, app: Flask, host: str, actor: Any = None) -> Browser:
        """A browser at a host name, signed in as `actor` if one is given."""
        browser = cls(app.test_client(), f"http://{host}")
        if isinstance(actor, Actor):
            browser._sign_in(app, actor)
        return browser

    def _sign_in(self, app: Flask, actor: Actor) -> None:
        token = secrets.token_urlsafe(32)
        with app.app_context(), scoped(actor.tenant_id):
            expires = clock.now() + timedelta(hours=12)
            db.session.add(
                SignInSession(account_id=actor.account_id, digest=digest(token), expires_at=expires)
            )
            db.session.commit()
        with self.client.session_transaction(base_url=self.base_url) as session:
            session["_user_id"] = token

    def get(self, path: str, **options: Any) -> Page:
        """Open an address."""
        return Page(self.client.get(path, base_url=self.base_url, **options))

    def post(self, path: str, **options: Any) -> Page:
        """Send something no form on a page would send."""
        return Page(self.client.post(path, base_url=self.base_url, **options))

    def submit(self, page: Page, button: str | None = None, **typed: Any) -> Page:
        """Fill in a form of the page and press a button; a redirect is followed once."""
        form, pressed = page.form(button)
        data = dict(filled(form))
        unknown = set(typed) - {e.get("name") for e in form.iter()}
        assert not unknown, f"{page.path}: the form has no fields {unknown}"
        data |= typed
        if pressed is not None and pressed.get("name"):
            data[pressed.get("name", "")] = pressed.get("value", "")
        action = (
            (pressed is not None and pressed.get("formaction"))
            or form.get("action")
            or page.address
        )
        if form.get("method", "get").lower() == "get":
            return self.get(action, query_string=data)
        answer = self.post(action, data=data)
        if answer.status in (302, 303) and answer.location:
            return self.get(answer.location)
        return answer


def check_headers(response: TestResponse) -> None:
    """Fails on an answer without one of the headers that protect every answer, a kept file's among them."""
    said = {name: response.headers.getlist(name) for name in ALWAYS}
    if said["Content-Security-Policy"] == [FILE_POLICY]:
        assert response.headers["Content-Disposition"].startswith(("attachment", "inline"))
        said["Content-Security-Policy"] = [CONTENT_SECURITY_POLICY]
    unlike = {name for name, values in said.items() if values != [ALWAYS[name]]}
    assert not unlike, f"{response.request.path}: {unlike}"


def _is_inline(element: HtmlElement) -> bool:
    """Whether an element is or carries what the content security policy does not let run."""
    script = element.tag == "script" and not element.get("src")
    named = (str(name) for name in element.attrib)
    return script or element.tag == "style" or any(n == "style" or n[:2] == "on" for n in named)


def filled(form: HtmlElement) -> Iterator[tuple[str, Any]]:
    """What the browser would send if nothing were typed."""
    several: dict[str, list[str]] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "input" and kind not in ("file", "submit", "button"):
            if kind in ("checkbox", "radio") and element.get("checked") is None:
                continue
            several.setdefault(name, []).append(
                element.get("value", "on" if kind == "checkbox" else "")
            )
        elif element.tag == "textarea":
            several.setdefault(name, []).append((element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            several.setdefault(name, []).extend(o.get("value", o.text or "") for o in chosen)
    for name, values in several.items():
        yield name, values if len(values) > 1 else values[0]
