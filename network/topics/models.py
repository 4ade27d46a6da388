"""Topics, their posts, earlier versions of posts, and what hangs on them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text, true
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
        ForeignKeyConstraint(
            ["tenant_id", "opened_with_id"],
            ["network.post.tenant_id", "network.post.id"],
            name="fk_topic_tenant_id_opened_with_id",
            use_alter=True,
        ),
        CheckConstraint("kind in ('discussion', 'question')", name="kind_known"),
        CheckConstraint(
            "status in ('open', 'answered', 'locked', 'archived')", name="status_known"
        ),
        CheckConstraint(
            "accepted_post_id is null or kind = 'question'", name="only_questions_are_answered"
        ),
        tenant_key("pinned_by", "kernel.person"),
        tenant_key("merged_into_id", "network.topic"),
        tenant_key("split_from_id", "network.topic"),
        CheckConstraint("merged_into_id is null or status = 'archived'", name="merged_is_archived"),
        Index("ix_topic_by_group", "tenant_id", "group_id", "last_post_at", "id"),
        Index("ix_topic_by_status", "tenant_id", "group_id", "status", "last_post_at", "id"),
        Index(
            "ix_topic_split_from_id",
            "tenant_id",
            "split_from_id",
            postgresql_where=text("split_from_id is not null"),
        ),
        Index(
            "ix_topic_pinned",
            "tenant_id",
            "group_id",
            "pinned_at",
            postgresql_where=text("pinned_at is not null"),
        ),
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
    # Its own first post, once those of another topic, maybe older ones, were merged into it.
    opened_with_id: Mapped[UUID | None]
    pinned_at: Mapped[datetime | None]
    pinned_by: Mapped[UUID | None]
    # Where its posts went; its address leads there.
    merged_into_id: Mapped[UUID | None]
    split_from_id: Mapped[UUID | None]
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
        tenant_key("in_reply_to_id", "network.post"),
        tenant_key("removed_by", "kernel.person"),
        tenant_unique("message_id"),
        CheckConstraint(
            "status in ('pending', 'visible', 'hidden', 'deleted')", name="status_known"
        ),
        CheckConstraint("via in ('web', 'mail', 'api')", name="via_known"),
        Index("ix_post_topic_id", "tenant_id", "topic_id", "id"),
        Index("ix_post_by_moment", "tenant_id", "topic_id", "created_at"),
        Index(
            "ix_post_came_as",
            "tenant_id",
            "came_as",
            postgresql_where=text("came_as is not null"),
        ),
    )

    topic_id: Mapped[UUID]
    author_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    body: Mapped[str]
    # What the mail it came by quoted of earlier ones, shown folded; neither searched nor mailed.
    quoted: Mapped[str | None]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="visible")
    via: Mapped[str]
    # Without angle brackets; the mails that tell of the post carry it, answers refer to it.
    message_id: Mapped[str]
    # Of the mail it came by, where a post in another group has its Message-ID: that was sent to both groups.
    came_as: Mapped[str | None]
    # The post it quotes or answers; without one it answers the topic.
    in_reply_to_id: Mapped[UUID | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None]
    removed_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    # Whether it was told of by mail, which is done once; one that nobody may read yet waits.
    told: Mapped[bool] = mapped_column(default=False, server_default=true())


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


class PostTranslation(Versioned, Tenanted):
    """A post in another language, by a person. It tells of which version of the post it is."""

    __tablename__ = "post_translation"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post"),
        tenant_key("translator_id", "kernel.person"),
        tenant_unique("post_id", "language"),
    )

    post_id: Mapped[UUID]
    language: Mapped[str]
    body: Mapped[str]
    translator_id: Mapped[UUID]
    of_version: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class TopicTag(Tenanted):
    """A word a topic can be found by, as `rules.tags` writes it."""

    __tablename__ = "topic_tag"
    __table_args__ = table(
        "network",
        tenant_key("topic_id", "network.topic"),
        tenant_unique("topic_id", "tag"),
        Index("ix_topic_tag_tag", "tenant_id", "tag", "topic_id"),
    )

    topic_id: Mapped[UUID]
    tag: Mapped[str]


class TopicReading(Tenanted):
    """How far somebody has read a topic: to this post, which was written at `last_post_at`."""

    __tablename__ = "topic_reading"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("topic_id", "network.topic"),
        tenant_key("last_post_id", "network.post"),
        tenant_unique("person_id", "topic_id"),
    )

    person_id: Mapped[UUID]
    topic_id: Mapped[UUID]
    last_post_id: Mapped[UUID]
    last_post_at: Mapped[datetime]
    read_at: Mapped[datetime] = mapped_column(default=clock.now)


class GroupReading(Tenanted):
    """From when on somebody wants to be told what is new in a group: she marked all before as read."""

    __tablename__ = "group_reading"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_unique("person_id", "group_id"),
    )

    person_id: Mapped[UUID]
    group_id: Mapped[UUID]
    read_at: Mapped[datetime] = mapped_column(default=clock.now)


class Reaction(Tenanted):
    """One word somebody says to a post, for which no post is worth writing."""

    __tablename__ = "reaction"
    __table_args__ = table(
        "network",
        tenant_key("post_id", "network.post"),
        tenant_key("person_id", "kernel.person"),
        tenant_unique("post_id", "person_id", "kind"),
        CheckConstraint("kind in ('thanks', 'agree', 'useful', 'same_here')", name="kind_known"),
    )

    post_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Bookmark(Tenanted):
    """A post somebody wants to find again. The database shows it to nobody else."""

    __tablename__ = "bookmark"
    __table_args__ = table(
        "network",
        tenant_key("person_id", "kernel.person"),
        tenant_key("post_id", "network.post"),
        tenant_unique("person_id", "post_id"),
    )

    person_id: Mapped[UUID]
    post_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
