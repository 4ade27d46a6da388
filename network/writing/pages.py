"""What stands beside the box a post is written in: parts of pages, and the list of drafts."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import ValidationError

from kernel.errors import Invalid
from kernel.fields import Schema
from kernel.web import Pages, actor, render, see_other
from kernel.web.formats import time_of_day
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May
from network.writing import queries, service
from network.writing.rules import mention
from network.writing.schemas import (
    DraftInput,
    PeopleQuery,
    PlaceQuery,
    PreviewInput,
    SimilarQuery,
)

pages = Pages(
    "writing",
    __name__,
    url_prefix="/network/writing",
    section="network",
    known_to=May.TOPICS_WRITE,
)


@pages.page("/drafts", permission=May.TOPICS_WRITE)
def drafts() -> ResponseReturnValue:
    """What one is writing."""
    return render(
        "network/writing/drafts.html",
        crumbs=[Link(gettext("Drafts"), "")],
        drafts=queries.drafts_of(actor()),
    )


@pages.action("/drafts/<uuid:draft_id>/discard", permission=May.TOPICS_WRITE)
def discard_draft(draft_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    service.discard_draft(actor(), draft_id)
    flash(gettext("The draft was discarded."))
    return see_other("writing.drafts")


@pages.page("/draft", permission=May.TOPICS_WRITE)
def draft() -> ResponseReturnValue:
    """The draft of a place, for the box there."""
    place = queries.Place.of(_loaded(PlaceQuery(), request.args))
    queries.group_of(actor(), place)
    return _draft(queries.draft_at(actor(), place))


@pages.action("/draft", permission=May.TOPICS_WRITE)
def save_draft() -> ResponseReturnValue:
    """Keep what is being typed."""
    data = _loaded(DraftInput(), request.form)
    return _draft(service.save_draft(actor(), queries.Place.of(data), **_typed(data)))


@pages.action("/preview", permission=May.TOPICS_WRITE)
def preview() -> ResponseReturnValue:
    """What is typed, as it will look: a part of a page, for the tab beside the text."""
    data = _loaded(PreviewInput(), request.form)
    return render_template(
        "network/writing/preview.html",
        body=data["body"],
        language=data["language"],
        outside=queries.mentioned_outside(actor(), queries.Place.of(data), data["body"]),
    )


@pages.page("/people", permission=May.TOPICS_WRITE)
def people() -> ResponseReturnValue:
    """People of the group to mention, for the list beside the text."""
    data = _loaded(PeopleQuery(), request.args)
    found = queries.people_called(actor(), queries.Place.of(data), data["q"])
    return jsonify(
        [
            {
                "name": colleague.name,
                "organisation": colleague.organisation or "",
                "mention": mention(colleague.name, colleague.id),
            }
            for colleague in found
        ]
    )


@pages.action("/similar", permission=May.TOPICS_WRITE)
def similar() -> ResponseReturnValue:
    """Topics like the title that is being typed, which no log need keep: a part of a page, below it."""
    found = queries.similar_topics(actor(), _loaded(SimilarQuery(), request.form)["title"])
    return render_template("network/writing/similar.html", topics=found)


def _draft(found: Any) -> Response:
    if found is None:
        return jsonify(None)
    return jsonify(
        id=str(found.id),
        group_id=str(found.group_id or ""),
        title=found.title,
        body=found.body,
        language=found.language,
        saved_at=found.saved_at.isoformat(),
        said=gettext("Saved %(time)s", time=time_of_day(found.saved_at)),
    )


def _loaded(schema: Schema, given: Any) -> dict[str, Any]:
    """What was sent, empty fields left aside. Raises Invalid."""
    known = {name: text for name in schema.load_fields if (text := given.get(name))}
    try:
        return dict(schema.load(known))
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error


def _typed(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data.get(name) for name in ("title", "body", "language", "draft_id")}
