"""The JSON API of groups."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.groups import queries, service
from network.groups.schemas import (
    AnswerInput,
    ChairTerm,
    GroupChange,
    GroupFilter,
    GroupInput,
    GroupInvitationInput,
    GroupInvitationMade,
    GroupInvitationOutput,
    GroupListed,
    GroupOutput,
    GuestDays,
    GuestInput,
    GuestOutput,
    InvitedGuestOutput,
    JoinRequestMade,
    JoinRequestOutput,
    MailAddressOutput,
    MemberInput,
    MemberOutput,
    OwnInvitationOutput,
    ReasonInput,
    SeatHolders,
    SeatInput,
    SeatMade,
    SeatOutput,
    TermInput,
)
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.groups.models import (
        Group,
        GroupInvitation,
        GroupMembership,
        GroupSeat,
        JoinRequest,
    )

api = Api(
    "groups",
    __name__,
    url_prefix="/groups",
    description="Groups and their members",
    known_to=May.GROUPS_SEE,
)


@api.endpoint("", permission=May.GROUPS_SEE)
@api.arguments(GroupFilter, location="query")
@api.response(200, GroupListed(many=True))
def list_groups(narrowed: dict[str, Any]) -> Sequence[Any]:
    """The groups you may know of."""
    return queries.groups_listed(actor(), kind=narrowed.get("kind"))


@api.endpoint("", permission=May.GROUPS_CREATE, method="POST")
@api.arguments(GroupInput)
@api.response(201, GroupOutput)
def create_group(data: dict[str, Any]) -> "tuple[Group, int, dict[str, str]]":
    """Make a group with its chair as the first member."""
    group = service.create_group(actor(), **data)
    return group, 201, version_header(group.version)


@api.endpoint("/<uuid:group_id>", permission=May.GROUPS_SEE)
@api.response(200, GroupOutput)
def get_group(group_id: UUID) -> "tuple[Group, int, dict[str, str]]":
    """One group."""
    group = queries.group_known_to(actor(), group_id)
    return group, 200, version_header(group.version)


@api.endpoint("/<uuid:group_id>/mail-address", permission=May.GROUPS_SEE)
@api.response(200, MailAddressOutput)
def get_mail_address(group_id: UUID) -> dict[str, str | None]:
    """Where you open topics of a group by mail."""
    return {"address": service.mail_address(actor(), queries.door_of(actor(), group_id))}


@api.endpoint("/<uuid:group_id>", permission=May.GROUPS_TAKE_PART, method="PATCH")
@api.arguments(GroupChange(partial=True))
@api.response(200, GroupOutput)
def change_group(data: dict[str, Any], group_id: UUID) -> "tuple[Group, int, dict[str, str]]":
    """Change what is given; `If-Match` names the version it is made on."""
    group = service.update_group(actor(), group_id, version=expected_version(), **data)
    return group, 200, version_header(group.version)


@api.endpoint("/<uuid:group_id>/members", permission=May.GROUPS_SEE)
@api.response(200, MemberOutput(many=True))
def list_members(group_id: UUID) -> Sequence[Any]:
    """The members of a group you may read or manage."""
    return service.members_seen_by(actor(), group_id)


@api.endpoint("/<uuid:group_id>/members", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(MemberInput)
@api.response(204)
def add_member(data: dict[str, Any], group_id: UUID) -> None:
    """Take a person in."""
    service.add_member(actor(), group_id, **data)


@api.endpoint(
    "/<uuid:group_id>/members/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="DELETE"
)
@api.response(204)
def remove_member(group_id: UUID, person_id: UUID) -> None:
    """Take a person out, or leave."""
    service.remove_member(actor(), group_id, person_id=person_id)


@api.endpoint(
    "/<uuid:group_id>/chairs/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="PUT"
)
@api.arguments(ChairTerm)
@api.response(204)
def appoint_chair(data: dict[str, Any], group_id: UUID, person_id: UUID) -> None:
    """Let a member chair a group of yours too, or set the last day of a chair's term.

    `If-Match` names the version of the membership it is made on.
    """
    terms = {"term_ends_on": None, **data}
    service.appoint_chair(
        actor(), group_id, person_id=person_id, version=expected_version(), **terms
    )


@api.endpoint(
    "/<uuid:group_id>/chairs/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="DELETE"
)
@api.response(204)
def end_chair(group_id: UUID, person_id: UUID) -> None:
    """Let somebody chair a group no more, or step down; the last chair stays."""
    service.end_chair(actor(), group_id, person_id=person_id)


@api.endpoint("/<uuid:group_id>/join", permission=May.GROUPS_TAKE_PART, method="POST")
@api.response(204)
def join_group(group_id: UUID) -> None:
    """Become a member of a group that anybody may join."""
    service.join_group(actor(), group_id)


@api.endpoint("/<uuid:group_id>/archive", permission=May.GROUPS_TAKE_PART, method="POST")
@api.response(200, GroupOutput)
def archive_group(group_id: UUID) -> "Group":
    """Close a group; it stays readable."""
    return service.archive_group(actor(), group_id)


@api.endpoint("/<uuid:group_id>/reopen", permission=May.GROUPS_TAKE_PART, method="POST")
@api.response(200, GroupOutput)
def reopen_group(group_id: UUID) -> "Group":
    """Open a closed group again."""
    return service.reopen_group(actor(), group_id)


@api.endpoint("/<uuid:group_id>/requests", permission=May.GROUPS_TAKE_PART)
@api.response(200, JoinRequestOutput(many=True))
def list_requests(group_id: UUID) -> Sequence[Any]:
    """The requests to a group of yours that wait for an answer."""
    return service.requests_for(actor(), group_id)


@api.endpoint("/<uuid:group_id>/requests", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(ReasonInput)
@api.response(201, JoinRequestMade)
def ask_to_join(data: dict[str, Any], group_id: UUID) -> "JoinRequest":
    """Ask the chair to be taken in."""
    return service.ask_to_join(actor(), group_id, **data)


@api.endpoint("/requests/<uuid:request_id>", permission=May.GROUPS_SEE)
@api.response(200, JoinRequestOutput)
def get_request(request_id: UUID) -> Any:
    """A request of yours, or one that is yours to answer."""
    return service.request_for(actor(), request_id)


@api.endpoint("/requests/<uuid:request_id>/accept", permission=May.GROUPS_TAKE_PART, method="POST")
@api.response(200, JoinRequestMade)
def accept_request(request_id: UUID) -> "JoinRequest":
    """Take in who asked."""
    return service.accept_request(actor(), request_id)


@api.endpoint("/requests/<uuid:request_id>/decline", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(AnswerInput)
@api.response(200, JoinRequestMade)
def decline_request(data: dict[str, Any], request_id: UUID) -> "JoinRequest":
    """Say no, and why."""
    return service.decline_request(actor(), request_id, **data)


@api.endpoint(
    "/requests/<uuid:request_id>/withdraw", permission=May.GROUPS_TAKE_PART, method="POST"
)
@api.response(200, JoinRequestMade)
def withdraw_request(request_id: UUID) -> "JoinRequest":
    """Take your own request back."""
    return service.withdraw_request(actor(), request_id)


@api.endpoint("/<uuid:group_id>/invitations", permission=May.GROUPS_TAKE_PART)
@api.response(200, GroupInvitationOutput(many=True))
def list_invitations(group_id: UUID) -> Sequence[Any]:
    """The invitations into a group of yours that wait for an answer."""
    return service.invitations_for(actor(), group_id)


@api.endpoint("/<uuid:group_id>/invitations", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(GroupInvitationInput)
@api.response(201, GroupInvitationMade)
def invite(data: dict[str, Any], group_id: UUID) -> "GroupInvitation":
    """Offer somebody to become a member; she gets a mail and decides."""
    return service.invite(actor(), group_id, **data)


@api.endpoint("/<uuid:group_id>/invitation", permission=May.GROUPS_TAKE_PART)
@api.response(200, OwnInvitationOutput)
def get_own_invitation(group_id: UUID) -> queries.InvitationSeen:
    """Your invitation into a group, while you have not answered it."""
    return queries.own_invitation(actor(), group_id)


@api.endpoint(
    "/invitations/<uuid:group_invitation_id>/accept",
    permission=May.GROUPS_TAKE_PART,
    method="POST",
)
@api.response(204)
def accept_invitation(group_invitation_id: UUID) -> None:
    """Become a member on an invitation of yours."""
    service.accept_invitation(actor(), group_invitation_id)


@api.endpoint(
    "/invitations/<uuid:group_invitation_id>/decline",
    permission=May.GROUPS_TAKE_PART,
    method="POST",
)
@api.response(200, GroupInvitationMade)
def decline_invitation(group_invitation_id: UUID) -> "GroupInvitation":
    """Say no to an invitation of yours."""
    return service.decline_invitation(actor(), group_invitation_id)


@api.endpoint(
    "/invitations/<uuid:group_invitation_id>/withdraw",
    permission=May.GROUPS_TAKE_PART,
    method="POST",
)
@api.response(200, GroupInvitationMade)
def withdraw_invitation(group_invitation_id: UUID) -> "GroupInvitation":
    """Take back an invitation that was not answered."""
    return service.withdraw_invitation(actor(), group_invitation_id)


@api.endpoint("/<uuid:group_id>/guests", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(GuestInput)
@api.response(201, InvitedGuestOutput)
def invite_guest(data: dict[str, Any], group_id: UUID) -> service.InvitedGuest:
    """Invite somebody to see a group of yours until a day is over; she is a guest once she accepts."""
    return service.invite_guest(actor(), group_id, **data)


@api.endpoint("/<uuid:group_id>/guests", permission=May.GROUPS_TAKE_PART)
@api.response(200, InvitedGuestOutput(many=True))
def list_invited_guests(group_id: UUID) -> list[service.InvitedGuest]:
    """The guests of a group of yours who have not accepted yet; the others are among its members."""
    return service.invited_guests(actor(), group_id)


@api.endpoint(
    "/guests/<uuid:guest_invitation_id>", permission=May.GROUPS_TAKE_PART, method="DELETE"
)
@api.response(204)
def withdraw_guest(guest_invitation_id: UUID) -> None:
    """Take back the invitation of a guest who has not accepted."""
    service.withdraw_guest(actor(), guest_invitation_id)


@api.endpoint(
    "/<uuid:group_id>/guests/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="PATCH"
)
@api.arguments(GuestDays)
@api.response(200, GuestOutput)
def extend_guest(data: dict[str, Any], group_id: UUID, person_id: UUID) -> "GroupMembership":
    """Set another last day for a guest; `If-Match` names the version of the membership it is made on."""
    return service.extend_guest(
        actor(), group_id, person_id=person_id, version=expected_version(), **data
    )


@api.endpoint(
    "/<uuid:group_id>/guests/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="DELETE"
)
@api.response(204)
def end_guest(group_id: UUID, person_id: UUID) -> None:
    """End the time of a guest at once."""
    service.end_guest(actor(), group_id, person_id=person_id)


@api.endpoint(
    "/<uuid:group_id>/members/<uuid:person_id>", permission=May.GROUPS_TAKE_PART, method="PATCH"
)
@api.arguments(TermInput)
@api.response(204)
def set_term(data: dict[str, Any], group_id: UUID, person_id: UUID) -> None:
    """Set the last day of a member's term, or none.

    `If-Match` names the version of the membership it is made on.
    """
    term = {"term_ends_on": None, **data}
    service.set_term(actor(), group_id, person_id=person_id, version=expected_version(), **term)


@api.endpoint("/<uuid:group_id>/seats", permission=May.GROUPS_SEE)
@api.response(200, SeatOutput(many=True))
def list_seats(group_id: UUID) -> Sequence[Any]:
    """The seats of a group you may read or manage, one vote each."""
    return service.seats_seen_by(actor(), group_id)


@api.endpoint("/<uuid:group_id>/seats", permission=May.GROUPS_TAKE_PART, method="POST")
@api.arguments(SeatInput)
@api.response(201, SeatMade)
def add_seat(data: dict[str, Any], group_id: UUID) -> "tuple[GroupSeat, int, dict[str, str]]":
    """Give an organisation a seat in a steering committee."""
    seat = service.add_seat(actor(), group_id, **data)
    return seat, 201, version_header(seat.version)


@api.endpoint("/seats/<uuid:seat_id>", permission=May.GROUPS_TAKE_PART)
@api.response(200, SeatOutput)
def get_seat(seat_id: UUID) -> "tuple[Any, int, dict[str, str]]":
    """A seat for which you may name people."""
    seen = service.seat_to_fill(actor(), seat_id)
    return seen, 200, version_header(seen.seat.version)


@api.endpoint("/seats/<uuid:seat_id>", permission=May.GROUPS_TAKE_PART, method="PUT")
@api.arguments(SeatHolders)
@api.response(200, SeatMade)
def fill_seat(data: dict[str, Any], seat_id: UUID) -> "tuple[GroupSeat, int, dict[str, str]]":
    """Name who holds a seat; `If-Match` names the version it is made on."""
    seat = service.fill_seat(actor(), seat_id, version=expected_version(), **data)
    return seat, 200, version_header(seat.version)


@api.endpoint("/seats/<uuid:seat_id>", permission=May.GROUPS_TAKE_PART, method="DELETE")
@api.response(204)
def remove_seat(seat_id: UUID) -> None:
    """Take a seat away."""
    service.remove_seat(actor(), seat_id)
