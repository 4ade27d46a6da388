"""What becomes of a topic: its answer, its end."""

from uuid import UUID

from kernel import audit
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from network.topics import access, queries, rules
from network.topics.models import Topic
from network.topics.service.common import label


def accept_answer(actor: Actor, post_id: UUID) -> Topic:
    """Say that a post answers the question of its topic, in place of any other.

    Raises NotFound, Forbidden, and Refused for the question itself, a removed post or a topic that is no
    question.
    """
    seen = queries.post_seen_by(actor, post_id)
    access.require_accept(actor, seen.standing, seen.topic.author_id)
    rules.check_answerable(seen.topic.kind, seen.topic.status)
    rules.check_visible(seen.post.status)
    if queries.first_post_id(seen.topic.id) == post_id:
        raise Refused(N_("The question cannot be its own answer. Choose one of the replies."))
    set_answer(seen.topic, post_id)
    after = {"accepted_post_id": post_id}
    audit.record(
        actor, "topic.answered", seen.topic, after=after, label=label(seen.standing, seen.topic)
    )
    return seen.topic


def set_answer(topic: Topic, post_id: UUID | None) -> None:
    """Write down the accepted answer of an open question, or that it has none."""
    topic.accepted_post_id = post_id
    answered = post_id is not None
    topic.status = rules.TopicStatus.ANSWERED if answered else rules.TopicStatus.OPEN


def close_topic(actor: Actor, topic_id: UUID) -> Topic:
    """End a topic: it stays readable. Raises NotFound, Forbidden, and Refused when it is closed."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_moderate(actor, seen.standing)
    rules.check_open(seen.topic.status)
    _change_status(actor, seen, rules.TopicStatus.LOCKED)
    return seen.topic


def reopen_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Let people write in a closed topic again. Raises NotFound and Forbidden."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_moderate(actor, seen.standing)
    answered = seen.topic.accepted_post_id is not None
    status = rules.TopicStatus.ANSWERED if answered else rules.TopicStatus.OPEN
    _change_status(actor, seen, status)
    return seen.topic


def _change_status(actor: Actor, seen: queries.TopicSeen, status: rules.TopicStatus) -> None:
    before = seen.topic.status
    seen.topic.status = status
    audit.record(
        actor,
        "topic.status_changed",
        seen.topic,
        before={"status": before},
        after={"status": status},
        label=label(seen.standing, seen.topic),
    )
