"""What becomes of a topic: its answer, its end."""

from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import actor, see_other
from network.permissions import NetworkPermission as May
from network.topics import service
from network.topics.pages.blueprint import pages


@pages.action("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE)
def accept(post_id: UUID) -> ResponseReturnValue:
    """Say that a post is the answer."""
    answered = service.accept_answer(actor(), post_id)
    flash(gettext("The answer was accepted."))
    return see_other("topics.topic", topic_id=answered.id, _anchor=f"post-{post_id}")


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
