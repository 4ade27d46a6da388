"""Finds one address of every page, by following the links people are shown."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.pages import Browser, Page

OFTEN = 4
"""Addresses opened of one endpoint: a draft shows other links than what is approved."""


@dataclass
class Reached:
    """What was found: for every endpoint that draws a page one and who saw it; and all that answered."""

    pages: dict[str, tuple[str, Page]] = field(default_factory=dict)
    endpoints: set[str] = field(default_factory=set)

    def crawl(self, app: Flask, browser: Browser, person: str, start: list[str]) -> None:
        """Follow every link from the start as one person; a page that fails fails the test."""
        opened: Counter[str] = Counter()
        seen: set[str] = set()
        waiting = deque(start)
        while waiting:
            address = waiting.popleft().partition("#")[0]
            endpoint = _endpoint(app, address)
            if endpoint is None or address in seen or opened[endpoint] >= OFTEN:
                continue
            seen.add(address)
            opened[endpoint] += 1
            page = browser.get(address)
            assert page.status < 400, f"{address} answers {page.status} to {person}"
            self.endpoints.add(endpoint)
            if page.status in (302, 303) and page.location:
                waiting.append(page.location)
            elif page.response.mimetype == "text/html":
                self.pages.setdefault(endpoint, (person, page))
                waiting.extend(page.links().values())


def _endpoint(app: Flask, address: str) -> str | None:
    """The endpoint a GET of this address reaches; None for other hosts and for nothing of ours."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith("/assets/"):
        return None
    try:
        endpoint, _ = app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
