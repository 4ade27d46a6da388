"""What holds for workshops: when they were held and what share of their minutes earns a certificate."""

from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from kernel.values.partial_dates import PartialDate


class WorkshopState(StrEnum):
    """The states of a workshop, in the order it goes through them."""

    DRAFT = "draft"
    CALL_OPEN = "call_open"
    SELECTING = "selecting"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class Held(Protocol):
    """Anything held on a day that is known as far as somebody told."""

    @property
    def year(self) -> int: ...  # noqa: D102
    @property
    def month(self) -> int | None: ...  # noqa: D102
    @property
    def day(self) -> int | None: ...  # noqa: D102


class Thresholded(Protocol):
    """Anything with a share of minutes kept as two whole numbers."""

    @property
    def threshold_numerator(self) -> int: ...  # noqa: D102
    @property
    def threshold_denominator(self) -> int: ...  # noqa: D102


def held_of(workshop: Held) -> PartialDate:
    """When a workshop was or will be held, as far as it is known; its agenda's days say nothing here."""
    return PartialDate(workshop.year, workshop.month, workshop.day)


def threshold_of(workshop: Thresholded) -> Fraction:
    """The exact share of scheduled minutes that earns a certificate of this workshop."""
    return Fraction(workshop.threshold_numerator, workshop.threshold_denominator)
