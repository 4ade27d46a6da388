"""Minutes attended: what is earned by them, and what offices write for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

DEFAULT_THRESHOLD: Final = Fraction(4, 5)
"""The share of the scheduled minutes that earns a certificate, unless the workshop says otherwise."""

_MINUTES = re.compile(r"(\d{1,4})(?:min|mins|minutes|m|')?")
_HOURS = re.compile(r"(\d{1,2})(?:h|hr|hrs|hour|hours)(?:(\d{1,2})(?:min|mins|minutes|m|')?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Attended:
    """One person's minutes in one session."""

    attended: int
    scheduled: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody's attendance amounts to: minutes attended of minutes scheduled."""

    attended: int
    scheduled: int
    threshold: Fraction

    @property
    def took_part(self) -> bool:
        """Whether she took part: one attended minute is enough, registration is not."""
        return self.attended >= 1

    @property
    def earned(self) -> bool:
        """Whether she reached the threshold. Exact: 960 of 1,200 minutes are four fifths, 959 are not."""
        return self.took_part and self.attended >= self.threshold * self.scheduled

    @property
    def needed(self) -> int:
        """The fewest minutes that reach the threshold."""
        return -((-self.threshold * self.scheduled) // 1)


def standing(minutes: Iterable[Attended], threshold: Fraction = DEFAULT_THRESHOLD) -> Standing:
    """Add up one person's sessions; every scheduled session counts, attended or not."""
    rows = list(minutes)
    return Standing(
        attended=sum(row.attended for row in rows),
        scheduled=sum(row.scheduled for row in rows),
        threshold=threshold,
    )


def parse_minutes(text: str) -> int | None:
    """Minutes as offices write them: "90", "180 min", "1h30", "2 hours", "1:30"; None for anything else.

    Negative numbers and fractions are not minutes somebody attended.
    """
    plain = "".join(text.casefold().split())
    if matched := _MINUTES.fullmatch(plain):
        return int(matched[1])
    if matched := _HOURS.fullmatch(plain) or _CLOCK.fullmatch(plain):
        hours, minutes = int(matched[1]), int(matched[2] or 0)
        return hours * 60 + minutes if minutes < 60 else None
    return None
