"""What becomes of a topic: its answer, its tags, its place above the others, its end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from kernel import audit
from kernel.db import db
from kernel.errors import N_, NotNow
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import access, queries, rules
from network.topics.models import Topic, TopicTag
from network.topics.rules import TopicStatus
from network.topics.service.common import repeatable


def accept_answer(actor: Actor, post_id: UUID) -> Topic:
    """Say that a post answers the question of its topic, in place of any other.

    Raises NotFound, Forbidden, and Refused for the question itself, a removed post or a topic that is no
    question.
    """
    seen = queries.post_seen_by(actor, post_id, to_change=True)
    access.require_accept(actor, seen.standing, seen.topic.author_id)
    rules.check_answerable(seen.topic.kind, seen.topic.status)
    rules.check_visible(seen.post.status)
    if queries.first_post_id(seen.topic.id) == post_id:
        raise NotNow(N_("The question cannot be its own answer. Choose one of the replies."))
    set_answer(seen.topic, post_id)
    _record(actor, "topic.answered", seen, after={"accepted_post_id": post_id})
    return seen.topic


def take_answer_back(actor: Actor, post_id: UUID) -> Topic:
    """Say that a post does not answer the question after all. Raises as `accept_answer` does."""
    seen = queries.post_seen_by(actor, post_id, to_change=True)
    access.require_accept(actor, seen.standing, seen.topic.author_id)
    rules.check_open(seen.topic.status)
    if seen.topic.accepted_post_id != post_id:
        raise NotNow(N_("This post is not the accepted answer: there is nothing to take back."))
    set_answer(seen.topic, None)
    _record(actor, "topic.answer_taken_back", seen, before={"accepted_post_id": post_id})
    return seen.topic


def set_answer(topic: Topic, post_id: UUID | None) -> None:
    """Write down the accepted answer of a question, or that it has none; a closed one stays closed."""
    topic.accepted_post_id = post_id
    if not rules.is_closed(topic.status):
        topic.status = TopicStatus.ANSWERED if post_id is not None else TopicStatus.OPEN


def close_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Let nobody answer any more: the topic stays readable. Raises NotFound, Forbidden and Refused."""
    seen = _to_moderate(actor, topic_id)
    rules.check_open(seen.topic.status)
    return _change_status(actor, seen, TopicStatus.LOCKED)


def reopen_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Let people write in a closed topic again. Raises NotFound, Forbidden, and Refused for a merged one."""
    seen = _to_moderate(actor, topic_id)
    answered = seen.topic.accepted_post_id is not None
    return _change_status(actor, seen, TopicStatus.ANSWERED if answered else TopicStatus.OPEN)


def archive_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Put a topic away: out of the list, still found and read. Raises NotFound, Forbidden and Refused."""
    seen = _to_moderate(actor, topic_id)
    if seen.topic.status == TopicStatus.ARCHIVED:
        raise NotNow(N_("This topic is in the archive already: there is nothing more to do."))
    seen.topic.pinned_at = seen.topic.pinned_by = None
    return _change_status(actor, seen, TopicStatus.ARCHIVED)


def pin_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Keep a topic above the others in the list of its group.

    Raises NotFound, Forbidden, and Refused for one that is closed and where five are pinned.
    """
    seen = _to_moderate(actor, topic_id)
    rules.check_open(seen.topic.status)
    if seen.topic.pinned_at is None:
        rules.check_room_for_pin(queries.count_pinned(seen.topic.group_id))
        seen.topic.pinned_at, seen.topic.pinned_by = clock.now(), actor.person_id
        _record(actor, "topic.pinned", seen)
    return seen.topic


def unpin_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Let a topic stand among the others again. Raises NotFound and Forbidden."""
    seen = _to_moderate(actor, topic_id)
    if seen.topic.pinned_at is not None:
        seen.topic.pinned_at = seen.topic.pinned_by = None
        _record(actor, "topic.unpinned", seen)
    return seen.topic


def tag_topic(actor: Actor, topic_id: UUID, *, version: int | None, tags: Sequence[str]) -> Topic:
    """Give a topic these tags in place of those it has: its author, and the chair.

    Raises NotFound, Forbidden, Refused for a closed topic or too many tags, and Conflict when `version` is
    not the topic's any more.
    """
    seen = queries.topic_seen_by(actor, topic_id, to_change=True)
    access.require_edit_or_moderate(actor, seen.standing, seen.topic.author_id)
    rules.check_open(seen.topic.status)
    before, after = queries.tags_of_topic(topic_id), rules.tags_of(tags)
    seen.topic.expect(version, {"tags": before})
    if before != sorted(after):
        flag_modified(seen.topic, "title")  # who saves the tags she read before shall see these
        db.session.execute(delete(TopicTag).where(TopicTag.topic_id == topic_id))
        db.session.add_all(TopicTag(topic_id=topic_id, tag=tag) for tag in after)
        _record(
            actor,
            "topic.tagged",
            seen,
            before=repeatable(seen.standing, tags=before),
            after=repeatable(seen.standing, tags=sorted(after)),
        )
    return seen.topic


def _to_moderate(actor: Actor, topic_id: UUID) -> queries.TopicSeen:
    seen = queries.topic_seen_by(actor, topic_id, to_change=True)
    access.require_moderate(actor, seen.standing)
    rules.check_not_merged(seen.topic.merged_into_id)
    return seen


def _change_status(actor: Actor, seen: queries.TopicSeen, status: TopicStatus) -> Topic:
    before = seen.topic.status
    seen.topic.status = status
    _record(
        actor, "topic.status_changed", seen, before={"status": before}, after={"status": status}
    )
    return seen.topic


def _record(actor: Actor, action: str, seen: queries.TopicSeen, **states: Any) -> None:
    audit.record(actor, action, seen.topic, label=seen.label, **states)
