"""The one place that reads the time, so that a test or a demonstration can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen_at: ContextVar[datetime | None] = ContextVar("comitia_frozen_at", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The present calendar day in an IANA time zone, for example `Pacific/Funafuti`."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still at an aware moment.

    Raises ValueError for a moment without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a frozen moment needs a time zone")
    token = _frozen_at.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen_at.reset(token)
