"""What discussions answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from network.permissions import NetworkPermission
from network.topics import lists


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Questions in one's groups to answer, and one's own that got replies and no accepted answer."""
    if not actor.can(NetworkPermission.TOPICS_WRITE):
        return
    for topic in lists.open_questions(actor, MOST):
        url = url_for("topics.topic", topic_id=topic.id)
        if topic.own:
            text = gettext("Say which reply answers your question")
            yield Waiting("answer_to_accept", text, url, topic.title, order=20)
        else:
            text = gettext("Answer a question in %(group)s", group=topic.group)
            yield Waiting("question_to_answer", text, url, topic.title, order=50)
