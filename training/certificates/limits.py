"""How many codes may be looked up: enough for an office that checks a batch, too few to guess by."""

from datetime import timedelta
from typing import Final

from kernel.web.limits import Limit, count, source

LOOK_UPS: Final = Limit("verify", 60, timedelta(minutes=10))
"""Codes from one source, on the page and in the API together."""


def count_look_up() -> None:
    """Count a code that is looked up, before it is; raises TooMany."""
    count(LOOK_UPS, source())
