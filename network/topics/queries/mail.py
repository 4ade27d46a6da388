"""What the mails that tell of a post say and refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, literal, select

from kernel.db import db
from kernel.identity.models import Organisation, Person
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus

REFERENCES = 10
"""Message-IDs a mail names of the posts before it, beside the first."""


def post_to_mail(post_id: UUID) -> Row[Post, Topic, str, str | None] | None:
    """A visible post with its topic, author and, but for a guest's, organisation, for the mail of it."""
    statement = written(post_id).where(Post.status == PostStatus.VISIBLE, Topic.shown)
    return db.session.execute(statement).one_or_none()


def written(post_id: UUID) -> Select[Post, Topic, str, str | None]:
    """A post in whatever state with its topic, author and, but for a guest's, organisation."""
    return (
        select(Post, Topic, Person.name.label("author"), Organisation.name.label("organisation"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id == post_id)
    )


def earlier_message_ids(post: Post) -> list[str]:
    """The Message-IDs a mail about the post refers to; the last is that of the post it answers.

    The first post of the topic, then the posts it answers, one the answer of the other; the last ones
    before it where it answers none in particular.
    """
    readable = Post.status.in_([PostStatus.VISIBLE, PostStatus.DELETED])
    earlier = select(Post.message_id).where(
        Post.topic_id == post.topic_id, Post.id < post.id, readable
    )
    first = db.session.scalar(earlier.order_by(Post.id).limit(1))
    if post.in_reply_to_id is not None:
        answered = db.session.scalars(_answered(post.in_reply_to_id))
    else:
        answered = db.session.scalars(earlier.order_by(Post.id.desc()).limit(REFERENCES))
    return list(dict.fromkeys([*([first] if first else []), *reversed(answered.all())]))


def _answered(post_id: UUID) -> Select[str]:
    """A post, the one it answers and so on, as Message-IDs; the post itself first."""
    asked = select(
        Post.id, Post.in_reply_to_id, Post.message_id, Post.status, literal(1).label("n")
    )
    chain = asked.where(Post.id == post_id).cte("chain", recursive=True)
    before = select(Post.id, Post.in_reply_to_id, Post.message_id, Post.status, chain.c.n + 1).join(
        chain, Post.id == chain.c.in_reply_to_id
    )
    chain = chain.union_all(before.where(chain.c.n < REFERENCES))
    return (
        select(chain.c.message_id)
        .where(chain.c.status.in_([PostStatus.VISIBLE, PostStatus.DELETED]))
        .order_by(chain.c.n)
    )


@dataclass(frozen=True)
class PostOfMail:
    """A post by the Message-ID of the mail that tells of it, or of the one that it came by."""

    message_id: str
    post_id: UUID
    topic_id: UUID
    group_id: UUID


def posts_of_mails(message_ids: Sequence[str]) -> list[PostOfMail]:
    """The posts of Message-IDs, in the order of these; whoever asks must see to who may see them.

    One mail to several groups is a post in each.
    """
    names: tuple[Any, ...] = (Post.message_id, Post.came_as)
    found = [
        PostOfMail(*row)
        for name in names
        for row in db.session.execute(
            select(name, Post.id, Post.topic_id, Topic.group_id)
            .join(Topic, Topic.id == Post.topic_id)
            .where(name.in_(message_ids))
        )
    ]
    return sorted(found, key=lambda post: message_ids.index(post.message_id))
