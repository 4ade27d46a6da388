"""The JSON API of moderation: the services of the pages, by another door."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.identity.permissions import KernelPermission
from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.moderation import queries, service
from network.moderation.schemas import (
    FlagInput,
    HideInput,
    PolicyInput,
    PolicyOutput,
    QueueOutput,
)
from network.permissions import NetworkPermission as May
from network.topics import queries as topics
from network.topics.service import Via

api = Api(
    "moderation",
    __name__,
    url_prefix="/moderation",
    description="Posts that were reported or wait",
    known_to=May.TOPICS_SEE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("/queue", permission=May.TOPICS_SEE)
@api.response(200, QueueOutput)
def get_queue() -> dict[str, Any]:
    """What waits for your decision, the oldest first."""
    rows = queries.queue(actor())
    ids = [row.id for row in rows]
    flags, files = queries.open_flags(ids), topics.files_to_read(ids)
    return {
        "posts": [
            {**row._mapping, "flags": flags.get(row.id, []), "files": files.get(row.id, [])}
            for row in rows
        ]
    }


@api.endpoint("/posts/<uuid:post_id>/files/<uuid:file_id>", permission=May.TOPICS_SEE)
@api.response(200, content_type="application/octet-stream")
def get_file(post_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A file of a post that waits for your decision."""
    seen = service.post_shown_to_decide(actor(), post_id)
    return respond(queries.file_to_decide(seen, file_id))


@api.endpoint("/posts/<uuid:post_id>/flags", permission=May.TOPICS_SEE, method="POST")
@api.arguments(FlagInput)
@api.response(204)
def flag_post(data: dict[str, Any], post_id: UUID) -> None:
    """Report a post to its moderators, once."""
    service.flag_post(actor(), post_id, **data)


@api.endpoint("/posts/<uuid:post_id>/approve", permission=May.TOPICS_SEE, method="POST")
@api.response(204)
def approve_post(post_id: UUID) -> None:
    """Let a post stand: one that waited is published, a hidden one shown again."""
    service.approve_post(actor(), post_id, via=Via.API)


@api.endpoint("/posts/<uuid:post_id>/hide", permission=May.TOPICS_SEE, method="POST")
@api.arguments(HideInput)
@api.response(204)
def hide_post(data: dict[str, Any], post_id: UUID) -> None:
    """Take a post from sight; its author is told the reason."""
    service.hide_post(actor(), post_id, via=Via.API, **data)


@api.endpoint("/settings", permission=KernelPermission.SETTINGS_MANAGE)
@api.response(200, PolicyOutput)
def get_policy() -> Answer:
    """Whose first posts wait; the ETag is the version to change it from."""
    decided = queries.policy_or_default()
    return decided, 200, version_header(decided.version)


@api.endpoint("/settings", permission=KernelPermission.SETTINGS_MANAGE, method="PUT")
@api.arguments(PolicyInput)
@api.response(200, PolicyOutput)
def put_policy(data: dict[str, Any]) -> Answer:
    """Decide whose first posts wait; needs If-Match."""
    decided = service.set_policy(actor(), version=expected_version(), **data)
    return decided, 200, version_header(decided.version)
