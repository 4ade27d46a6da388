"""People in front of a real browser: language, width, theme and sign-in of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.axe import SCRIPT
from tests.factories import TestTenant
from tests.pages import Browser as PlainBrowser

EXPECTED = (
    "Failed to load resource",  # a refused form answers 422, which is the page the test asked for
    "Cross-Origin-Opener-Policy header has been ignored",  # the test server has no TLS
)
WIDTHS = {1280: 900, 390: 844, 320: 640}
MODES = list(product(["en", "ar"], [1280, 390], ["light", "dark"]))
"""Language, width and theme, every way: each template is looked at in all of them, by `make test-all`."""
USUAL = [MODES[0], MODES[-1]]
"""Two that differ in everything: those of `make test`."""


@dataclass
class People:
    """Opens pages of one network in one Chromium; every complaint of the browser is kept."""

    app: Flask
    chromium: Browser
    tenant: TestTenant
    port: int
    screens: Path | None
    modes: Sequence[tuple[str, int, str]]
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the network answers."""
        return f"http://{self.tenant.host}:{self.port}"

    def page(
        self,
        actor: Any = None,
        *,
        lang: str = "en",
        width: int = 1280,
        theme: str = "light",
        scripts: bool = True,
        axe: bool = False,
    ) -> Page:
        """A page of a new browser profile, signed in as `actor` if one is given.

        Give relative addresses to `page.goto`. `scripts=False` is a browser without JavaScript. `axe`
        brings axe into every page as it loads: quicker than asking each, where many are looked at.
        """
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            locale={"en": "en-GB", "fr": "fr-FR", "ar": "ar"}[lang],
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        cookies = [self._cookie("language", lang)]
        if actor is not None:
            cookies.append(self._cookie("comitia", self._session(actor)))
        context.add_cookies(cookies)  # type: ignore[arg-type]
        if axe and SCRIPT.exists():
            context.add_init_script(path=SCRIPT)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        return page

    def screenshot(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, where there are people who want to look at it."""
        if self.screens is not None:
            page.screenshot(path=self.screens / f"{name}.png", full_page=True)

    def close(self) -> None:
        """Close every profile."""
        for context in self.contexts:
            context.close()

    def _session(self, actor: Any) -> str:
        client = PlainBrowser.at(self.app, self.tenant.host, actor).client
        cookie = client.get_cookie("comitia", domain=self.tenant.host)
        assert cookie is not None
        return cookie.value

    def _cookie(self, name: str, value: str) -> dict[str, str]:
        return {"name": name, "value": value, "url": self.address}

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(text in message.text for text in EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")


def overflow(page: Page) -> int:
    """How many px the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
