"""Moving topics to other groups, splitting them, and merging them: who sees a post goes with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import Refused
from kernel.identity.actor import Actor
from network.groups import queries as groups
from network.topics import access, queries, rules
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus, TopicKind, TopicStatus
from network.topics.service.common import index_all, publish, recount, sum_up
from network.topics.service.life import set_answer


def move_topic(actor: Actor, topic_id: UUID, *, group_id: UUID) -> Topic:
    """Put a topic into another group: its posts, files and hits are seen there and nowhere else.

    By who moderates in both. Raises NotFound for a topic or group the actor does not see, Forbidden, and
    Refused for a merged topic.
    """
    seen = queries.topic_seen_by(actor, topic_id, to_change=True)
    target = groups.standing_in(actor, group_id)
    for standing in (seen.standing, target):
        access.require_move(actor, standing)
    rules.check_not_merged(seen.topic.merged_into_id)
    before = seen.topic.group_id
    if before == group_id:
        return seen.topic
    seen.topic.group_id = group_id
    seen.topic.pinned_at = seen.topic.pinned_by = None
    db.session.flush()
    index_all(seen.topic)
    private = next((one for one in (seen.standing, target) if not one.is_open), target)
    audit.record(
        actor,
        "topic.moved",
        seen.topic,
        before={"group_id": before},
        after={"group_id": group_id},
        label=queries.TopicSeen(seen.topic, private).label,
    )
    return seen.topic


def split_topic(
    actor: Actor, topic_id: UUID, *, post_ids: Sequence[str], title: str, kind: TopicKind
) -> Topic:
    """Let some of a topic's replies go on as a topic of their own in the same group.

    The author of the first of them opens it. Raises NotFound, Forbidden but for the chair, and Refused
    for a closed topic, its first post, and posts of elsewhere.
    """
    seen = queries.topic_seen_by(actor, topic_id, to_change=True)
    access.require_move(actor, seen.standing)
    rules.check_open(seen.topic.status)
    posts = queries.all_posts(topic_id)
    chosen = _chosen(posts, queries.first_post_id(topic_id), post_ids)
    hidden_at = queries.hidden_at(topic_id)
    made = _opened_with(chosen[0], seen.topic, title, kind)
    for post in chosen:
        post.topic_id = made.id
    if seen.topic.accepted_post_id in {post.id for post in chosen}:
        set_answer(seen.topic, None)
    _settle(seen.topic)
    _settle(made, () if seen.topic.shown else chosen, hidden_at)
    _record(actor, "topic.split", seen, {"topic_id": made.id, "posts": len(chosen)})
    return made


def merge_topic(actor: Actor, topic_id: UUID, *, into_id: UUID) -> Topic:
    """Put the posts of a topic into another one of its group; its address leads there from now on.

    All stand in the order in which they were written. What the other was opened with still opens it, also
    after older posts: no question becomes its own answer. Its accepted answer stays; a question without
    one takes that of the question merged into it.

    Raises NotFound, Forbidden, and Refused for topics of two groups, the same topic twice, and a closed
    or merged one.
    """
    # In the order of their ids: two who merge two topics into each other do not wait for one another.
    held = {
        each: queries.topic_seen_by(actor, each, to_change=True)
        for each in sorted({topic_id, into_id})
    }
    seen, into = held[topic_id], held[into_id]
    for standing in (seen.standing, into.standing):
        access.require_move(actor, standing)
    rules.check_merge(topic_id, seen.topic.group_id, into_id, into.topic.group_id)
    rules.check_not_merged(seen.topic.merged_into_id)
    rules.check_open(into.topic.status)
    posts, hidden_at = queries.all_posts(topic_id), queries.hidden_at(topic_id)
    into.topic.opened_with_id = queries.first_post_id(into_id)
    answers = into.topic.accepted_post_id, seen.topic.accepted_post_id
    set_answer(into.topic, rules.answer_after_merge(into.topic.kind, *answers))
    seen.topic.accepted_post_id = seen.topic.opened_with_id = None
    seen.topic.pinned_at = seen.topic.pinned_by = None
    seen.topic.status, seen.topic.merged_into_id = TopicStatus.ARCHIVED, into_id
    for post in posts:
        post.topic_id = into_id
    _settle(into.topic, () if seen.topic.shown else posts, hidden_at)
    sum_up(seen.topic, replies=0)
    _record(actor, "topic.merged", seen, {"merged_into_id": into_id, "posts": len(posts)})
    return into.topic


def _chosen(posts: Sequence[Post], first: UUID | None, post_ids: Sequence[str]) -> list[Post]:
    try:
        wanted = {UUID(str(each)) for each in post_ids}
    except ValueError as error:
        raise Refused(rules.CHOOSE_POSTS_OF_THIS_TOPIC, field="post_ids") from error
    rules.check_split([post.id for post in posts], first, wanted)
    return [post for post in posts if post.id in wanted]


def _opened_with(post: Post, topic: Topic, title: str, kind: TopicKind) -> Topic:
    made = Topic(
        id=new_id(),
        group_id=topic.group_id,
        kind=kind.value,
        title=title,
        language=post.language,
        author_id=post.author_id,
        organisation_id=post.organisation_id,
        created_at=post.created_at,
        split_from_id=topic.id,
        shown=post.status in {PostStatus.VISIBLE, PostStatus.DELETED},
    )
    db.session.add(made)
    db.session.flush()
    return made


def _settle(topic: Topic, fresh: Sequence[Post] = (), hidden_at: datetime | None = None) -> None:
    """Bring the sums of a topic, and what is found of it, up to the posts it has now; as `publish` does."""
    db.session.flush()
    publish(topic, fresh, hidden_at=hidden_at)
    recount(topic)


def _record(actor: Actor, action: str, seen: queries.TopicSeen, after: dict[str, Any]) -> None:
    audit.record(actor, action, seen.topic, after=after, label=seen.label)
