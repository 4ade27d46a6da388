"""Work plans as JSON: the same services and rules as the pages."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext

from kernel.web import Api, actor, expected_version, version_header
from missions.missions.queries import MissionPhase
from missions.permissions import MissionsPermission
from missions.plan import schemas, service
from missions.plan.service import PollingDayMove, Task

SEE: Final = MissionsPermission.MISSION_SEE
EDIT: Final = MissionsPermission.PLAN_EDIT

api = Api(
    "plan",
    __name__,
    url_prefix="/missions/<uuid:mission_id>/plan",
    description="Work plans of missions, and moving polling day",
    known_to=SEE,
)

Answer = tuple[Task, int, dict[str, str]]


@api.endpoint("/tasks", permission=SEE)
@api.response(200, schemas.TaskOutput(many=True))
def list_tasks(mission_id: UUID) -> Sequence[Task]:
    """The tasks of a mission in the order they begin."""
    return service.plan(actor(), mission_id).tasks


@api.endpoint("/tasks", permission=EDIT, method="POST")
@api.arguments(schemas.TaskSchema)
@api.response(201, schemas.TaskOutput)
def add_task(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Add a task."""
    return _answer(service.add_task(actor(), mission_id, **data), 201)


@api.endpoint("/tasks/<uuid:task_id>", permission=EDIT, method="PUT")
@api.arguments(schemas.TaskSchema)
@api.response(200, schemas.TaskOutput)
def put_task(data: dict[str, Any], mission_id: UUID, task_id: UUID) -> Answer:
    """Change a task; needs If-Match."""
    return _answer(
        service.edit_task(actor(), mission_id, task_id, version=expected_version(), **data)
    )


@api.endpoint("/tasks/<uuid:task_id>/state", permission=EDIT, method="PUT")
@api.arguments(schemas.TaskStateSchema)
@api.response(200, schemas.TaskOutput)
def put_state(data: dict[str, Any], mission_id: UUID, task_id: UUID) -> Answer:
    """Say where a task stands; needs If-Match."""
    return _answer(
        service.set_task_state(actor(), mission_id, task_id, version=expected_version(), **data)
    )


@api.endpoint("/tasks/<uuid:task_id>", permission=EDIT, method="DELETE")
@api.response(204)
def remove_task(mission_id: UUID, task_id: UUID) -> None:
    """Take a task out of the plan; needs If-Match."""
    service.remove_task(actor(), mission_id, task_id, version=expected_version())


@api.endpoint("/start", permission=EDIT, method="POST")
@api.response(201, schemas.TaskOutput(many=True))
def start_plan(mission_id: UUID) -> Sequence[Task]:
    """Fill an empty plan with the starter tasks."""
    return service.apply_starter(actor(), mission_id, translate=gettext)


@api.endpoint("/phases/<key>", permission=EDIT, method="PUT")
@api.arguments(schemas.PhaseSchema)
@api.response(200, schemas.PhaseOutput)
def put_phase(
    data: dict[str, Any], mission_id: UUID, key: str
) -> tuple[MissionPhase, int, dict[str, str]]:
    """Give a phase other days; needs If-Match with the phase's version."""
    changed = service.change_phase(actor(), mission_id, key, version=expected_version(), **data)
    return changed.phase, 200, version_header(changed.phase.version)


@api.endpoint("/polling-day", permission=EDIT)
@api.arguments(schemas.PollingDaySchema, location="query")
@api.response(200, schemas.MoveOutput)
def preview_move(
    data: dict[str, Any], mission_id: UUID
) -> tuple[PollingDayMove, int, dict[str, str]]:
    """What a new polling day would do; its ETag is the version to confirm it with."""
    move = service.preview_move(actor(), mission_id, **data)
    return move, 200, version_header(move.missions[0].mission.version)


@api.endpoint("/polling-day", permission=EDIT, method="PUT")
@api.arguments(schemas.PollingDaySchema)
@api.response(200, schemas.MoveOutput)
def move_polling_day(
    data: dict[str, Any], mission_id: UUID
) -> tuple[PollingDayMove, int, dict[str, str]]:
    """Move polling day and everything that hangs on it; needs If-Match."""
    move = service.move_polling_day(actor(), mission_id, version=expected_version(), **data)
    return move, 200, version_header(move.missions[0].mission.version)


def _answer(task: Task, status: int = 200) -> Answer:
    return task, status, version_header(task.version)
