"""The JSON API of what stands beside the text box of a post."""

from typing import Any
from uuid import UUID

from kernel.values.prose import rendered
from kernel.web import Api, actor
from network.permissions import NetworkPermission as May
from network.writing import queries, service
from network.writing.rules import mention
from network.writing.schemas import (
    DraftInput,
    DraftOutput,
    DraftsOutput,
    PeopleOutput,
    PeopleQuery,
    PreviewInput,
    PreviewOutput,
    SimilarOutput,
    SimilarQuery,
)

api = Api(
    "writing",
    __name__,
    url_prefix="/writing",
    description="Drafts, previews and suggestions",
    known_to=May.TOPICS_WRITE,
)


@api.endpoint("/drafts", permission=May.TOPICS_WRITE)
@api.response(200, DraftsOutput)
def list_drafts() -> dict[str, Any]:
    """Your drafts, the last saved first."""
    rows = queries.drafts_of(actor())
    return {"drafts": [_draft(row.Draft, row.topic, row.group) for row in rows]}


@api.endpoint("/drafts", permission=May.TOPICS_WRITE, method="PUT")
@api.arguments(DraftInput)
@api.response(200, DraftOutput)
def put_draft(data: dict[str, Any]) -> dict[str, Any]:
    """Keep what you are writing at a place, instead of what was kept there; without text, nothing is."""
    place = queries.Place.of(data)
    typed = {name: data[name] for name in data.keys() - {"topic_id", "group_id", "post_id"}}
    saved = service.save_draft(actor(), place, **typed)
    return _draft(saved) if saved else {}


@api.endpoint("/drafts/<uuid:draft_id>", permission=May.TOPICS_WRITE, method="DELETE")
@api.response(204)
def discard_draft(draft_id: UUID) -> None:
    """Throw a draft away."""
    service.discard_draft(actor(), draft_id)


@api.endpoint("/preview", permission=May.TOPICS_WRITE, method="POST")
@api.arguments(PreviewInput)
@api.response(200, PreviewOutput)
def preview(data: dict[str, Any]) -> dict[str, Any]:
    """A text as markup, before it is posted."""
    place = queries.Place.of(data)
    outside = queries.mentioned_outside(actor(), place, data["body"])
    return {"html": str(rendered(data["body"])), "outside": outside}


@api.endpoint("/people", permission=May.TOPICS_WRITE)
@api.arguments(PeopleQuery, location="query")
@api.response(200, PeopleOutput)
def find_people(query: dict[str, Any]) -> dict[str, Any]:
    """People of the group of a topic, or of a group, to mention."""
    place = queries.Place.of(query)
    found = queries.people_called(actor(), place, query["q"])
    return {
        "people": [
            {**vars(colleague), "mention": mention(colleague.name, colleague.id)}
            for colleague in found
        ]
    }


@api.endpoint("/similar", permission=May.TOPICS_WRITE)
@api.arguments(SimilarQuery, location="query")
@api.response(200, SimilarOutput)
def find_similar(query: dict[str, Any]) -> dict[str, Any]:
    """Topics whose words are like a title."""
    return {"topics": queries.similar_topics(actor(), query["title"])}


def _draft(draft: Any, topic: str | None = None, group: str | None = None) -> dict[str, Any]:
    fields = ("id", "topic_id", "group_id", "post_id", "title", "body", "language", "saved_at")
    return {name: getattr(draft, name) for name in fields} | {"topic": topic, "group": group}
