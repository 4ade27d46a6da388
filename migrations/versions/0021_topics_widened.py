"""How far one has read, pins, tags, reactions, bookmarks, translations, and where posts went."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import CURRENT_PERSON, create_tenant_table, tenant_foreign_key

revision = "0021"
down_revision = "0024"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OWN_OR_NOBODY = {"own_person": f"person_id = {CURRENT_PERSON} or {CURRENT_PERSON} is null"}
NEW_KEYS = (
    ("topic", "pinned_by", "kernel", "person"),
    ("topic", "merged_into_id", "network", "topic"),
    ("topic", "split_from_id", "network", "topic"),
    ("post", "in_reply_to_id", "network", "post"),
    ("post", "removed_by", "kernel", "person"),
)


def upgrade() -> None:
    _topics_and_posts()
    _translations_and_tags()
    _reading()
    _reactions_and_bookmarks()


def _topics_and_posts() -> None:
    for table, column in (
        ("topic", sa.Column("pinned_at", MOMENT)),
        ("topic", sa.Column("pinned_by", sa.Uuid())),
        ("topic", sa.Column("merged_into_id", sa.Uuid())),
        ("topic", sa.Column("split_from_id", sa.Uuid())),
        ("post", sa.Column("in_reply_to_id", sa.Uuid())),
        ("post", sa.Column("removed_at", MOMENT)),
        ("post", sa.Column("removed_by", sa.Uuid())),
        ("post", sa.Column("removed_reason", sa.Text())),
    ):
        op.add_column(table, column, schema="network")
    for table, column_name, schema, target in NEW_KEYS:
        op.create_foreign_key(
            f"fk_{table}_tenant_id_{column_name}",
            table,
            target,
            ["tenant_id", column_name],
            ["tenant_id", "id"],
            source_schema="network",
            referent_schema=schema,
        )
    op.create_check_constraint(
        op.f("ck_topic_merged_is_archived"),
        "topic",
        "merged_into_id is null or status = 'archived'",
        schema="network",
    )
    # safe: no topic is pinned yet, so that the index is empty and made in one pass
    op.create_index(
        "ix_topic_pinned",
        "topic",
        ["tenant_id", "group_id", "pinned_at"],
        schema="network",
        postgresql_where=sa.text("pinned_at is not null"),
    )


def _translations_and_tags() -> None:
    create_tenant_table(
        op,
        "network",
        "post_translation",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("translator_id", sa.Uuid(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        tenant_foreign_key("post_translation", "post_id", "network.post"),
        tenant_foreign_key("post_translation", "translator_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "post_id",
            "language",
            name="uq_post_translation_tenant_id_post_id_language",
        ),
        version=True,
    )
    create_tenant_table(
        op,
        "network",
        "topic_tag",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        tenant_foreign_key("topic_tag", "topic_id", "network.topic"),
        sa.UniqueConstraint(
            "tenant_id", "topic_id", "tag", name="uq_topic_tag_tenant_id_topic_id_tag"
        ),
    )
    op.create_index(
        "ix_topic_tag_tag", "topic_tag", ["tenant_id", "tag", "topic_id"], schema="network"
    )


def _reading() -> None:
    create_tenant_table(
        op,
        "network",
        "topic_reading",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("last_post_id", sa.Uuid(), nullable=False),
        sa.Column("last_post_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        tenant_foreign_key("topic_reading", "person_id", "kernel.person"),
        tenant_foreign_key("topic_reading", "topic_id", "network.topic"),
        tenant_foreign_key("topic_reading", "last_post_id", "network.post"),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "topic_id",
            name="uq_topic_reading_tenant_id_person_id_topic_id",
        ),
    )
    create_tenant_table(
        op,
        "network",
        "group_reading",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        tenant_foreign_key("group_reading", "person_id", "kernel.person"),
        tenant_foreign_key("group_reading", "group_id", "network.group", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "group_id",
            name="uq_group_reading_tenant_id_person_id_group_id",
        ),
    )


def _reactions_and_bookmarks() -> None:
    create_tenant_table(
        op,
        "network",
        "reaction",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("reaction", "post_id", "network.post"),
        tenant_foreign_key("reaction", "person_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "post_id",
            "person_id",
            "kind",
            name="uq_reaction_tenant_id_post_id_person_id_kind",
        ),
        sa.CheckConstraint(
            "kind in ('thanks', 'agree', 'useful', 'same_here')",
            name=op.f("ck_reaction_kind_known"),
        ),
    )
    create_tenant_table(
        op,
        "network",
        "bookmark",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("bookmark", "person_id", "kernel.person"),
        tenant_foreign_key("bookmark", "post_id", "network.post"),
        sa.UniqueConstraint(
            "tenant_id", "person_id", "post_id", name="uq_bookmark_tenant_id_person_id_post_id"
        ),
        permissive=OWN_OR_NOBODY,
    )


def downgrade() -> None:
    for table in (
        "bookmark",
        "reaction",
        "group_reading",
        "topic_reading",
        "topic_tag",
        "post_translation",
    ):
        op.drop_table(table, schema="network")
    op.drop_index("ix_topic_pinned", "topic", schema="network")
    op.drop_constraint(op.f("ck_topic_merged_is_archived"), "topic", schema="network")
    for table, column, _, _ in reversed(NEW_KEYS):
        op.drop_constraint(f"fk_{table}_tenant_id_{column}", table, schema="network")
    for column in ("removed_reason", "removed_by", "removed_at", "in_reply_to_id"):
        op.drop_column("post", column, schema="network")
    for column in ("split_from_id", "merged_into_id", "pinned_by", "pinned_at"):
        op.drop_column("topic", column, schema="network")
