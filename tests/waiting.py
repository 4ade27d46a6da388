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
    """Look up to ten times a second until the condition holds; fails when it does not in time.

    The default is long: what takes a second alone may take twenty beside other tests. Where looking takes
    long, most of the time is left to those who are waited for.
    """
    deadline = time.monotonic() + seconds
    while True:
        began = time.monotonic()
        if condition():
            return
        assert time.monotonic() < deadline, f"it did not happen within {seconds} seconds"
        time.sleep(max(0.1, 3 * (time.monotonic() - began)))
