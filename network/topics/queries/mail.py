"""What the mails that tell of a post say and refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, select

from kernel.db import db
from kernel.identity.models import Organisation, Person
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus

REFERENCES = 10
"""Message-IDs a mail names of the posts before it, beside the first."""


def post_to_mail(post_id: UUID) -> Row[Post, Topic, str, str | None] | None:
    """A visible post with its topic, author and, but for a guest's, organisation, for the mail of it."""
    statement = (
        select(Post, Topic, Person.name.label("author"), Organisation.name.label("organisation"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id == post_id, Post.status == PostStatus.VISIBLE, Topic.shown)
    )
    return db.session.execute(statement).one_or_none()


def earlier_message_ids(post: Post) -> list[str]:
    """The Message-IDs a mail about the post refers to: the first of the topic, then the last before it."""
    earlier = select(Post.message_id).where(
        Post.topic_id == post.topic_id,
        Post.id < post.id,
        Post.status.in_([PostStatus.VISIBLE, PostStatus.DELETED]),
    )
    first = db.session.scalar(earlier.order_by(Post.id).limit(1))
    last = list(db.session.scalars(earlier.order_by(Post.id.desc()).limit(REFERENCES)))
    return list(dict.fromkeys([*([first] if first else []), *reversed(last)]))


@dataclass(frozen=True)
class PostOfMail:
    """A post by the Message-ID of the mail that tells of it, or that it came by."""

    message_id: str
    post_id: UUID
    topic_id: UUID
    group_id: UUID


def posts_of_mails(message_ids: Sequence[str]) -> list[PostOfMail]:
    """The posts of Message-IDs, in the order of these; whoever asks must see to who may see them."""
    statement = (
        select(Post.message_id, Post.id, Post.topic_id, Topic.group_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.message_id.in_(message_ids))
    )
    found = {row.message_id: PostOfMail(*row) for row in db.session.execute(statement)}
    return [found[each] for each in message_ids if each in found]
