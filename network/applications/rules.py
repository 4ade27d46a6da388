"""The steps of an application for membership, and what they do to the membership itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kernel.errors import N_, P_, NotNow, Refused


class ApplicationState(StrEnum):
    """Where an application stands. Admitted and declined are final."""

    RECEIVED = "received"
    CONSIDERED = "considered"
    ADMITTED = "admitted"
    DECLINED = "declined"


class Kind(StrEnum):
    """What an organisation would be to the network."""

    EMB = "emb"
    PARTNER = "partner"


@dataclass(frozen=True)
class Letter:
    """What an organisation writes that applies.

    `country` is its ISO 3166 code, `language` the ISO 639-1 code in which the contact is answered.
    """

    kind: Kind
    name: str
    country: str | None
    statement: str
    contact_name: str
    contact_address: str
    language: str


STATE_LABELS: Final[Mapping[str, str]] = {
    ApplicationState.RECEIVED: P_("application for membership", "Received"),
    ApplicationState.CONSIDERED: N_("Being considered"),
    ApplicationState.ADMITTED: N_("Admitted"),
    ApplicationState.DECLINED: P_("application for membership", "Declined"),
}
STEP_LABELS: Final[Mapping[str, str]] = {
    ApplicationState.CONSIDERED: N_("Consider the application"),
    ApplicationState.ADMITTED: N_("Admit the organisation"),
    ApplicationState.DECLINED: N_("Decline the application"),
}
KIND_LABELS: Final[Mapping[str, str]] = {
    Kind.EMB: N_("Election management body of a country"),
    Kind.PARTNER: N_("Partner, such as a regional body"),
}

NEXT: Final[Mapping[ApplicationState, tuple[ApplicationState, ...]]] = MappingProxyType(
    {
        ApplicationState.RECEIVED: (ApplicationState.CONSIDERED, ApplicationState.DECLINED),
        ApplicationState.CONSIDERED: (ApplicationState.ADMITTED, ApplicationState.DECLINED),
        ApplicationState.ADMITTED: (),
        ApplicationState.DECLINED: (),
    }
)
"""The states each state leads to, the usual one first."""

DECIDED: Final = frozenset({ApplicationState.ADMITTED, ApplicationState.DECLINED})
"""States that say yes or no: they need a reason and are final."""

MEMBERSHIPS: Final[Mapping[ApplicationState, str]] = MappingProxyType(
    {
        ApplicationState.CONSIDERED: "applied",
        ApplicationState.ADMITTED: "active",
        ApplicationState.DECLINED: "left",
    }
)
"""What each state makes of the organisation's membership."""

CONTACT_KEPT: Final = timedelta(days=180)
"""How long after the decision the contact's name and address are kept."""


def check_step(before: ApplicationState, after: ApplicationState, reason: str) -> None:
    """Raises Refused for a step an application cannot take, and for a decision without its reason."""
    if after not in NEXT[before]:
        raise Refused(
            N_("The application has moved on and cannot take this step. Open it again."),
            field="step",
        )
    if after in DECIDED and not reason:
        raise Refused(
            N_("Enter the reason of the decision: it is kept in the history."), field="reason"
        )


def check_new_member(membership: str | None) -> None:
    """Raises Refused unless an organisation, as it stands now, may become a member.

    None stands for an organisation the network does not know; one that left may apply again.
    """
    if membership == "applied":
        raise NotNow(
            N_("Another application of this organisation is being considered. Decide on it first.")
        )
    if membership in ("active", "suspended"):
        raise NotNow(N_("This organisation is a member already. Decline the application."))


def contact_forgotten_from(now: datetime) -> datetime:
    """Contacts of applications decided before this moment are forgotten."""
    return now - CONTACT_KEPT
