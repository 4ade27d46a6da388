"""Posts over the JSON API: answering, changing, removing, files."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.web import actor
from kernel.web.versions import expected_version
from network.permissions import NetworkPermission as May
from network.topics import queries, service
from network.topics.api.blueprint import api, topic_with_posts
from network.topics.rules import Via
from network.topics.schemas import (
    FileInput,
    FileOutput,
    PostChange,
    PostInput,
    RemovalInput,
    TopicOutput,
)


@api.endpoint("/<uuid:topic_id>/posts", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(PostInput)
@api.response(201, TopicOutput)
def reply(data: dict[str, Any], topic_id: UUID) -> dict[str, Any]:
    """Answer in a topic; `in_reply_to` names the post it answers. Shows the page the new post is on."""
    service.reply(actor(), topic_id, **data, via=Via.API)
    return topic_with_posts(topic_id, None)


@api.endpoint("/posts/<uuid:post_id>", permission=May.TOPICS_WRITE, method="PATCH")
@api.arguments(PostChange)
@api.response(204)
def edit_post(data: dict[str, Any], post_id: UUID) -> None:
    """Change your own post; `If-Match` names the version it is made on."""
    service.edit_post(actor(), post_id, version=expected_version(), **data)


@api.endpoint("/posts/<uuid:post_id>", permission=May.TOPICS_WRITE, method="DELETE")
@api.arguments(RemovalInput, location="query")
@api.response(204)
def remove_post(query: dict[str, Any], post_id: UUID) -> None:
    """Take a post away; a tombstone stays. The chair says why, to remove the post of somebody else."""
    service.remove_post(actor(), post_id, **query)


@api.endpoint("/posts/<uuid:post_id>/files", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(FileInput, location="files")
@api.response(201, FileOutput)
def attach_file(files: dict[str, Any], post_id: UUID) -> Any:
    """Hang a file on your own post, sent as multipart/form-data."""
    return service.attach_file(actor(), post_id, file=files["file"])


@api.endpoint("/files/<uuid:file_id>", permission=May.TOPICS_SEE)
@api.response(200, content_type="application/octet-stream")
def get_file(file_id: UUID) -> ResponseReturnValue:
    """A file of a post."""
    return respond(queries.file_seen_by(actor(), file_id))


@api.endpoint("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def accept_answer(post_id: UUID) -> None:
    """Say that a post answers the question of its topic."""
    service.accept_answer(actor(), post_id)


@api.endpoint("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE, method="DELETE")
@api.response(204)
def take_answer_back(post_id: UUID) -> None:
    """Say that a post does not answer the question after all."""
    service.take_answer_back(actor(), post_id)
