"""The JSON API of topics and posts: the services of the pages, by another door."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.rules import Position, PostStatus, TopicFilter, Via
from network.topics.schemas import (
    FileInput,
    FileOutput,
    PostChange,
    PostInput,
    TitleInput,
    TopicInput,
    TopicListQuery,
    TopicOutput,
    TopicsOutput,
)

api = Api(
    "topics",
    __name__,
    url_prefix="/topics",
    description="Topics and their posts",
    known_to=May.TOPICS_SEE,
)


@api.endpoint("", permission=May.TOPICS_SEE)
@api.arguments(TopicListQuery, location="query")
@api.response(200, TopicsOutput)
def list_topics(query: dict[str, Any]) -> dict[str, Any]:
    """The topics you may see, newest posts first; `older` of the answer asks for the next page."""
    narrowed: TopicFilter | None = query["status"]
    if query["group"] is not None:
        groups.standing_in(actor(), query["group"])
    found = topic_page(
        actor(),
        group_id=query["group"],
        narrowed=narrowed,
        older_than=Position.parse(query["older"] or ""),
    )
    return {"topics": found.topics, "older": str(found.older) if found.older else None}


@api.endpoint("", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(TopicInput)
@api.response(201, TopicOutput)
def create_topic(data: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Open a topic in a group; its members are told by mail."""
    topic = service.create_topic(actor(), **data, via=Via.API)
    return _topic(topic, 1), 201, version_header(topic.version)


@api.endpoint("/<uuid:topic_id>", permission=May.TOPICS_SEE)
@api.response(200, TopicOutput)
def get_topic(topic_id: UUID) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A topic with its first 50 posts."""
    topic = queries.topic_seen_by(actor(), topic_id).topic
    return _topic(topic, 1), 200, version_header(topic.version)


@api.endpoint("/<uuid:topic_id>", permission=May.TOPICS_WRITE, method="PATCH")
@api.arguments(TitleInput)
@api.response(200, TopicOutput)
def rename_topic(
    data: dict[str, Any], topic_id: UUID
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Change the title; `If-Match` names the version it is made on."""
    topic = service.rename_topic(actor(), topic_id, version=expected_version(), **data)
    return _topic(topic, 1), 200, version_header(topic.version)


@api.endpoint("/<uuid:topic_id>/posts/<int:page>", permission=May.TOPICS_SEE)
@api.response(200, TopicOutput)
def get_posts(topic_id: UUID, page: int) -> dict[str, Any]:
    """A topic with a page of its posts, 50 at a time, from page 1."""
    return _topic(queries.topic_seen_by(actor(), topic_id).topic, min(max(page, 1), 100_000))


@api.endpoint("/<uuid:topic_id>/posts", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(PostInput)
@api.response(201, TopicOutput)
def reply(data: dict[str, Any], topic_id: UUID) -> dict[str, Any]:
    """Answer in a topic; the answer shows the page of posts the new one is on."""
    post = service.reply(actor(), topic_id, **data, via=Via.API)
    topic = queries.topic_seen_by(actor(), post.topic_id).topic
    return _topic(topic, topic.replies // queries.POSTS_PER_PAGE + 1)


@api.endpoint("/posts/<uuid:post_id>", permission=May.TOPICS_WRITE, method="PATCH")
@api.arguments(PostChange)
@api.response(204)
def edit_post(data: dict[str, Any], post_id: UUID) -> None:
    """Change your own post; `If-Match` names the version it is made on."""
    service.edit_post(actor(), post_id, version=expected_version(), **data)


@api.endpoint("/posts/<uuid:post_id>", permission=May.TOPICS_WRITE, method="DELETE")
@api.response(204)
def remove_post(post_id: UUID) -> None:
    """Take a post away; a tombstone stays."""
    service.remove_post(actor(), post_id)


@api.endpoint("/posts/<uuid:post_id>/files", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(FileInput, location="files")
@api.response(201, FileOutput)
def attach_file(files: dict[str, Any], post_id: UUID) -> Any:
    """Hang a file on your own post, sent as multipart/form-data."""
    return service.attach_file(actor(), post_id, file=files["file"])


@api.endpoint("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def accept_answer(post_id: UUID) -> None:
    """Say that a post answers the question of its topic."""
    service.accept_answer(actor(), post_id)


@api.endpoint("/<uuid:topic_id>/close", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def close_topic(topic_id: UUID) -> None:
    """Close a topic."""
    service.close_topic(actor(), topic_id)


@api.endpoint("/<uuid:topic_id>/reopen", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def reopen_topic(topic_id: UUID) -> None:
    """Open a closed topic again."""
    service.reopen_topic(actor(), topic_id)


@api.endpoint("/files/<uuid:file_id>", permission=May.TOPICS_SEE)
@api.response(200, content_type="application/octet-stream")
def get_file(file_id: UUID) -> ResponseReturnValue:
    """A file of a post."""
    return respond(queries.file_seen_by(actor(), file_id))


def _topic(topic: Any, page: int) -> dict[str, Any]:
    rows = queries.posts_of(actor(), topic.id, page)
    files = queries.files_of([row.Post.id for row in rows])
    fields = (
        "id",
        "group_id",
        "kind",
        "title",
        "language",
        "status",
        "accepted_post_id",
        "replies",
        "version",
    )
    return {
        **{field: getattr(topic, field) for field in fields},
        "posts": [_post(row, files.get(row.Post.id, [])) for row in rows],
    }


def _post(row: Any, files: list[Any]) -> dict[str, Any]:
    post = row.Post
    readable = post.status != PostStatus.DELETED
    fields = ("id", "language", "status", "via", "created_at", "edited_at", "version")
    return {
        **{field: getattr(post, field) for field in fields},
        "author": row.author,
        "organisation": row.organisation,
        "former": row.former,
        "body": post.body if readable else None,
        "quoted": post.quoted if readable else None,
        "files": files if readable else [],
    }
