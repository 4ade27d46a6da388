"""The members as JSON: the same services and rules as the pages."""

from typing import Any
from uuid import UUID

from kernel.identity.permissions import KernelPermission
from kernel.imports import ImportResult
from kernel.values.paging import Page, page_of
from kernel.web import Api, actor, expected_version, version_header
from kernel.web.imports import ImportOptions, ImportSummary
from network.members import access, directory, queries, service
from network.members.schemas import (
    ImportUpload,
    MemberDetail,
    MemberEdit,
    MemberListQuery,
    MemberPage,
    MembershipInput,
)
from network.people import queries as people

SEE = KernelPermission.MEMBERS_SEE
api = Api(
    "members",
    __name__,
    url_prefix="/members",
    description="The members of the network.",
    known_to=SEE,
)
MANAGE = KernelPermission.MEMBERS_MANAGE


@api.endpoint("", permission=SEE)
@api.arguments(MemberListQuery, location="query")
@api.response(200, MemberPage)
def list_members(asked: dict[str, Any]) -> Page[queries.Member]:
    """List members, narrowed and one page at a time."""
    found = queries.members(directory.wanted(asked))
    return page_of(found, asked["page"], asked["page_size"])


@api.endpoint("/<uuid:organisation_id>", permission=SEE)
@api.response(200, MemberDetail)
def get_member(organisation_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    """One member with its people; its ETag is the version to change it from."""
    return _detail(organisation_id)


@api.endpoint("/<uuid:organisation_id>", permission=MANAGE, method="PUT")
@api.arguments(MemberEdit)
@api.response(200, MemberDetail)
def put_member(
    data: dict[str, Any], organisation_id: UUID
) -> tuple[dict[str, Any], dict[str, str]]:
    """Correct a member's facts; needs If-Match. Saving confirms its name."""
    service.change_member(actor(), organisation_id, expected_version(), data)
    return _detail(organisation_id)


@api.endpoint("/<uuid:organisation_id>/membership", permission=MANAGE, method="PUT")
@api.arguments(MembershipInput)
@api.response(200, MemberDetail)
def put_membership(
    data: dict[str, Any], organisation_id: UUID
) -> tuple[dict[str, Any], dict[str, str]]:
    """Take a membership a step further, with its reason; needs If-Match."""
    service.change_membership(actor(), organisation_id, expected_version(), **data)
    return _detail(organisation_id)


@api.endpoint("/import", permission=MANAGE, method="POST")
@api.arguments(ImportUpload, location="files")
@api.arguments(ImportOptions, location="query")
@api.response(200, ImportSummary)
def import_members(files: dict[str, Any], options: dict[str, Any]) -> ImportResult:
    """Import a file of members, all or nothing; bad rows are named in `rows` of the answer."""
    file = files["file"]
    return service.imports.import_file(
        actor(), file.filename, file.stream.read(), dry_run=options["dry_run"]
    )


def _detail(organisation_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    found = access.shown_member(actor(), queries.member(organisation_id))
    more = {
        "people": queries.people_of(organisation_id),
        "functions": people.seats_at(organisation_id),
        "history": queries.history_of(organisation_id),
    }
    return {**vars(found), **more}, version_header(found.version)
