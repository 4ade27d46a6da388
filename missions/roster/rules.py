"""Who may go on a mission: the steps of a nomination, one's own country, free days, one place a day.

Source: Declaration of Principles for International Election Observation (2005), article 6 and the Code of
Conduct: observers are independent of the country they observe.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kernel.errors import N_, NotNow, Refused
from kernel.values.periods import Period


class NominationState(StrEnum):
    """Where a nomination stands. Rejected and withdrawn are final."""

    NOMINATED = "nominated"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RESERVE = "reserve"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Freedom(StrEnum):
    """What somebody's own statement says about some days."""

    WHOLE = "whole"
    PART = "part"
    NOT = "not"
    UNKNOWN = "unknown"


NEXT: Final[Mapping[NominationState, tuple[NominationState, ...]]] = MappingProxyType(
    {
        NominationState.NOMINATED: (NominationState.SHORTLISTED, NominationState.WITHDRAWN),
        NominationState.SHORTLISTED: (
            NominationState.SELECTED,
            NominationState.RESERVE,
            NominationState.REJECTED,
            NominationState.WITHDRAWN,
        ),
        NominationState.RESERVE: (
            NominationState.SELECTED,
            NominationState.REJECTED,
            NominationState.WITHDRAWN,
        ),
        NominationState.SELECTED: (NominationState.ACCEPTED, NominationState.WITHDRAWN),
        NominationState.ACCEPTED: (NominationState.WITHDRAWN,),
        NominationState.REJECTED: (),
        NominationState.WITHDRAWN: (),
    }
)
"""The states each state leads to, the usual one first."""

PLACED: Final = frozenset({NominationState.SELECTED, NominationState.ACCEPTED})
"""States in which somebody's days are taken: she is counted on."""

ENDED: Final = frozenset({NominationState.REJECTED, NominationState.WITHDRAWN})
"""States that leave room for another nomination of the same person."""

OBSERVING: Final = frozenset({"observation", "assessment", "advance"})
"""Kinds of mission that observe, or prepare observing; experts are sent to advise."""

IN_THE_COUNTRY: Final = ("deployment", "assessment_visit", "advance_team")
"""The phases in which a team is in place; a mission's first of these in this order is its own."""


def observes_own_country(kind: str, country: str, own: Collection[str]) -> bool:
    """Whether somebody from these countries would observe her own."""
    return kind in OBSERVING and country in own


def require_independent(kind: str, country: str, own: Collection[str]) -> None:
    """Raises Refused for somebody from the country an observing mission goes to, or from nobody knows where."""
    if observes_own_country(kind, country, own):
        raise Refused(
            N_("Nobody observes their own country. Choose somebody from another country."),
            field="person_id",
        )
    if kind in OBSERVING and not own:
        raise Refused(
            N_("The country of this person is not on record: have it recorded first."),
            field="person_id",
        )


def freedom(stated: Sequence[Period], wanted: Period) -> Freedom:
    """What the stated days say about those wanted; stating none says nothing about any.

    Stated periods never adjoin each other: only a single one can hold all the days.
    """
    if not stated:
        return Freedom.UNKNOWN
    shared = [period.overlap(wanted) for period in stated]
    if wanted in shared:
        return Freedom.WHOLE
    return Freedom.PART if any(shared) else Freedom.NOT


def stepped(before: NominationState, after: NominationState) -> NominationState:
    """The nomination's new state; raises Refused for a step it cannot take."""
    if after not in NEXT[before]:
        raise Refused(
            N_("The nomination has moved on and cannot take this step. Open the team again."),
            field="state",
        )
    return after


def require_consent(after: NominationState, *, withdrawn: bool) -> None:
    """Raises Refused for taking somebody further who no longer agrees to be found; letting go stays open."""
    if withdrawn and after not in ENDED:
        raise Refused(
            N_(
                "This person no longer agrees to be found by mission planners. Ask them to agree again,"
                " or withdraw the nomination."
            ),
            field="state",
        )


def require_removable(state: NominationState) -> None:
    """Raises Refused once somebody has decided on a nomination: it stays on record."""
    if state is not NominationState.NOMINATED:
        raise NotNow(
            N_("This nomination has been decided on. Withdraw it: that keeps it on record.")
        )


def time_in_country(phases: Mapping[str, Period]) -> Period | None:
    """The days a team is in place, among the phases of its mission by key; None without such a phase."""
    return next((phases[key] for key in IN_THE_COUNTRY if key in phases), None)
