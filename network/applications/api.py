"""Applications for membership as JSON: writing one from outside, and what who manages members does."""

from typing import Any, Final
from uuid import UUID

from kernel.identity.permissions import KernelPermission
from kernel.values.paging import Page
from kernel.web import PUBLIC, Api, actor, expected_version, version_header
from kernel.web.languages import language
from network.applications import schemas, service
from network.applications.receiving import receive
from network.applications.rules import Letter

MANAGE: Final = KernelPermission.MEMBERS_MANAGE

api = Api(
    "membership_applications",
    __name__,
    url_prefix="/membership-applications",
    description="Organisations that apply for membership.",
    known_to=MANAGE,
)

apply_api = Api(
    "membership_apply",
    __name__,
    url_prefix="/apply",
    description="Applying for membership; open to anybody, and silent about who is known",
)

Answer = tuple[Any, int, dict[str, str]]


@apply_api.endpoint("", permission=PUBLIC, method="POST")
@apply_api.arguments(schemas.ApplicationInput)
@apply_api.response(202, schemas.ApplicationReceived)
def apply(data: dict[str, Any]) -> dict[str, bool]:
    """Apply for membership. The answer is the same whatever the network knows of the organisation."""
    receive(data)
    return {"received": True}


@api.endpoint("", permission=MANAGE)
@api.arguments(schemas.ApplicationQuery, location="query")
@api.response(200, schemas.ApplicationPage)
def list_applications(asked: dict[str, Any]) -> Page[Any]:
    """The applications, those that wait first, one page at a time."""
    return service.listed(actor(), asked["state"], asked["page"])


@api.endpoint("", permission=MANAGE, method="POST")
@api.arguments(schemas.ApplicationInput)
@api.response(201, schemas.ApplicationDetail)
def enter_application(data: dict[str, Any]) -> Answer:
    """Enter an application that came on paper or by mail."""
    entered = service.enter(actor(), Letter(**data, language=language()))
    return _detail(entered.id, 201)


@api.endpoint("/<uuid:membership_application_id>", permission=MANAGE)
@api.response(200, schemas.ApplicationDetail)
def get_application(membership_application_id: UUID) -> Answer:
    """One application with its history; its ETag is the version to take a step from."""
    return _detail(membership_application_id)


@api.endpoint("/<uuid:membership_application_id>/state", permission=MANAGE, method="PUT")
@api.arguments(schemas.ApplicationStepInput)
@api.response(200, schemas.ApplicationDetail)
def take_step(data: dict[str, Any], membership_application_id: UUID) -> Answer:
    """Consider, admit or decline; needs If-Match. The organisation's membership follows."""
    service.take_step(actor(), membership_application_id, version=expected_version(), **data)
    return _detail(membership_application_id)


def _detail(application_id: UUID, status: int = 200) -> Answer:
    found, history = service.application_of(actor(), application_id)
    fields = {name: getattr(found, name) for name in schemas.SHOWN}
    return {**fields, "history": history}, status, version_header(found.version)
