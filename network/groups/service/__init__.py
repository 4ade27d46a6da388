"""What can be done with groups, by whichever door."""

from network.groups.service.chairs import appoint_chair, chair_for, end_chair, end_chair_terms
from network.groups.service.common import group_to_change, group_to_manage, mail_address
from network.groups.service.groups import archive_group, create_group, reopen_group, update_group
from network.groups.service.guests import (
    end_expired,
    end_guest,
    extend_guest,
    guest_for,
    invite_guest,
    last_day_of,
)
from network.groups.service.invitations import (
    accept_invitation,
    decline_invitation,
    invitations_for,
    invite,
    withdraw_invitation,
)
from network.groups.service.members import (
    add_member,
    end_memberships,
    end_terms,
    join_group,
    member_for,
    members_seen_by,
    remove_member,
    set_term,
)
from network.groups.service.offices import follow_all, follow_office
from network.groups.service.requests import (
    accept_request,
    ask_to_join,
    decline_request,
    forget,
    request_for,
    requests_for,
    withdraw_request,
)
from network.groups.service.seats import (
    add_seat,
    fill_seat,
    remove_seat,
    seat_to_fill,
    seats_seen_by,
)

__all__ = [
    "accept_invitation",
    "accept_request",
    "add_member",
    "add_seat",
    "appoint_chair",
    "archive_group",
    "ask_to_join",
    "chair_for",
    "create_group",
    "decline_invitation",
    "decline_request",
    "end_chair",
    "end_chair_terms",
    "end_expired",
    "end_guest",
    "end_memberships",
    "end_terms",
    "extend_guest",
    "fill_seat",
    "follow_all",
    "follow_office",
    "forget",
    "group_to_change",
    "group_to_manage",
    "guest_for",
    "invitations_for",
    "invite",
    "invite_guest",
    "join_group",
    "last_day_of",
    "mail_address",
    "member_for",
    "members_seen_by",
    "remove_member",
    "remove_seat",
    "reopen_group",
    "request_for",
    "requests_for",
    "seat_to_fill",
    "seats_seen_by",
    "set_term",
    "update_group",
    "withdraw_invitation",
    "withdraw_request",
]
