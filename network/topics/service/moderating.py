"""What a moderator's decision does to a post; who may decide is asked by `network.moderation`."""

from sqlalchemy import select

from kernel import search
from kernel.db import db
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import queries
from network.topics.events import PostWritten
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus
from network.topics.service.common import index_all, sum_up
from network.topics.service.life import set_answer


def release_post(post: Post, topic: Topic) -> None:
    """Let a post be read by all who read its topic; one that has waited is published now and mailed."""
    waited = post.status == PostStatus.PENDING
    post.status = PostStatus.VISIBLE
    post.removed_at = post.removed_by = post.removed_reason = None
    if waited:
        post.created_at = clock.now()
    if queries.first_post_id(topic.id) == post.id:
        topic.shown = True
    db.session.flush()
    index_all(topic)
    _count(topic)
    if waited:
        emit(PostWritten(post_id=post.id))


def hide_post(actor: Actor, post: Post, topic: Topic, reason: str) -> None:
    """Take a post from sight; with the one it was opened with, the whole topic."""
    post.status = PostStatus.HIDDEN
    post.removed_at, post.removed_by, post.removed_reason = clock.now(), actor.person_id, reason
    hidden = [post.id]
    if queries.first_post_id(topic.id) == post.id:
        topic.shown = False
        hidden = list(db.session.scalars(select(Post.id).where(Post.topic_id == topic.id)))
    if topic.accepted_post_id == post.id:
        set_answer(topic, None)
    db.session.flush()
    search.remove(*hidden)
    _count(topic)


def _count(topic: Topic) -> None:
    moments = [post.created_at for post in queries.visible_posts(topic.id)]
    latest = max(moments, default=topic.created_at)
    sum_up(topic, replies=queries.count_replies(topic.id), last_post_at=latest)
