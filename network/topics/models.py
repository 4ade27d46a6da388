"""Topics, their posts, earlier versions of posts, and the files that hang on them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class Topic(Versioned, Tenanted):
    """What is talked about in a group. Its first post is what it was opened with.

    The last three columns sum up its posts for the list, which reads no post. They change without a
    new version: whoever edits a title is not disturbed by a reply.
    """

    __tablename__ = "topic"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group"),
        tenant_key("author_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        ForeignKeyConstraint(
            ["tenant_id", "accepted_post_id"],
            ["network.post.tenant_id", "network.post.id"],
            name="fk_topic_tenant_id_accepted_post_id",
            use_alter=True,
        ),
        CheckConstraint("kind in ('discussion', 'question')", name="kind_known"),
        CheckConstraint(
            "status in ('open', 'answered', 'locked', 'archived')", name="status_known"
        ),
        CheckConstraint(
            "accepted_post_id is null or kind = 'question'", name="only_questions_are_answered"
        ),
        Index("ix_topic_by_group", "tenant_id", "group_id", "last_post_at", "id"),
        Index("ix_topic_by_status", "tenant_id", "group_id", "status", "last_post_at", "id"),
    )

    group_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    author_id: Mapped[UUID]
    # The organisation the author spoke for, which stays when she leaves it; a guest speaks for none.
    organisation_id: Mapped[UUID | None]
    accepted_post_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_post_at: Mapped[datetime] = mapped_column(default=clock.now)
    replies: Mapped[int] = mapped_column(default=0)
    # False while the post it was opened with waits for a moderator or is hidden: with it, so is the topic.
    shown: Mapped[bool] = mapped_column(default=True, server_default=true())


class Post(Versioned, Tenanted):
    """One contribution, in the language it was written in."""

    __tablename__ = "post"
    __table_args__ = table(
        "network",
        tenant_key("topic_id", "network.topic"),
        tenant_key("author_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_unique("message_id"),
        CheckConstraint(
            "status in ('pending', 'visible', 'hidden', 'deleted')", name="status_known"
        ),
        CheckConstraint("via in ('web', 'mail', 'api')", name="via_known"),
        Index("ix_post_topic_id", "tenant_id", "topic_id", "id"),
    )

    topic_id: Mapped[UUID]
    author_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    body: Mapped[str]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="visible")
    via: Mapped[str]
    # Without angle brackets; the mails that tell of the post carry it, answers refer to it.
    message_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]


class PostVersion(Tenanted):
    """What a post said before it was edited. Append only."""

    __tablename__ = "post_version"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post"),
        tenant_unique("post_id", "number"),
    )

    post_id: Mapped[UUID]
    number: Mapped[int]
    body: Mapped[str]
    language: Mapped[str]
    written_at: Mapped[datetime]


class PostFile(Tenanted):
    """A file handed in with a post; seen by whoever sees the post."""

    __tablename__ = "post_file"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post"),
        tenant_key("file_id", "kernel.stored_file"),
        tenant_unique("file_id"),
        Index("ix_post_file_post_id", "tenant_id", "post_id"),
    )

    post_id: Mapped[UUID]
    file_id: Mapped[UUID]
