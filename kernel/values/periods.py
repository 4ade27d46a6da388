"""Whole days: periods that include both their ends, and when a local day is over."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """The days from start to end, both included; raises ValueError when it ends before it starts.

    Periods sort by start, then by end.
    """

    start: datetime.date
    end: datetime.date

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if isinstance(day, datetime.datetime) or not isinstance(day, datetime.date):
                raise TypeError(f"a period is made of whole days, not {day!r}")
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end}, before it starts on {self.start}")

    @classmethod
    def of_days(cls, start: datetime.date, days: int) -> "Period":
        """A period of so many days from a first day; raises ValueError for less than one."""
        return cls(start, start + (days - 1) * _ONE_DAY)

    @property
    def days(self) -> int:
        """Days, both ends included: 3 from Monday to Wednesday."""
        return (self.end - self.start).days + 1

    @property
    def nights(self) -> int:
        """Nights between the days, always one fewer: 2 from Monday to Wednesday."""
        return self.days - 1

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[datetime.date]:
        return (self.start + number * _ONE_DAY for number in range(self.days))

    def overlap(self, other: "Period") -> "Period | None":
        """The days both periods have; None when they have none in common."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def shifted(self, days: int) -> "Period":
        """The period so many days later (earlier when negative), as long as before."""
        return Period(self.start + days * _ONE_DAY, self.end + days * _ONE_DAY)


def end_of_day(day: datetime.date, zone: str) -> datetime.datetime:
    """The moment a local day is over, in UTC: the first instant that no longer belongs to it.

    A deadline on that day is still met at any earlier moment. `zone` is an IANA name; right also
    where clocks change at midnight or a day was skipped at the date line.
    """
    midnight = datetime.datetime.combine(day + _ONE_DAY, datetime.time(), ZoneInfo(zone))
    return midnight.astimezone(datetime.UTC)
