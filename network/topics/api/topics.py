"""Topics over the JSON API: the services of the pages, by another door."""

from typing import Any
from uuid import UUID

from kernel.web import actor
from kernel.web.versions import expected_version, version_header
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.topics import queries, service
from network.topics.api.blueprint import api, topic_with_posts
from network.topics.lists import topic_page
from network.topics.rules import Position, Via, tag_of
from network.topics.schemas import (
    MoveInput,
    ReplyAddressOutput,
    SplitInput,
    TagsInput,
    TagsOutput,
    TitleInput,
    TopicInput,
    TopicListQuery,
    TopicOutput,
    TopicsOutput,
)

Answer = tuple[dict[str, Any], int, dict[str, str]]


@api.endpoint("", permission=May.TOPICS_SEE)
@api.arguments(TopicListQuery, location="query")
@api.response(200, TopicsOutput)
def list_topics(query: dict[str, Any]) -> dict[str, Any]:
    """The topics you may see, newest posts first; `older` of the answer asks for the next page."""
    if query["group"] is not None:
        groups.standing_in(actor(), query["group"])
    found = topic_page(
        actor(),
        group_id=query["group"],
        narrowed=query["status"],
        tag=tag_of(query["tag"] or "") or None,
        older_than=Position.parse(query["older"] or ""),
    )
    return {"topics": found.topics, "older": str(found.older) if found.older else None}


@api.endpoint("", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(TopicInput)
@api.response(201, TopicOutput)
def create_topic(data: dict[str, Any]) -> Answer:
    """Open a topic in a group; its members are told by mail."""
    topic = service.create_topic(actor(), **data, via=Via.API)
    return topic_with_posts(topic.id), 201, version_header(topic.version)


@api.endpoint("/<uuid:topic_id>", permission=May.TOPICS_SEE)
@api.response(200, TopicOutput)
def get_topic(topic_id: UUID) -> Answer:
    """A topic with its first 20 posts. Looking at it here marks nothing as read."""
    topic = topic_with_posts(topic_id)
    return topic, 200, version_header(topic["version"])


@api.endpoint("/<uuid:topic_id>", permission=May.TOPICS_WRITE, method="PATCH")
@api.arguments(TitleInput)
@api.response(200, TopicOutput)
def rename_topic(data: dict[str, Any], topic_id: UUID) -> Answer:
    """Change the title; `If-Match` names the version it is made on."""
    topic = service.rename_topic(actor(), topic_id, version=expected_version(), **data)
    return topic_with_posts(topic_id), 200, version_header(topic.version)


@api.endpoint("/<uuid:topic_id>/posts/<int:page>", permission=May.TOPICS_SEE)
@api.response(200, TopicOutput)
def get_posts(topic_id: UUID, page: int) -> dict[str, Any]:
    """A topic with a page of its posts, 20 at a time, from page 1."""
    return topic_with_posts(topic_id, page)


@api.endpoint("/<uuid:topic_id>/mail-address", permission=May.TOPICS_WRITE, method="POST")
@api.response(200, ReplyAddressOutput)
def ask_for_mail_address(topic_id: UUID) -> dict[str, str | None]:
    """Be given where you answer in a topic by mail: an address of your own, which you tell nobody."""
    return {"address": service.reply_address(actor(), topic_id)}


@api.endpoint("/<uuid:topic_id>/tags", permission=May.TOPICS_WRITE, method="PUT")
@api.arguments(TagsInput)
@api.response(204)
def put_tags(data: dict[str, Any], topic_id: UUID) -> None:
    """Give a topic these tags in place of those it has, at most five; `If-Match` names its version."""
    service.tag_topic(actor(), topic_id, version=expected_version(), **data)


@api.endpoint("/<uuid:topic_id>/close", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def close_topic(topic_id: UUID) -> None:
    """Close a topic."""
    service.close_topic(actor(), topic_id)


@api.endpoint("/<uuid:topic_id>/reopen", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def reopen_topic(topic_id: UUID) -> None:
    """Open a closed topic again, or take one out of the archive."""
    service.reopen_topic(actor(), topic_id)


@api.endpoint("/<uuid:topic_id>/archive", permission=May.TOPICS_WRITE, method="POST")
@api.response(204)
def archive_topic(topic_id: UUID) -> None:
    """Close a topic and list it no longer."""
    service.archive_topic(actor(), topic_id)


@api.endpoint("/<uuid:topic_id>/pin", permission=May.TOPICS_WRITE, method="PUT")
@api.response(204)
def pin_topic(topic_id: UUID) -> None:
    """Keep a topic above the others in the list of its group."""
    service.pin_topic(actor(), topic_id)


@api.endpoint("/<uuid:topic_id>/pin", permission=May.TOPICS_WRITE, method="DELETE")
@api.response(204)
def unpin_topic(topic_id: UUID) -> None:
    """Let a topic stand among the others again."""
    service.unpin_topic(actor(), topic_id)


@api.endpoint("/tags", permission=May.TOPICS_SEE)
@api.response(200, TagsOutput)
def list_tags() -> dict[str, Any]:
    """The tags of topics you may see, the most used first, with how many topics have each."""
    return {"tags": queries.tags_seen_by(actor())}


@api.endpoint("/<uuid:topic_id>/group", permission=May.TOPICS_WRITE, method="PUT")
@api.arguments(MoveInput)
@api.response(204)
def move_topic(data: dict[str, Any], topic_id: UUID) -> None:
    """Put a topic into another group; from then on the people of that group see it, and no others."""
    service.move_topic(actor(), topic_id, **data)


@api.endpoint("/<uuid:topic_id>/split", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(SplitInput)
@api.response(201, TopicOutput)
def split_topic(data: dict[str, Any], topic_id: UUID) -> dict[str, Any]:
    """Let some replies go on as a topic of their own; the answer is the new topic."""
    return topic_with_posts(service.split_topic(actor(), topic_id, **data).id)


@api.endpoint(
    "/<uuid:topic_id>/merge/<uuid:into_topic_id>", permission=May.TOPICS_WRITE, method="POST"
)
@api.response(200, TopicOutput)
def merge_topic(topic_id: UUID, into_topic_id: UUID) -> dict[str, Any]:
    """Put the posts of a topic into another one of its group; the answer is that one."""
    return topic_with_posts(service.merge_topic(actor(), topic_id, into_id=into_topic_id).id)
