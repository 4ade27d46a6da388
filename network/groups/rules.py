"""What a group is, and what always holds for it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kernel.errors import N_, Refused


class GroupKind(StrEnum):
    """What a group is for."""

    STEERING_COMMITTEE = "steering_committee"
    WORKING_GROUP = "working_group"
    CONFERENCE = "conference"
    REGION = "region"
    COHORT = "cohort"
    OPEN = "open"


class Joining(StrEnum):
    """How one becomes a member of a group."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    INVITATION = "invitation"
    EX_OFFICIO = "ex_officio"


class GroupVisibility(StrEnum):
    """Whether everybody in the network may read along, or only the members.

    Everybody knows of a private group by its name and purpose; of a secret one only who is in it,
    who is invited, and who keeps all groups.
    """

    OPEN = "open"
    PRIVATE = "private"
    SECRET = "secret"  # noqa: S105 - a word of the domain


class GroupState(StrEnum):
    """An archived group can be read and not written in."""

    ACTIVE = "active"
    ARCHIVED = "archived"


KIND_LABELS = {
    GroupKind.STEERING_COMMITTEE: N_("Steering committee"),
    GroupKind.WORKING_GROUP: N_("Working group"),
    GroupKind.CONFERENCE: N_("Conference"),
    GroupKind.REGION: N_("Region"),
    GroupKind.COHORT: N_("Cohort"),
    GroupKind.OPEN: N_("Open group"),
}
JOINING_LABELS = {
    Joining.OPEN: N_("Anybody may join"),
    Joining.ON_REQUEST: N_("On request to the chair"),
    Joining.INVITATION: N_("By invitation of the chair"),
    Joining.EX_OFFICIO: N_("By office held"),
}
VISIBILITY_LABELS = {
    GroupVisibility.OPEN: N_("Everybody in the network may read"),
    GroupVisibility.PRIVATE: N_("Only members may read; everybody sees name and purpose"),
    GroupVisibility.SECRET: N_("Only members may read, and nobody else knows of it"),
}


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a group, as access and rules need it."""

    group_id: UUID
    name: str
    state: GroupState
    visibility: GroupVisibility
    joining: Joining
    is_member: bool
    is_chair: bool

    @property
    def is_active(self) -> bool:
        """Whether one may still write in the group."""
        return self.state is GroupState.ACTIVE

    @property
    def is_open(self) -> bool:
        """Whether everybody in the network may read in the group."""
        return self.visibility is GroupVisibility.OPEN


def check_active(state: str) -> None:
    """Raises Refused when the group is archived."""
    if state == GroupState.ARCHIVED:
        raise Refused(N_("This group is archived: it can be read and no longer changed."))


def check_joinable(standing: Standing) -> None:
    """Raises Refused when one cannot simply join."""
    check_active(standing.state)
    if standing.joining is not Joining.OPEN:
        raise Refused(N_("Ask the chair of this group to add you."))


def check_may_leave(person_id: UUID, chair_id: UUID) -> None:
    """A group is never without a chair. Raises Refused for the one who chairs it now."""
    if person_id == chair_id:
        raise Refused(N_("Name another chair first: a group is never without one."))
