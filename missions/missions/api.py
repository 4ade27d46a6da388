"""Missions as JSON: the same services and rules as the pages."""

from typing import Any, Final
from uuid import UUID

from flask import Response, request
from flask_babel import gettext

from kernel.files import respond
from kernel.web import Api, actor, expected_version, version_header
from missions.missions import queries, schemas, service
from missions.missions.queries import Mission, MissionFilter
from missions.permissions import MissionsPermission

SEE: Final = MissionsPermission.MISSION_SEE
EDIT: Final = MissionsPermission.MISSION_EDIT

api = Api(
    "missions",
    __name__,
    url_prefix="/missions",
    description="Missions, their invitations, assessments and states",
    known_to=SEE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("", permission=SEE)
@api.arguments(schemas.MissionQuery, location="query")
@api.response(200, schemas.MissionPageOutput)
def list_missions(asked: dict[str, Any]) -> dict[str, Any]:
    """List missions, latest polling day first."""
    page = asked.pop("page")
    items, total = queries.missions(actor(), MissionFilter(**asked), page)
    return {"items": items, "total": total, "page": page}


@api.endpoint("", permission=MissionsPermission.MISSION_CREATE, method="POST")
@api.arguments(schemas.MissionSchema)
@api.response(201, schemas.MissionOutput)
def create_mission(data: dict[str, Any]) -> Answer:
    """Propose a mission."""
    return _answer(service.create_mission(actor(), **data), 201)


@api.endpoint("/<uuid:mission_id>", permission=SEE)
@api.response(200, schemas.DossierOutput)
def get_mission(mission_id: UUID) -> Answer:
    """A mission with what it stands on; its ETag is the version to change it from."""
    seen = service.overview(actor(), mission_id)
    dossier = seen.dossier
    answer = {
        "mission": dossier.mission,
        "invitation": dossier.invitation,
        "assessment": dossier.assessment,
        "waiver": dossier.waiver,
        "phases": _phases(dossier.mission),
        "next_state": seen.next_state,
        "blockers": [gettext(blocker) for blocker in seen.blockers],
    }
    return answer, 200, version_header(dossier.mission.version)


@api.endpoint("/<uuid:mission_id>", permission=EDIT, method="PUT")
@api.arguments(schemas.MissionChangeSchema)
@api.response(200, schemas.MissionOutput)
def put_mission(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Describe a mission anew; needs If-Match."""
    return _answer(service.edit_mission(actor(), mission_id, version=expected_version(), **data))


@api.endpoint("/<uuid:mission_id>/invitation", permission=EDIT, method="POST")
@api.arguments(schemas.CorrespondenceSchema)
@api.response(200, schemas.InvitationOutput)
def record_invitation(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Record the next step of the correspondence; needs If-Match with the invitation's version."""
    invitation = service.record_invitation(actor(), mission_id, version=expected_version(), **data)
    return invitation, 200, version_header(invitation.version)


@api.endpoint("/<uuid:mission_id>/invitation/letter", permission=SEE)
@api.response(200, content_type="application/octet-stream")
def get_letter(mission_id: UUID) -> Response:
    """The letter of the invitation, as the file it came in."""
    return respond(service.letter_of(actor(), mission_id))


@api.endpoint("/<uuid:mission_id>/assessment", permission=EDIT, method="POST")
@api.arguments(schemas.AssessmentSchema)
@api.response(200, schemas.AssessmentOutput)
def record_assessment(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Record what the assessment concluded; correcting it needs If-Match with its version."""
    assessment = service.record_assessment(actor(), mission_id, version=_version_if_named(), **data)
    return assessment, 200, version_header(assessment.version)


@api.endpoint("/<uuid:mission_id>/waiver", permission=EDIT, method="POST")
@api.arguments(schemas.WaiverSchema)
@api.response(200, schemas.WaiverOutput)
def record_waiver(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Record a waiver of the assessment; correcting it needs If-Match with its version."""
    waiver = service.record_waiver(actor(), mission_id, version=_version_if_named(), **data)
    return waiver, 200, version_header(waiver.version)


@api.endpoint("/<uuid:mission_id>/completion", permission=EDIT, method="POST")
@api.arguments(schemas.CompletionSchema)
@api.response(200, schemas.MissionOutput)
def record_completion(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Record when the report was issued and the accounts were settled; needs If-Match."""
    return _answer(
        service.record_completion(actor(), mission_id, version=expected_version(), **data)
    )


@api.endpoint("/<uuid:mission_id>/advance", permission=SEE, method="POST")
@api.response(200, schemas.MissionOutput)
def advance_mission(mission_id: UUID) -> Answer:
    """Take a mission to its next state; needs If-Match."""
    return _answer(service.advance(actor(), mission_id, version=expected_version()))


@api.endpoint("/<uuid:mission_id>/end", permission=EDIT, method="POST")
@api.arguments(schemas.EndingSchema)
@api.response(200, schemas.MissionOutput)
def end_mission(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Cancel or downsize a mission; needs If-Match."""
    return _answer(service.end_mission(actor(), mission_id, version=expected_version(), **data))


def _answer(mission: Mission, status: int = 200) -> Answer:
    return mission, status, version_header(mission.version)


def _version_if_named() -> int | None:
    """The version of what is corrected; a first record has none to name."""
    return expected_version() if "If-Match" in request.headers else None


def _phases(mission: Mission) -> list[dict[str, Any]]:
    phases = []
    for phase in queries.phases_of(mission.id):
        days = service.PhaseDays(phase.key, phase.first_day, phase.last_day)
        period = days.on(mission.polling_day)
        phases.append(
            {
                "key": phase.key,
                "first_day": phase.first_day,
                "last_day": phase.last_day,
                "starts_on": period.start,
                "ends_on": period.end,
                "version": phase.version,
            }
        )
    return phases
