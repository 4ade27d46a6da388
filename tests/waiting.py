"""Waiting for what other processes do."""

import os
import time
from collections.abc import Callable

MOST_STRETCHED = 4
"""A promise holds within this many times its time, however busy the machine is."""


def promised(seconds: float) -> float:
    """A promised time, stretched by as much as the machine has more to do than it can, within reason."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * min(max(1.0, busy), MOST_STRETCHED)


def wait_until(condition: Callable[[], object], seconds: float = 120.0) -> None:
    """Look ten times a second until the condition holds; fails when it does not in time.

    The default is long: what takes a second alone may take twenty beside other tests.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {seconds} seconds"
        time.sleep(0.1)
