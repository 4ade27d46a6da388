"""The people of the network as JSON: what the pages show, by the same services."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kernel.identity.permissions import KernelPermission
from kernel.web import Api, actor, expected_version, version_header
from network.people import lists, queries, service, shown
from network.people.lists import Listed, PeopleFilter
from network.people.rules import Field
from network.people.schemas import (
    DirectoryPageOut,
    FunctionsInput,
    PeopleListQuery,
    PersonSeenOut,
    ProfileInput,
    ProfileOut,
    seats_as,
    seats_from,
    wanted,
)

SEE = KernelPermission.MEMBERS_SEE
api = Api(
    "directory",
    __name__,
    url_prefix="/directory",
    description="The people of the network, each as far as you may see her.",
    known_to=SEE,
)
ADMIT = KernelPermission.PEOPLE_ADMIT


@api.endpoint("/people", permission=SEE)
@api.arguments(PeopleListQuery, location="query")
@api.response(200, DirectoryPageOut)
def list_directory(asked: dict[str, Any]) -> dict[str, Any]:
    """The people of the network, narrowed and one page at a time; a field you may not see is not there."""
    found = lists.people(actor(), PeopleFilter(**wanted(asked)), asked["page"])
    return {**vars(found), "items": [_listed(one) for one in found.items]}


@api.endpoint("/people/<uuid:person_id>", permission=SEE)
@api.response(200, PersonSeenOut)
def get_person(person_id: UUID) -> dict[str, Any]:
    """One person; a field you may not see is not there."""
    found = service.seen(actor(), person_id)
    return {**vars(found), **_fields(found.fields)}


@api.endpoint("/me", permission=SEE)
@api.response(200, ProfileOut)
def get_profile() -> tuple[dict[str, Any], dict[str, str]]:
    """Your own profile with who may see what; its ETag is the version to change it from."""
    return _profile()


@api.endpoint("/me", permission=SEE, method="PUT")
@api.arguments(ProfileInput)
@api.response(200, ProfileOut)
def put_profile(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Change your own profile; needs If-Match, “0” as long as you have said nothing."""
    languages = [(one["language"], one["level"]) for one in data.pop("languages")]
    audiences = {Field(name): value for name, value in data.pop("audiences").items() if value}
    service.change_profile(
        actor(), version=expected_version(), languages=languages, audiences=audiences, **data
    )
    return _profile()


@api.endpoint("/organisations/<uuid:organisation_id>/functions", permission=ADMIT)
@api.response(200, FunctionsInput)
def get_functions(organisation_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    """Who holds the functions of an organisation whose people you admit; its ETag is the version."""
    service.functions_for_change(actor(), organisation_id)
    return _functions(organisation_id)


@api.endpoint("/organisations/<uuid:organisation_id>/functions", permission=ADMIT, method="PUT")
@api.arguments(FunctionsInput)
@api.response(200, FunctionsInput)
def put_functions(
    data: dict[str, Any], organisation_id: UUID
) -> tuple[dict[str, Any], dict[str, str]]:
    """Say who holds them; needs If-Match. What is left out or null is held by nobody."""
    service.change_functions(
        actor(), organisation_id, version=expected_version(), chosen=seats_from(data)
    )
    return _functions(organisation_id)


def _functions(organisation_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    holders = seats_as(service.holders_at(organisation_id))
    return holders, version_header(queries.functions_version(organisation_id))


def _listed(one: Listed) -> dict[str, Any]:
    places = [
        {
            **vars(at),
            "functions": [{"function": each, "deputy": deputy} for each, deputy in at.functions],
        }
        for at in one.places
    ]
    fields = _fields(shown.fields_of(one))
    return {**fields, "id": one.person.id, "name": one.person.name, "places": places}


def _fields(visible: Mapping[Field, Any]) -> dict[str, Any]:
    found = {str(field): value for field, value in visible.items()}
    if Field.LANGUAGES in visible:
        found["languages"] = _levels(visible[Field.LANGUAGES])
    return found


def _profile() -> tuple[dict[str, Any], dict[str, str]]:
    profile = service.own_profile(actor())
    answer = {
        "position": profile.position,
        "languages": _levels(profile.languages),
        "expertise": profile.expertise,
        "about": profile.about,
        "phone": profile.phone,
        "audiences": service.audiences_of(profile),
    }
    return answer, version_header(profile.version)


def _levels(languages: dict[str, str]) -> list[dict[str, str]]:
    return [{"language": code, "level": level} for code, level in languages.items()]
