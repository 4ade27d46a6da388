"""Participants and their attendance as JSON: the same services and rules as the pages."""

from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from kernel.imports import ImportResult
from kernel.values.paging import Page, page_of
from kernel.web import Api, actor, expected_version, version_header
from kernel.web.imports import ImportSummary
from training.participants import listing, queries, schemas, service
from training.participants.rules import Tally, parse_rows
from training.permissions import TrainingPermission

MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

api = Api(
    "participants",
    __name__,
    url_prefix="/workshops/<uuid:workshop_id>",
    description="Participants of workshops and their attendance.",
    known_to=MANAGE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("/participants", permission=MANAGE)
@api.arguments(schemas.ParticipantListQuery, location="query")
@api.response(200, schemas.ParticipantsPage)
def list_participants(
    asked: dict[str, Any], workshop_id: UUID
) -> Page[queries.ParticipantStanding]:
    """List who was registered with what she attended, narrowed and 200 at a time."""
    found = listing.narrowed(queries.standings_of(workshop_id), asked)
    return page_of(found, asked["page"], listing.PAGE_SIZE)


@api.endpoint("/participants", permission=MANAGE, method="POST")
@api.arguments(schemas.ParticipantSchema)
@api.response(201, schemas.ParticipantDetail)
def add_participant(data: dict[str, Any], workshop_id: UUID) -> Answer:
    """Register somebody by hand; needs a reason once attendance is locked."""
    added = service.add_participant(actor(), workshop_id, **data)
    return _detail(workshop_id, added.id, 201)


@api.endpoint("/participants/import", permission=MANAGE, method="POST")
@api.arguments(schemas.ParticipantsUpload, location="files")
@api.arguments(schemas.ImportParticipantsOptions, location="query")
@api.response(200, ImportSummary)
def import_participants(
    files: dict[str, Any], options: dict[str, Any], workshop_id: UUID
) -> ImportResult:
    """Import a file of participants, all or nothing but for the rows left out; bad rows are in `rows`."""
    file = files["file"]
    return service.import_file(
        actor(),
        workshop_id,
        file.filename,
        file.stream.read(),
        left_out=parse_rows(options["leave_out"]),
        dry_run=options["dry_run"],
    )


@api.endpoint("/participants/<uuid:participant_id>", permission=MANAGE)
@api.response(200, schemas.ParticipantDetail)
def get_participant(workshop_id: UUID, participant_id: UUID) -> Answer:
    """A participant with her minutes per session; its ETag is the version to change it from."""
    return _detail(workshop_id, participant_id)


@api.endpoint("/participants/<uuid:participant_id>", permission=MANAGE, method="PUT")
@api.arguments(schemas.ParticipantSchema)
@api.response(200, schemas.ParticipantDetail)
def put_participant(data: dict[str, Any], workshop_id: UUID, participant_id: UUID) -> Answer:
    """Correct name, gender, country or address; needs If-Match, and a reason once attendance is locked."""
    service.attendance_record(actor(), workshop_id, participant_id)
    service.correct_details(actor(), participant_id, version=expected_version(), **data)
    return _detail(workshop_id, participant_id)


@api.endpoint("/participants/<uuid:participant_id>/attendance", permission=MANAGE, method="PUT")
@api.arguments(schemas.CorrectionBody)
@api.response(200, schemas.ParticipantDetail)
def put_attendance(data: dict[str, Any], workshop_id: UUID, participant_id: UUID) -> Answer:
    """Set minutes of some sessions; needs If-Match, and a reason once attendance is locked."""
    service.attendance_record(actor(), workshop_id, participant_id)
    service.correct_attendance(
        actor(),
        participant_id,
        {one["session_id"]: one["minutes"] for one in data["minutes"]},
        reason=data["reason"],
        version=expected_version(),
    )
    return _detail(workshop_id, participant_id)


@api.endpoint("/participants/<uuid:participant_id>", permission=MANAGE, method="DELETE")
@api.response(204)
def remove_participant(workshop_id: UUID, participant_id: UUID) -> None:
    """Take somebody off the list, until attendance is locked; needs If-Match."""
    service.attendance_record(actor(), workshop_id, participant_id)
    service.remove_participant(actor(), participant_id, version=expected_version())


@api.endpoint("/attendance", permission=MANAGE)
@api.response(200, schemas.AttendanceOut)
def get_attendance(workshop_id: UUID) -> Answer:
    """What attendance amounts to, in all and by gender; its ETag is the version to lock it from."""
    return _attendance(workshop_id)


@api.endpoint("/attendance/lock", permission=MANAGE, method="POST")
@api.arguments(schemas.SeenTallyBody)
@api.response(200, schemas.AttendanceOut)
def lock_attendance(data: dict[str, Any], workshop_id: UUID) -> Answer:
    """Make attendance final as it was seen; needs If-Match. Another figure than now is a conflict."""
    service.lock_attendance(actor(), workshop_id, version=expected_version(), seen=Tally(**data))
    return _attendance(workshop_id)


def _attendance(workshop_id: UUID) -> Answer:
    workshop = queries.attendances_of(workshop_id)
    standings = queries.standings_in(workshop)
    body = {
        **asdict(Tally.of(one.standing for one in standings)),
        "scheduled_minutes": workshop.scheduled,
        "locked_at": workshop.locked_at,
        "by_gender": [
            {"gender": gender, **asdict(tally)}
            for gender, tally in listing.by_gender(standings).items()
        ],
    }
    return body, 200, version_header(workshop.version)


def _detail(workshop_id: UUID, participant_id: UUID, status: int = 200) -> Answer:
    seen = service.attendance_record(actor(), workshop_id, participant_id)
    one = seen.participant
    body = {
        "participant_id": one.id,
        "person_id": one.person_id,
        "name": one.name,
        "address": one.address,
        "gender": one.gender,
        "country": one.country,
        "organisation_id": one.organisation_id,
        "organisation_name": seen.organisation,
        "standing": seen.standing,
        "sessions": [
            {
                "session_id": session.id,
                "code": session.code,
                "title": session.title,
                "scheduled_minutes": session.minutes,
                "minutes": seen.minutes.get(session.id),
            }
            for session in seen.agenda
        ],
    }
    return body, status, version_header(one.version)
