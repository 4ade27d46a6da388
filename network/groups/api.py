"""The JSON API of groups."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.groups import queries, service
from network.groups.schemas import (
    GroupChange,
    GroupInput,
    GroupListed,
    GroupOutput,
    MemberInput,
    MemberOutput,
)
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.groups.models import Group

api = Api(
    "groups",
    __name__,
    url_prefix="/groups",
    description="Groups and their members",
    known_to=May.GROUPS_SEE,
)


@api.endpoint("", permission=May.GROUPS_SEE)
@api.response(200, GroupListed(many=True))
def list_groups() -> Sequence[Any]:
    """The groups you may know of."""
    return queries.groups_listed(actor())


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
