"""When a mission may move on: its states, its invitation, and what an approval stands on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from kernel.errors import N_, NotNow, Refused


class MissionKind(StrEnum):
    """What a mission is sent to do."""

    ASSESSMENT = "assessment"
    OBSERVATION = "observation"
    EXPERT_TEAM = "expert_team"
    ADVANCE = "advance"


class MissionState(StrEnum):
    """Where a mission stands. The last three are final."""

    PROPOSED = "proposed"
    ASSESSING = "assessing"
    APPROVED = "approved"
    RECRUITING = "recruiting"
    DEPLOYED = "deployed"
    REPORTING = "reporting"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    DOWNSIZED = "downsized"


class Ending(StrEnum):
    """How a mission ends before its course is run: not at all, or as a smaller one in its place."""

    CANCELLED = "cancelled"
    DOWNSIZED = "downsized"


class InvitationState(StrEnum):
    """Whether the country has asked for the mission, and what was answered."""

    NONE = "none"
    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Finding(StrEnum):
    """What a pre-election assessment concludes about sending a mission."""

    FAVOURABLE = "favourable"
    CONDITIONAL = "conditional"
    UNFAVOURABLE = "unfavourable"


class Precision(StrEnum):
    """How exactly polling day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_COURSE: Final = (
    MissionState.PROPOSED,
    MissionState.ASSESSING,
    MissionState.APPROVED,
    MissionState.RECRUITING,
    MissionState.DEPLOYED,
    MissionState.REPORTING,
    MissionState.CLOSED,
)

NEXT_STATE: Final[Mapping[MissionState, MissionState]] = MappingProxyType(dict(pairwise(_COURSE)))
"""The one state each open state leads to; a final state leads nowhere."""

NEXT_INVITATION: Final[Mapping[InvitationState, frozenset[InvitationState]]] = MappingProxyType(
    {
        # A letter may arrive that nobody asked for.
        InvitationState.NONE: frozenset({InvitationState.REQUESTED, InvitationState.RECEIVED}),
        InvitationState.REQUESTED: frozenset({InvitationState.RECEIVED}),
        InvitationState.RECEIVED: frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED}),
        InvitationState.ACCEPTED: frozenset(),
        InvitationState.DECLINED: frozenset(),
    }
)


ENDED: Final = N_("This mission has ended: it can be read and no longer changed.")

_INVITATION_REFUSALS: Final[Mapping[InvitationState, str]] = MappingProxyType(
    {
        InvitationState.NONE: N_("Record the invitation as received before it is answered."),
        InvitationState.REQUESTED: N_("Record the invitation as received before it is answered."),
        InvitationState.RECEIVED: N_("The invitation has been received: record the answer to it."),
    }
)


@dataclass(frozen=True)
class Standing:
    """The facts a mission's next step is judged by."""

    kind: MissionKind
    state: MissionState
    invitation: InvitationState = InvitationState.NONE
    finding: Finding | None = None
    waived: bool = False
    precision: Precision = Precision.DAY
    report_issued: bool = False
    accounts_settled: bool = False


def is_open(state: MissionState) -> bool:
    """Whether the mission has not reached a final state."""
    return state in NEXT_STATE


def approval_blockers(standing: Standing) -> list[str]:
    """What still stands in the way of approving a mission, each as a message saying what to do.

    An observation needs a written invitation or welcome from the country, and an assessment or a
    recorded waiver of it. The invitation cannot be waived.
    Source: Declaration of Principles for International Election Observation (2005), article 12 a.
    """
    if standing.kind is not MissionKind.OBSERVATION:
        return []
    blockers = []
    if standing.invitation is InvitationState.DECLINED:
        blockers.append(N_("The invitation was declined: cancel the mission or downsize it."))
    elif standing.invitation not in {InvitationState.RECEIVED, InvitationState.ACCEPTED}:
        blockers.append(N_("Record the written invitation or welcome of the country."))
    if standing.finding is None and not standing.waived:
        blockers.append(N_("Record the assessment, or a waiver with its reason."))
    if standing.finding is Finding.UNFAVOURABLE and not standing.waived:
        blockers.append(
            N_("The assessment advises against a mission: record a waiver with its reason.")
        )
    return blockers


def blockers(standing: Standing) -> list[str]:
    """What stands in the way of the mission's next state, as messages; empty when nothing does."""
    following = NEXT_STATE.get(standing.state)
    if following is MissionState.APPROVED:
        return approval_blockers(standing)
    if following is MissionState.DEPLOYED and standing.precision is not Precision.DAY:
        return [N_("Enter the exact polling day before the mission is deployed.")]
    if following is MissionState.CLOSED:
        return _closing_blockers(standing)
    return []


def _closing_blockers(standing: Standing) -> list[str]:
    missing = []
    if not standing.report_issued:
        missing.append(N_("Record the day the mission's report was issued."))
    if not standing.accounts_settled:
        missing.append(N_("Record the day the mission's accounts were settled."))
    return missing


def advanced(standing: Standing) -> MissionState:
    """The state after this one; raises Refused with the first thing that stands in the way."""
    following = NEXT_STATE.get(standing.state)
    if following is None:
        raise NotNow(ENDED)
    for blocker in blockers(standing):
        raise NotNow(blocker)
    return following


def ended(state: MissionState, ending: Ending) -> MissionState:
    """The state of a mission ended early; raises Refused when it has already ended."""
    if not is_open(state):
        raise NotNow(ENDED)
    return MissionState(ending)


def invitation_moved(before: InvitationState, after: InvitationState) -> InvitationState:
    """The invitation's new state; raises Refused for a step the correspondence cannot take."""
    if not NEXT_INVITATION[before]:
        raise NotNow(N_("The invitation was answered already: there is nothing more to record."))
    if after not in NEXT_INVITATION[before]:
        raise Refused(_INVITATION_REFUSALS[before], field="state")
    return after


def happened_on(on: date, *, today: date, after: date | None = None, field: str = "on") -> date:
    """The day something is recorded for; raises Refused in the future or before what it follows."""
    if on > today:
        raise Refused(N_("Enter a day that is not in the future."), field=field)
    if after is not None and on < after:
        raise Refused(N_("Enter a day that is not before the step it follows."), field=field)
    return on


def require_undecided(state: MissionState) -> None:
    """Raises Refused once a mission is approved: what it was approved on stays as it was."""
    if state not in {MissionState.PROPOSED, MissionState.ASSESSING}:
        raise NotNow(
            N_("The mission has been decided on: its assessment and waiver can no longer change.")
        )
