"""Somebody who opens pages and fills in forms at a server that runs."""

import re
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """One browser, at one network's host name."""

    def __init__(self, port: int, host: str) -> None:
        self._place, self._host = f"http://127.0.0.1:{port}", host
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def look(self, path: str) -> str:
        """The page at a path; raises HTTPError where it answers with an error."""
        return self._ask(path, None)

    def send(self, path: str, **typed: str) -> str:
        """Fill in the form of a page and send it; what is shown after it."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.look(path))}
        return self._ask(path, urlencode(hidden | typed).encode())

    def _ask(self, path: str, data: bytes | None) -> str:
        request = Request(self._place + path, data=data, headers={"Host": self._host})
        with self._open(request, timeout=60) as answer:
            return str(answer.read().decode())
