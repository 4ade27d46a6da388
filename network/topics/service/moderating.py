"""What a moderator's decision does to a post; who may decide is asked by `network.moderation`."""

from collections.abc import Sequence

from kernel import search
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import queries
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus
from network.topics.service.common import publish, recount
from network.topics.service.life import set_answer


def release_post(post: Post, topic: Topic) -> None:
    """Let a post be read by all who read its topic; what nobody could read before is mailed now."""
    hidden_at = post.removed_at
    post.status = PostStatus.VISIBLE
    post.removed_at = post.removed_by = post.removed_reason = None
    fresh: Sequence[Post] = [post]
    if queries.first_post_id(topic.id) == post.id:
        topic.shown, fresh = True, queries.all_posts(topic.id)
    db.session.flush()
    publish(topic, fresh, hidden_at=hidden_at)
    recount(topic)


def hide_post(actor: Actor, post: Post, topic: Topic, reason: str) -> None:
    """Take a post from sight; with the one it was opened with, the whole topic."""
    post.status = PostStatus.HIDDEN
    post.removed_at, post.removed_by, post.removed_reason = clock.now(), actor.person_id, reason
    hidden = [post.id]
    if queries.first_post_id(topic.id) == post.id:
        topic.shown = False
        hidden = [each.id for each in queries.all_posts(topic.id)]
    if topic.accepted_post_id == post.id:
        set_answer(topic, None)
    db.session.flush()
    search.remove(*hidden)
    recount(topic)
