"""Workshops as JSON: the same services and rules as the pages."""

from typing import Any, Final
from uuid import UUID

from kernel.imports import ImportResult
from kernel.web import Api, actor, expected_version, version_header
from kernel.web.imports import ImportOptions, ImportSummary
from training.permissions import TrainingPermission
from training.workshops import queries, schemas, service
from training.workshops.queries import WorkshopFilter

SEE: Final = TrainingPermission.WORKSHOPS_SEE
MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

api = Api(
    "workshops",
    __name__,
    url_prefix="/workshops",
    description="Workshops and their agendas.",
    known_to=SEE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("", permission=SEE)
@api.arguments(schemas.WorkshopFilterSchema, location="query")
@api.response(200, schemas.WorkshopsOutput)
def list_workshops(asked: dict[str, Any]) -> dict[str, Any]:
    """List workshops, latest first."""
    found = queries.list_workshops(WorkshopFilter(**asked))
    return {"items": found, "total": len(found)}


@api.endpoint("", permission=MANAGE, method="POST")
@api.arguments(schemas.NewWorkshop)
@api.response(201, schemas.WorkshopDetail)
def create_workshop(data: dict[str, Any]) -> Answer:
    """Write down a workshop."""
    return _detail(service.create_workshop(actor(), **data).id, 201)


@api.endpoint("/<uuid:workshop_id>", permission=SEE)
@api.response(200, schemas.WorkshopDetail)
def get_workshop(workshop_id: UUID) -> Answer:
    """A workshop with its agenda; its ETag is the version to change it from."""
    return _detail(workshop_id)


@api.endpoint("/<uuid:workshop_id>", permission=MANAGE, method="PUT")
@api.arguments(schemas.WorkshopEdit)
@api.response(200, schemas.WorkshopDetail)
def put_workshop(data: dict[str, Any], workshop_id: UUID) -> Answer:
    """Correct what is known of a workshop; needs If-Match."""
    service.edit_workshop(actor(), workshop_id, version=expected_version(), **data)
    return _detail(workshop_id)


@api.endpoint("/import", permission=MANAGE, method="POST")
@api.arguments(schemas.EventsUpload, location="files")
@api.arguments(ImportOptions, location="query")
@api.response(200, ImportSummary)
def import_workshops(files: dict[str, Any], options: dict[str, Any]) -> ImportResult:
    """Import a file of workshops, all or nothing; bad rows are named in `rows` of the answer."""
    file = files["file"]
    return service.event_imports.import_file(
        actor(), file.filename, file.stream.read(), dry_run=options["dry_run"]
    )


@api.endpoint("/<uuid:workshop_id>/agenda/import", permission=MANAGE, method="POST")
@api.arguments(schemas.AgendaUpload, location="files")
@api.arguments(ImportOptions, location="query")
@api.response(200, ImportSummary)
def import_agenda(
    files: dict[str, Any], options: dict[str, Any], workshop_id: UUID
) -> ImportResult:
    """Import the whole agenda of a workshop, all or nothing; the workshop's own day stays as it was."""
    file = files["file"]
    return service.agenda_imports.import_file(
        actor(),
        file.filename,
        file.stream.read(),
        subject_id=workshop_id,
        dry_run=options["dry_run"],
    )


def _detail(workshop_id: UUID, status: int = 200) -> Answer:
    found = queries.listed_workshop(workshop_id)
    detail = {**vars(found), "sessions": queries.sessions_of(workshop_id)}
    return detail, status, version_header(found.version)
