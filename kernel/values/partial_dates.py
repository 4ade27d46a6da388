"""Days that are known as far as a source tells: to the day, the month or the year.

What nobody knows stays unknown: a missing day is never taken for the first of the month.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps with its month, perhaps with its day.

    Raises ValueError for what no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "2015", "2015-08" or "2015-08-03"; raises ValueError for anything else."""
        matched = _FORM.fullmatch(text.strip())
        if matched is None:
            raise ValueError(f"{text!r} is no year, month or day")
        return cls(*(int(part) if part else None for part in matched.groups()))  # type: ignore[arg-type]

    def __str__(self) -> str:
        parts = (
            f"{self.year:04}",
            self.month and f"{self.month:02}",
            self.day and f"{self.day:02}",
        )
        return "-".join(part for part in parts if part)

    @property
    def as_date(self) -> date | None:
        """The day itself, where it is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


@lru_cache(maxsize=4096)
def in_words(value: PartialDate, locale: str) -> str:
    """August 2015, or 3 August 2015, or 2015: as far as it is known, as a locale writes it."""
    if (known := value.as_date) is not None:
        return format_date(known, "long", locale=locale)
    if value.month is None:
        return str(value.year)
    return format_date(date(value.year, value.month, 1), "LLLL y", locale=locale)
