"""Reactions, bookmarks, reading and translations over the JSON API."""

from typing import Any
from uuid import UUID

from kernel.web import actor
from kernel.web.versions import expected_version, version_header
from network.permissions import NetworkPermission as May
from network.topics import queries, service
from network.topics.api.blueprint import api
from network.topics.rules import ReactionKind
from network.topics.schemas import (
    BookmarkQuery,
    BookmarksOutput,
    ReactionInput,
    ReactionQuery,
    ReadingInput,
    TranslationChange,
    TranslationInput,
    TranslationOutput,
    TranslationsOutput,
)


@api.endpoint("/posts/<uuid:post_id>/reactions", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(ReactionInput)
@api.response(204)
def react(data: dict[str, Any], post_id: UUID) -> None:
    """Say something to a post without writing one."""
    service.react(actor(), post_id, **data)


@api.endpoint("/posts/<uuid:post_id>/reactions", permission=May.TOPICS_WRITE, method="DELETE")
@api.arguments(ReactionQuery, location="query")
@api.response(204)
def take_reaction_back(query: dict[str, Any], post_id: UUID) -> None:
    """Take back what you said to a post; without `kind`, all of it."""
    for kind in [query["kind"]] if query["kind"] else ReactionKind:
        service.take_reaction_back(actor(), post_id, kind=kind)


@api.endpoint("/bookmarks", permission=May.TOPICS_SEE)
@api.arguments(BookmarkQuery, location="query")
@api.response(200, BookmarksOutput)
def list_bookmarks(query: dict[str, Any]) -> dict[str, Any]:
    """Your bookmarks, those set last first; `older` of the answer asks for the next page."""
    found = queries.bookmarks_of(actor(), older_than=query["older"])
    full = len(found) == queries.BOOKMARKS_PER_PAGE
    return {"bookmarks": found, "older": found[-1].id if full else None}


@api.endpoint("/posts/<uuid:post_id>/bookmark", permission=May.TOPICS_SEE, method="PUT")
@api.response(204)
def set_bookmark(post_id: UUID) -> None:
    """Keep a post among your bookmarks."""
    service.set_bookmark(actor(), post_id)


@api.endpoint("/posts/<uuid:post_id>/bookmark", permission=May.TOPICS_SEE, method="DELETE")
@api.response(204)
def remove_bookmark(post_id: UUID) -> None:
    """Take a post from your bookmarks."""
    service.remove_bookmark(actor(), post_id)


@api.endpoint("/reading", permission=May.TOPICS_SEE, method="POST")
@api.arguments(ReadingInput)
@api.response(204)
def mark_read(data: dict[str, Any]) -> None:
    """Say that you have read a topic up to a post of it."""
    service.mark_read(actor(), data["post_id"])


@api.endpoint("/reading/groups/<uuid:group_id>", permission=May.TOPICS_SEE, method="POST")
@api.response(204)
def mark_group_read(group_id: UUID) -> None:
    """Mark all that was written in a group as read."""
    service.mark_group_read(actor(), group_id)


@api.endpoint("/posts/<uuid:post_id>/translations", permission=May.TOPICS_SEE)
@api.response(200, TranslationsOutput)
def list_translations(post_id: UUID) -> dict[str, Any]:
    """The translations of a post."""
    post = queries.post_seen_by(actor(), post_id).post
    found = queries.translations_of(post_id) if post.status != "deleted" else []
    return {
        "translations": [
            _translation(row.PostTranslation, row.translator, post.version) for row in found
        ]
    }


@api.endpoint("/posts/<uuid:post_id>/translations", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(TranslationInput)
@api.response(201, TranslationOutput)
def add_translation(
    data: dict[str, Any], post_id: UUID
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Attach a translation to a post of your group."""
    made = service.add_translation(actor(), post_id, **data)
    return (
        _translation(made, actor().name, made.of_version),
        201,
        version_header(made.version),
    )


@api.endpoint("/translations/<uuid:translation_id>", permission=May.TOPICS_WRITE, method="PATCH")
@api.arguments(TranslationChange)
@api.response(204)
def change_translation(data: dict[str, Any], translation_id: UUID) -> None:
    """Change a translation; `If-Match` names the version it is made on."""
    service.change_translation(actor(), translation_id, version=expected_version(), **data)


@api.endpoint("/translations/<uuid:translation_id>", permission=May.TOPICS_WRITE, method="DELETE")
@api.response(204)
def remove_translation(translation_id: UUID) -> None:
    """Take your translation away; the chair takes any."""
    service.remove_translation(actor(), translation_id)


def _translation(found: Any, translator: str, version: int) -> dict[str, Any]:
    return {
        "id": found.id,
        "language": found.language,
        "body": found.body,
        "translator": translator,
        "written_at": found.written_at,
        "outdated": found.of_version < version,
        "version": found.version,
    }
