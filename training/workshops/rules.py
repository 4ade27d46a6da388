"""What holds for workshops: their states, days and regions, and what earns a certificate."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, Protocol

from kernel.errors import N_, Refused
from kernel.values.partial_dates import PartialDate
from kernel.values.sorting import sort_key


class WorkshopState(StrEnum):
    """The states of a workshop, in the order it goes through them; it can be cancelled on the way."""

    DRAFT = "draft"
    CALL_OPEN = "call_open"
    SELECTING = "selecting"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class NextStep(StrEnum):
    """What an officer does next with a workshop."""

    IMPORT_AGENDA = "import_agenda"
    IMPORT_PARTICIPANTS = "import_participants"
    LOCK_ATTENDANCE = "lock_attendance"
    ISSUE_CERTIFICATES = "issue_certificates"


DEFAULT_THRESHOLD: Final = Fraction(4, 5)
"""The share of the scheduled minutes that earns a certificate, unless a workshop says otherwise."""

_WAY: Final = tuple(state for state in WorkshopState if state is not WorkshopState.CANCELLED)
_CANCELLABLE: Final = _WAY[: _WAY.index(WorkshopState.DELIVERED)]
_WHOLE_NETWORK: Final = frozenset(
    map(
        sort_key,
        (
            "Pan-Commonwealth", "Pan-network", "Whole network", "All regions",
            "Tout le réseau", "Toutes les régions", "الشبكة بأكملها", "جميع المناطق",
        ),
    )
)  # fmt: skip
"""What offices write where a region is asked for and none is meant."""


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


def means_whole_network(text: str) -> bool:
    """Whether what stands in place of a region says that there is none."""
    return sort_key(text) in _WHOLE_NETWORK


def region_among(text: str, known: Collection[str]) -> str | None:
    """The network's region that is meant, as the network spells it; None when it has no such region.

    A network whose members have no regions yet takes every word for one.
    """
    if not known:
        return text
    return next((region for region in known if sort_key(region) == sort_key(text)), None)


def check_state(before: WorkshopState, after: WorkshopState, *, locked: bool) -> None:
    """Raises Refused for a way no workshop goes: it moves on, or is cancelled before it was delivered.

    One whose attendance is locked was held, whatever its state says.
    """
    if before is after:
        return
    if after is WorkshopState.CANCELLED:
        if locked:
            raise Refused(
                N_("Attendance is locked: people took part, so this workshop cannot be cancelled."),
                field="state",
            )
        possible = before in _CANCELLABLE
    else:
        possible = before in _WAY and _WAY.index(after) > _WAY.index(before)
    if not possible:
        raise Refused(
            N_("A workshop cannot go from this state to that one. Choose another."), field="state"
        )


def check_threshold(before: Fraction, after: Fraction, *, locked: bool) -> None:
    """Raises Refused when the share changes after attendance was locked: people hold it by then."""
    if locked and before != after:
        raise Refused(
            N_(
                "Attendance is locked, so the share that earns a certificate cannot change any more."
                " Leave it as it was."
            ),
            field="threshold",
        )


def has_ended(days: Collection[date], today: date) -> bool:
    """Whether attendance may be locked: the last day of the agenda has come where it is held.

    Sessions have a day and no hour, and certificates are handed out at the close of a workshop.
    """
    return all(day <= today for day in days)


def next_step(
    *, sessions: int, participants: int, ended: bool, locked: bool, issued: bool
) -> NextStep | None:
    """What an officer does next; None while sessions are to come, and when certificates are issued."""
    if not sessions:
        return NextStep.IMPORT_AGENDA
    if not participants:
        return NextStep.IMPORT_PARTICIPANTS
    if not locked:
        return NextStep.LOCK_ATTENDANCE if ended else None
    return None if issued else NextStep.ISSUE_CERTIFICATES
