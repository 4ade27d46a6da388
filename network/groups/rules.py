"""What a group is, and what always holds for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from kernel.errors import N_, NotNow, Refused


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


class Office(StrEnum):
    """A function at a member whose holders can be the members of a group."""

    HEAD = "head"
    FOCAL_POINT = "focal_point"
    IT = "it"
    TRAINING = "training"


class Answer(StrEnum):
    """What became of a request or an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Came(StrEnum):
    """What made somebody a member."""

    HAND = "hand"
    OFFICE = "office"
    SEAT = "seat"


class Way(StrEnum):
    """How the door of a group stands for one reader."""

    IN = "in"
    JOIN = "join"
    ASK = "ask"
    ASKED = "asked"
    INVITED = "invited"
    CLOSED = "closed"


class Shelf(StrEnum):
    """Where a group stands in the list of groups."""

    MINE = "mine"
    OPEN_TO_ME = "open-to-me"
    OTHERS = "others"
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


OFFICE_LABELS: Final[Mapping[str, str]] = {
    Office.HEAD: N_("Heads of the election management bodies"),
    Office.FOCAL_POINT: N_("Focal points"),
    Office.IT: N_("People in charge of information technology"),
    Office.TRAINING: N_("People in charge of training"),
}
ANSWER_LABELS: Final[Mapping[str, str]] = {
    Answer.OPEN: N_("Waiting for an answer"),
    Answer.ACCEPTED: N_("Answered with yes"),
    Answer.DECLINED: N_("Answered with no"),
    Answer.WITHDRAWN: N_("Taken back"),
}
TERM_NOTICE: Final = timedelta(days=30)
"""How long before a term ends the chair is reminded of it."""
LONGEST_GUEST: Final = timedelta(days=366)
"""How long somebody may be a guest before the chair has to think again."""


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a group, as access and rules need it.

    A guest counts as a member while her time lasts: she reads and writes as they do.
    """

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
        raise NotNow(
            N_("This group is archived: it can be read and not changed. Its chair can reopen it.")
        )


def check_archived(state: str) -> None:
    """Raises Refused when the group is not archived."""
    if state != GroupState.ARCHIVED:
        raise NotNow(N_("This group is not archived: there is nothing to open again."))


def way_in(
    state: str, joining: str, *, is_in: bool, asked: bool, invited: bool, belongs: bool
) -> Way:
    """What a reader can do at the door of a group.

    `belongs` tells whether she is with a member of the network, without which nobody joins; `asked` and
    `invited` whether a request or an invitation of hers waits for its answer.
    """
    if is_in:
        return Way.IN
    if state == GroupState.ARCHIVED or not belongs:
        return Way.CLOSED
    if invited:
        return Way.INVITED
    if asked:
        return Way.ASKED
    return {Joining.OPEN: Way.JOIN, Joining.ON_REQUEST: Way.ASK}.get(Joining(joining), Way.CLOSED)


def shelf_of(state: str, way: Way) -> Shelf:
    """The section of the list in which a group stands for a reader."""
    if state == GroupState.ARCHIVED:
        return Shelf.ARCHIVED
    if way is Way.IN:
        return Shelf.MINE
    return Shelf.OTHERS if way is Way.CLOSED else Shelf.OPEN_TO_ME


_REFUSALS: Final[Mapping[Way, str]] = {
    Way.IN: N_("You are a member of this group already: there is nothing more to do."),
    Way.ASKED: N_("You asked already; the chair has been told."),
    Way.INVITED: N_("You are invited into this group: accept the invitation."),
    Way.JOIN: N_("Anybody may join this group: there is no need to ask."),
    Way.ASK: N_("Ask the chair of this group first."),
    Way.CLOSED: N_("This group cannot be joined this way. Its chair can tell you how."),
}


def check_way(way: Way, wanted: Way) -> None:
    """Raises Refused, with what to do instead, unless the door stands as is wanted."""
    if way is not wanted:
        raise NotNow(_REFUSALS[way])


def check_by_hand(joining: str) -> None:
    """Raises Refused where an office decides who is a member: nobody else can."""
    if joining == Joining.EX_OFFICIO:
        raise NotNow(
            N_("The members of this group are those who hold an office; they change with it.")
        )


def check_office(joining: str, office: str | None) -> None:
    """A group by office names the office. Raises Refused, at the field, for one that does not."""
    if joining == Joining.EX_OFFICIO and office is None:
        raise Refused(N_("Choose the office whose holders are the members."), field="office")


def check_seated(kind: str) -> None:
    """Seats belong to organisations in steering committees alone. Raises Refused for another group."""
    if kind != GroupKind.STEERING_COMMITTEE:
        raise NotNow(
            N_(
                "Only a steering committee has seats of organisations. Invite people into this group instead."
            )
        )


def check_two(holder_id: UUID | None, alternate_id: UUID | None) -> None:
    """Raises Refused, at the field, for an alternate who is the representative herself."""
    if holder_id is not None and holder_id == alternate_id:
        raise Refused(N_("Choose somebody else as the alternate."), field="alternate_id")


def check_open(state: str) -> None:
    """Raises Refused for a request or an invitation that has been answered or taken back."""
    if state != Answer.OPEN:
        raise NotNow(N_("This was answered or taken back already: there is nothing more to do."))


def end_of_day(day: date, zone: str) -> datetime:
    """The moment at which a day is over in an IANA time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def last_day(until: datetime | None, zone: str) -> date | None:
    """The day that is over at a moment: the other way of `end_of_day`."""
    return (until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() if until else None


def check_guest_until(last_day: date, today: date) -> None:
    """Raises Refused, at the field, for a last day that is over or further off than a year."""
    if last_day < today:
        raise Refused(N_("Enter a day that is not over."), field="last_day")
    if last_day > today + LONGEST_GUEST:
        raise Refused(
            N_("Enter a day within a year; it can be made longer then."), field="last_day"
        )


def check_term(last_day: date | None, today: date, field: str = "term_ends_on") -> None:
    """Raises Refused, at the field, for a term that is over before it begins."""
    if last_day is not None and last_day < today:
        raise Refused(N_("Enter a day that is not over."), field=field)


def check_chair_remains(remains: bool) -> None:
    """A group is never without a chair. Raises Refused where its last one would go."""
    if not remains:
        raise NotNow(N_("Appoint another chair first: a group is never without one."))
