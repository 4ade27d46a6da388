"""What becomes of a topic: its answer, tags, pins, its end."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, render, see_other
from network.permissions import NetworkPermission as May
from network.topics import access, queries, service
from network.topics.pages.blueprint import back_to, crumbs_below, link_to, pages
from network.topics.rules import is_closed
from network.topics.schemas import TagsInput


@pages.page("/<uuid:topic_id>/manage", permission=May.TOPICS_WRITE)
def manage(topic_id: UUID) -> ResponseReturnValue:
    """All that can be done with a topic as a whole, for its author and the chair."""
    seen = queries.topic_seen_by(actor(), topic_id)
    own = access.can_edit(actor(), seen.standing, seen.topic.author_id)
    if not own:
        access.require_move(actor(), seen.standing)
    return render(
        "network/topics/manage.html",
        crumbs=crumbs_below(seen.topic, gettext("Manage the topic")),
        topic=seen.topic,
        own=own,
        moves=access.can_move(actor(), seen.standing),
        moderates=access.can_moderate(actor(), seen.standing),
        closed=is_closed(seen.topic.status),
        tags=queries.tags_of_topic(topic_id),
        keys=lambda: str(uuid4()),
    )


@pages.form("/<uuid:topic_id>/tags", permission=May.TOPICS_WRITE)
def tags(topic_id: UUID) -> ResponseReturnValue:
    """Change the tags of a topic."""
    seen = queries.topic_seen_by(actor(), topic_id)
    access.require_edit_or_moderate(actor(), seen.standing, seen.topic.author_id)
    values = {"tags": queries.tags_of_topic(topic_id)}
    form = Form(TagsInput(), values, version=seen.topic.version)

    def save(data: dict[str, Any]) -> object:
        return service.tag_topic(actor(), topic_id, version=form.posted_version, **data)

    if form.accepts(save):
        return see_other("topics.topic", topic_id=topic_id)
    return form.render(
        "network/topics/tags.html",
        crumbs=crumbs_below(seen.topic, gettext("Change the tags")),
        used=queries.tags_seen_by(actor()),
        back=link_to(seen.topic).url,
    )


@pages.action("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE)
def accept(post_id: UUID) -> ResponseReturnValue:
    """Say that a post is the answer."""
    answered = service.accept_answer(actor(), post_id)
    flash(gettext("The answer was accepted."))
    return back_to(post_id, answered.id)


@pages.action("/posts/<uuid:post_id>/take-back", permission=May.TOPICS_WRITE)
def take_back(post_id: UUID) -> ResponseReturnValue:
    """Say that a post is not the answer after all."""
    asked = service.take_answer_back(actor(), post_id)
    flash(gettext("The question waits for an answer again."))
    return back_to(post_id, asked.id)


@pages.action("/<uuid:topic_id>/close", permission=May.TOPICS_WRITE)
def close(topic_id: UUID) -> ResponseReturnValue:
    """Close a topic."""
    service.close_topic(actor(), topic_id)
    flash(gettext("The topic is closed: it can be read and no longer answered."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.action("/<uuid:topic_id>/reopen", permission=May.TOPICS_WRITE)
def reopen(topic_id: UUID) -> ResponseReturnValue:
    """Open a closed topic again."""
    service.reopen_topic(actor(), topic_id)
    flash(gettext("The topic is open again."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.action("/<uuid:topic_id>/archive", permission=May.TOPICS_WRITE)
def archive(topic_id: UUID) -> ResponseReturnValue:
    """Put a topic away."""
    service.archive_topic(actor(), topic_id)
    flash(gettext("The topic is in the archive: it is found and read, and no longer listed."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.action("/<uuid:topic_id>/pin", permission=May.TOPICS_WRITE)
def pin(topic_id: UUID) -> ResponseReturnValue:
    """Keep a topic above the others of its group."""
    service.pin_topic(actor(), topic_id)
    flash(gettext("The topic stands above the others of its group."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.action("/<uuid:topic_id>/unpin", permission=May.TOPICS_WRITE)
def unpin(topic_id: UUID) -> ResponseReturnValue:
    """Let a topic stand among the others again."""
    service.unpin_topic(actor(), topic_id)
    flash(gettext("The topic stands among the others again."))
    return see_other("topics.topic", topic_id=topic_id)
