"""Finds one address of every page, by following the links a person with every role is shown."""

from collections import deque
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.pages import Browser

FURTHER = 3
"""Addresses opened of one page in search of links: a draft shows other buttons than what is approved."""


def addresses(app: Flask, browser: Browser, start: list[str]) -> dict[str, str]:
    """Addresses by endpoint, in the order they were found."""
    found: dict[str, str] = {}
    opened: dict[str, int] = {}
    seen: set[str] = set()
    waiting = deque(start)
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        if address in seen or endpoint is None or opened.get(endpoint, 0) >= FURTHER:
            continue
        seen.add(address)
        opened[endpoint] = opened.get(endpoint, 0) + 1
        page = browser.get(address)
        if page.status == 303 and page.location:
            waiting.append(page.location)
        if page.status != 200 or page.response.mimetype != "text/html":
            assert page.status < 400, f"{address} answered {page.status}"
            continue
        found.setdefault(endpoint, address)
        waiting.extend(link.partition("#")[0] for link in page.links().values())
    return found


def endpoint_of(app: Flask, address: str) -> str | None:
    """The endpoint a GET of this address reaches; None for other hosts and for no page of ours."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith("/assets"):
        return None
    try:
        endpoint, _ = app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
