"""How the floor's templates write what a database holds: by Babel alone."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_datetime, format_timedelta

from benchmarks import floor_budget
from kernel.values.prose import rendered


def moment(value: datetime) -> str:
    """Day and time."""
    return format_datetime(value, "d MMM y, HH:mm", locale="en_GB")


def ago(value: datetime) -> str:
    """How long it is past."""
    if datetime.now(UTC) - value < timedelta(minutes=1):
        return "just now"
    passed = -((datetime.now(UTC) - value) // timedelta(minutes=1)) * timedelta(minutes=1)
    return format_timedelta(passed, granularity="minute", add_direction=True, locale="en_GB")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "moment": moment,
    "ago": ago,
    "exact": floor_budget.exact,
    "short_day": floor_budget.short_day,
    "prose": lru_cache(rendered),  # whoever shows Markdown keeps what it became
}
