"""The states of a vacancy and of an application, and the moment a vacancy closes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from kernel.errors import N_, Refused

LONGEST_TERM: Final = 12
"""Months; a placement is never renewed nor extended (DOMAIN §5)."""


END_OF_DAY: Final = time.max
"""The time of a deadline that names none."""


class VacancyState(StrEnum):
    """The states of a vacancy, in the order it goes through them."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"
    FILLED = "filled"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of a vacancy that closed."""

    FILLED = "filled"
    FAILED = "failed"


class ApplicationState(StrEnum):
    """The states of an application so far; screened means decided at closing."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCREENED = "screened"
    WITHDRAWN = "withdrawn"


NEXT_STATES: Final[Mapping[VacancyState, frozenset[VacancyState]]] = {
    VacancyState.DRAFT: frozenset({VacancyState.APPROVED}),
    # An edit takes the approval away: somebody else approves what it says now.
    VacancyState.APPROVED: frozenset({VacancyState.PUBLISHED, VacancyState.DRAFT}),
    VacancyState.PUBLISHED: frozenset({VacancyState.CLOSED}),
    VacancyState.CLOSED: frozenset({VacancyState.FILLED, VacancyState.FAILED}),
    VacancyState.FILLED: frozenset(),
    VacancyState.FAILED: frozenset(),
}
"""Where each state may lead."""

EDITABLE: Final = frozenset({VacancyState.DRAFT, VacancyState.APPROVED})
"""The states in which nobody outside has read the vacancy: its rules freeze when it is published."""


def closing_moment(day: date, at: time | None, zone: str) -> datetime:
    """The moment after which nobody can apply, in UTC.

    Without a time it is the end of that local day. A time that comes twice, when clocks are turned
    back, means the later one. Raises Refused on `closes_time` for one that clocks skip.
    """
    place = ZoneInfo(zone)
    local = datetime.combine(day, END_OF_DAY if at is None else at, place).replace(fold=1)
    moment = local.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(
            N_("Enter another time: clocks in %(zone)s skip this one on that day."),
            field="closes_time",
            zone=zone,
        )
    return moment


def is_over(closes_at: datetime, now: datetime) -> bool:
    """Whether the deadline has passed."""
    return now >= closes_at


def written_deadline(closes_at: datetime, zone: str) -> str:
    """The deadline the same for every reader: "2027-03-12 23:59 (Europe/London)"."""
    return f"{closes_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
