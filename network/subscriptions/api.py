"""The JSON API of one's mail from the network."""

from typing import Any
from uuid import UUID

from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.permissions import NetworkPermission as May
from network.subscriptions import queries, service
from network.subscriptions.rules import Rhythm
from network.subscriptions.schemas import (
    ContentInput,
    ContentOutput,
    LevelInput,
    RhythmInput,
    RhythmOutput,
    SubscriptionsOutput,
    WatchInput,
)

api = Api(
    "subscriptions",
    __name__,
    url_prefix="/subscriptions",
    description="What of your groups comes to you by mail, and when",
    known_to=May.TOPICS_SEE,
)


@api.endpoint("", permission=May.TOPICS_SEE)
@api.response(200, SubscriptionsOutput)
def list_subscriptions() -> dict[str, Any]:
    """The groups you are in and the level you chose for each; null is the default level. And single topics."""
    usual = queries.rhythm_of(actor().person_id).default_level
    return {
        "default_level": usual,
        "groups": queries.levels_of(actor()),
        "topics": queries.watches_of(actor()),
    }


@api.endpoint("/groups/<uuid:group_id>", permission=May.TOPICS_SEE, method="PUT")
@api.arguments(LevelInput)
@api.response(204)
def put_level(data: dict[str, Any], group_id: UUID) -> None:
    """Choose the level of a group; null takes your choice back."""
    service.set_level(actor(), group_id, **data)


@api.endpoint("/groups/<uuid:group_id>/content", permission=May.GROUPS_TAKE_PART)
@api.response(200, ContentOutput)
def get_content(group_id: UUID) -> tuple[Any, int, dict[str, str]]:
    """Whether the mails of a group you chair carry what is written in it."""
    _, kept = service.group_to_manage(actor(), group_id)
    version = kept.version if kept is not None else 0
    free = kept is not None and kept.content_free
    return {"content_free": free, "version": version}, 200, version_header(version)


@api.endpoint("/groups/<uuid:group_id>/content", permission=May.GROUPS_TAKE_PART, method="PUT")
@api.arguments(ContentInput)
@api.response(200, ContentOutput)
def put_content(data: dict[str, Any], group_id: UUID) -> tuple[Any, int, dict[str, str]]:
    """Say so; `If-Match` names the version it is made on, "0" for the first time."""
    kept = service.set_content_free(actor(), group_id, version=expected_version(), **data)
    return kept, 200, version_header(kept.version)


@api.endpoint("/topics/<uuid:topic_id>", permission=May.TOPICS_SEE, method="PUT")
@api.arguments(WatchInput)
@api.response(204)
def put_watch(data: dict[str, Any], topic_id: UUID) -> None:
    """Watch a topic or mute it; null takes your choice back."""
    service.set_watch(actor(), topic_id, **data)


@api.endpoint("/rhythm", permission=May.TOPICS_SEE)
@api.response(200, RhythmOutput)
def get_rhythm() -> tuple[Any, int, dict[str, str]]:
    """When mail may come; version 0 where you never said."""
    kept = queries.kept_rhythm(actor().person_id)
    version = kept.version if kept is not None else 0
    return _rhythm(kept if kept is not None else Rhythm(), version), 200, version_header(version)


@api.endpoint("/rhythm", permission=May.TOPICS_SEE, method="PUT")
@api.arguments(RhythmInput)
@api.response(200, RhythmOutput)
def put_rhythm(data: dict[str, Any]) -> tuple[Any, int, dict[str, str]]:
    """Say when mail may come; `If-Match` names the version it is made on, "0" for the first time."""
    kept = service.save_rhythm(actor(), version=expected_version(), **data)
    return _rhythm(kept, kept.version), 200, version_header(kept.version)


def _rhythm(rhythm: Any, version: int) -> dict[str, Any]:
    fields = RhythmInput().fields
    return {**{field: getattr(rhythm, field) for field in fields}, "version": version}
