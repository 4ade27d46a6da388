"""Posts for statements about many people: digests, mails that waited, feeds."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, literal, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.topics.models import GroupReading, Post, PostVersion, Topic, TopicReading
from network.topics.queries.predicates import is_seen, seeing
from network.topics.rules import PostStatus


def mailable_posts() -> Select[*tuple[Any, ...]]:
    """The posts that whoever reads their group may read, for joins."""
    return (
        select(Post.id, Post.topic_id, Post.author_id, Post.created_at, Topic.group_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.status == PostStatus.VISIBLE, Topic.shown)
    )


def may_be_shown_again(post_id: Any) -> Any:
    """Whether a post is hidden, by itself or with its topic, and not removed for good."""
    post = (
        select(Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            Post.id == post_id,
            Post.status != PostStatus.DELETED,
            or_(Post.status != PostStatus.VISIBLE, ~Topic.shown),
        )
    )
    return post.correlate_except(Post, Topic).exists()


MOST_TOPICS: Final = 200
"""Topics of one group that a digest tells of at most, those with the newest posts."""


def posts_since(group_id: Any, since: Any, until: Any) -> Any:
    """The posts of a group written in a period, as rows of `mailable_posts`, to be joined to each group.

    The topics are limited so that an index finds them for each group and reader.
    """
    topics = (
        select(Topic.id, Topic.group_id)
        .where(Topic.group_id == group_id, Topic.last_post_at > since, Topic.shown)
        .order_by(Topic.last_post_at.desc())
        .limit(MOST_TOPICS)
        .correlate_except(Topic)
        .subquery("fresh")
    )
    return (
        select(Post.id, Post.topic_id, Post.author_id, Post.created_at, topics.c.group_id)
        .join(topics, topics.c.id == Post.topic_id)
        .where(Post.status == PostStatus.VISIBLE, Post.created_at > since, Post.created_at <= until)
        .correlate_except(Post, topics)
        .lateral("post")
    )


def has_read(person_id: Any, post: Any) -> Any:
    """Whether a person has read a post, given as a row of `mailable_posts`."""
    in_topic = select(TopicReading.id).where(
        TopicReading.person_id == person_id,
        TopicReading.topic_id == post.topic_id,
        TopicReading.last_post_id >= post.id,
        TopicReading.last_post_at >= post.created_at,
    )
    in_group = select(GroupReading.id).where(
        GroupReading.person_id == person_id,
        GroupReading.group_id == post.group_id,
        GroupReading.read_at >= post.created_at,
    )
    return or_(
        in_topic.correlate_except(TopicReading).exists(),
        in_group.correlate_except(GroupReading).exists(),
    )


def posts_told(post_ids: Collection[UUID]) -> Sequence[Any]:
    """What mails and feeds tell of posts, oldest first: topic, author, words; none that cannot be read."""
    statement = (
        select(
            Post.id,
            Post.topic_id,
            Post.body,
            Post.language,
            Post.created_at,
            Post.edited_at,
            Topic.group_id,
            Topic.title,
            Person.name.label("author"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .where(
            Post.id == any_(literal(list(post_ids), ARRAY(Uuid()))),
            Post.status == PostStatus.VISIBLE,
            Topic.shown,
        )
        .order_by(Post.id)
    )
    return db.session.execute(statement).all()


def bodies_at_first(post_ids: Collection[UUID]) -> dict[UUID, str]:
    """What posts that were changed since said when they were published."""
    if not post_ids:
        return {}
    statement = (
        select(PostVersion.post_id, PostVersion.body)
        .where(PostVersion.post_id.in_(post_ids))
        .ext(distinct_on(PostVersion.post_id))
        .order_by(PostVersion.post_id, PostVersion.number)
    )
    return {row.post_id: row.body for row in db.session.execute(statement)}


def topics_of(group_id: UUID) -> Select[UUID]:
    """The ids of the topics of a group, for use inside other statements."""
    return select(Topic.id).where(Topic.group_id == group_id)


def newest_posts_seen(actor: Actor, group_ids: Collection[UUID], most: int) -> Sequence[Any]:
    """The newest posts the actor may read in the groups, newest first, as `posts_told` tells of them."""
    topics = (
        select(Topic.id)
        .where(Topic.group_id.in_(group_ids), Topic.shown, is_seen())
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(most)
        .subquery("topics")
    )
    # The newest posts are in the topics with the newest posts, which an index finds.
    newest = (
        select(Post.id)
        .join(topics, topics.c.id == Post.topic_id)
        .where(Post.status == PostStatus.VISIBLE)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(most)
    )
    ids = db.session.scalars(newest, seeing(actor)).all()
    return list(reversed(posts_told(ids)))
