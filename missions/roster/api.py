"""Teams as JSON: the same services and rules as the pages."""

from typing import Any, Final
from uuid import UUID

from kernel.web import Api, actor, expected_version, version_header
from missions.permissions import MissionsPermission
from missions.roster import schemas, service
from missions.roster.service import Found, Search, Team

SEE: Final = MissionsPermission.TEAM_SEE
EDIT: Final = MissionsPermission.TEAM_EDIT

api = Api(
    "roster",
    __name__,
    url_prefix="/missions/<uuid:mission_id>/team",
    description="Teams of missions: finding, nominating and selecting people",
    known_to=MissionsPermission.MISSION_SEE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("", permission=SEE)
@api.response(200, schemas.TeamOutput)
def get_team(mission_id: UUID) -> Team:
    """Everybody nominated for a mission, with the credentials they were nominated on."""
    return service.team_of(actor(), mission_id)


@api.endpoint("/candidates", permission=EDIT)
@api.arguments(schemas.SearchSchema, location="query")
@api.response(200, schemas.FoundOutput)
def find_people(asked: dict[str, Any], mission_id: UUID) -> Found:
    """People who are trained and agreed to be found, 100 at most; nobody from the country observed."""
    return service.find_people(actor(), mission_id, Search(**schemas.search_of(asked)))


@api.endpoint("", permission=EDIT, method="POST")
@api.arguments(schemas.NominateSchema)
@api.response(201, schemas.NominationOutput)
def nominate(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Nominate somebody; whoever is nominated already stays as she is."""
    return _answer(service.nominate(actor(), mission_id, **data), 201)


@api.endpoint("/<uuid:nomination_id>/state", permission=EDIT, method="PUT")
@api.arguments(schemas.StepSchema)
@api.response(200, schemas.NominationOutput)
def put_state(data: dict[str, Any], mission_id: UUID, nomination_id: UUID) -> Answer:
    """Take a nomination to another state; needs If-Match."""
    version = expected_version()
    return _answer(service.take_step(actor(), mission_id, nomination_id, version=version, **data))


@api.endpoint("/<uuid:nomination_id>", permission=EDIT, method="DELETE")
@api.response(204)
def remove(mission_id: UUID, nomination_id: UUID) -> None:
    """Take an undecided nomination off the list; needs If-Match. It can be put back."""
    service.remove(actor(), mission_id, nomination_id, version=expected_version())


@api.endpoint("/<uuid:nomination_id>/put-back", permission=EDIT, method="POST")
@api.response(200, schemas.NominationOutput)
def put_back(mission_id: UUID, nomination_id: UUID) -> Answer:
    """Undo a removal; needs If-Match."""
    version = expected_version()
    return _answer(service.put_back(actor(), mission_id, nomination_id, version=version))


def _answer(nomination: Any, status: int = 200) -> Answer:
    return nomination, status, version_header(nomination.version)
