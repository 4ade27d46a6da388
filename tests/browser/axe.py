"""axe-core, run inside the page by the debugger's door, so the content security policy stays as it is."""

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
MISSING = "axe-core is not installed: install npm and run `npm ci`"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHANGING = [
    "color-contrast",
    "link-in-text-block",
    "target-size",
    "html-lang-valid",
    "valid-lang",
]
"""Rules whose answer a theme, a window or a language can change. The rest asks of the markup, which is the
same for all, but for what only a narrow window shows."""
ALIKE = ["tbody > tr:nth-child(n+9)", "main li:nth-child(n+17)"]
"""Of long tables and lists `make test` looks at the beginning: a page of fifty rows takes five times as long.
With EVERY_MODE, as `make test-all` has it, all of them are looked at."""
RUN = """([rules, alike]) => axe.run(
    {include: [['html']], exclude: alike.map(selector => [selector])},
    {runOnly: rules, resultTypes: ['violations']})"""


def rules_for(lang: str, theme: str) -> list[str]:
    """What there is to ask of a page in this mode, at either width."""
    return RULES if lang != "ar" and theme == "light" else CHANGING


def check_axe(page: Page, rules: Sequence[str] = RULES) -> None:
    """Fail on any violation on the page, naming rule, reason and elements.

    Without axe-core the rest of the test goes on, and the report says what was not looked at.
    """
    if not SCRIPT.exists():
        warnings.warn(f"NOT CHECKED for accessibility: {MISSING}", stacklevel=2)
        return
    told = violations(page, rules)
    assert not told, "\n".join(told)


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds on the page, each with its rule, reason and elements. Skips without axe-core."""
    if not SCRIPT.exists():
        pytest.skip(MISSING)
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    alike = [] if "EVERY_MODE" in os.environ else ALIKE
    found: list[dict[str, Any]] = page.evaluate(RUN, [list(rules), alike])["violations"]
    return [
        f"{page.url}\n{violation['id']}: {violation['help']}\n    "
        + "\n    ".join(node["html"][:160] for node in violation["nodes"][:4])
        for violation in found
    ]
