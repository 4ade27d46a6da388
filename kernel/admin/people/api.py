"""People and roles as JSON."""

from typing import Any
from uuid import UUID

from kernel.admin.people import queries, service
from kernel.admin.people.schemas import (
    GrantInput,
    PeoplePageOut,
    PeopleQuery,
    PersonDetailOut,
)
from kernel.errors import NotFound
from kernel.identity.permissions import KernelPermission
from kernel.values.paging import Page
from kernel.web import Api, actor

api = Api(
    "people", __name__, url_prefix="/people", description="The people of the network, their roles."
)

MANAGE = KernelPermission.ROLES_MANAGE


@api.endpoint("", permission=MANAGE)
@api.arguments(PeopleQuery, location="query")
@api.response(200, PeoplePageOut)
def list_people(asked: dict[str, Any]) -> Page[queries.PersonLine]:
    """List people, narrowed and one page at a time."""
    return queries.people(queries.PeopleWanted(**asked))


@api.endpoint("/<uuid:person_id>", permission=MANAGE)
@api.response(200, PersonDetailOut)
def get_person(person_id: UUID) -> dict[str, Any]:
    """One person with organisations and roles."""
    return _detail(person_id)


@api.endpoint("/<uuid:person_id>/roles", permission=MANAGE, method="POST")
@api.arguments(GrantInput)
@api.response(201, PersonDetailOut)
def grant_role(data: dict[str, Any], person_id: UUID) -> dict[str, Any]:
    """Give a role, held in one of the person's organisations."""
    service.grant_role(actor(), person_id, **data)
    return _detail(person_id)


@api.endpoint("/<uuid:person_id>/roles/<uuid:grant_id>", permission=MANAGE, method="DELETE")
@api.response(204)
def revoke_role(person_id: UUID, grant_id: UUID) -> None:
    """Take a role back."""
    service.revoke_role(actor(), person_id, grant_id)


def _detail(person_id: UUID) -> dict[str, Any]:
    found = queries.person(person_id)
    if found is None:
        raise NotFound
    return {
        **vars(found),
        "grants": queries.grants(person_id),
        "belongings": queries.belongings(person_id),
    }
