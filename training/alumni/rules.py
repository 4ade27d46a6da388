"""What alumni state themselves: when they could go, and what they allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kernel.errors import N_, Refused
from kernel.values.periods import Period


class RecordState(StrEnum):
    """Where an alumni record stands: invited until she says something herself."""

    INVITED = "invited"
    ACTIVE = "active"
    DORMANT = "dormant"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Merged:
    """A period to state, and those stated before that it takes in."""

    period: Period
    replaced: tuple[Period, ...]


def awakened(state: RecordState) -> RecordState:
    """The state of a record after its person said something; an erased one stays erased."""
    return state if state is RecordState.ERASED else RecordState.ACTIVE


def future_period(first: date, last: date, *, today: date) -> Period:
    """Days somebody could go; raises Refused when they end before they begin, or begin in the past."""
    if first < today:
        raise Refused(N_("Enter a first day that is not in the past."), field="starts_on")
    if last < first:
        raise Refused(N_("Enter a last day that is not before the first day."), field="ends_on")
    return Period(first, last)


def merged(stated: Iterable[Period], added: Period) -> Merged:
    """A new period joined with all it overlaps or adjoins, so that no day is stated twice.

    Periods stated before never adjoin each other: one look at each is enough.
    """
    touching = tuple(sorted(period for period in stated if _touch(period, added)))
    every = (*touching, added)
    whole = Period(min(p.start for p in every), max(p.end for p in every))
    return Merged(whole, touching)


def _touch(one: Period, other: Period) -> bool:
    """Whether two periods share a day, or the one begins the day after the other."""
    day = timedelta(days=1)
    return one.start <= other.end + day and other.start <= one.end + day
