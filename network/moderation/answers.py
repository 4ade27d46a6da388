"""What moderation answers to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from network.moderation import queries
from network.permissions import NetworkPermission


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Posts held or reported in groups one moderates."""
    if not actor.can(NetworkPermission.TOPICS_SEE):
        return
    for row in queries.queue(actor, MOST):
        held = row.status == "pending"
        text = gettext("Decide on a post that waits") if held else gettext("Decide on a report")
        url = url_for("moderation.decide", post_id=row.id)
        yield Waiting("post_to_decide", text, url, row.title, order=15)
