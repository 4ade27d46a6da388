"""Topics, posts, their earlier versions and their files."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _topics()
    _posts()
    op.create_foreign_key(
        "fk_topic_tenant_id_accepted_post_id",
        "topic",
        "post",
        ["tenant_id", "accepted_post_id"],
        ["tenant_id", "id"],
        source_schema="network",
        referent_schema="network",
    )
    _versions_and_files()


def _topics() -> None:
    create_tenant_table(
        op,
        "network",
        "topic",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_post_id", sa.Uuid()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_post_at", MOMENT, nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        tenant_foreign_key("topic", "group_id", "network.group"),
        tenant_foreign_key("topic", "author_id", "kernel.person"),
        tenant_foreign_key("topic", "organisation_id", "kernel.organisation"),
        sa.CheckConstraint("kind in ('discussion', 'question')", name=op.f("ck_topic_kind_known")),
        sa.CheckConstraint(
            "status in ('open', 'answered', 'locked', 'archived')",
            name=op.f("ck_topic_status_known"),
        ),
        sa.CheckConstraint(
            "accepted_post_id is null or kind = 'question'",
            name=op.f("ck_topic_only_questions_are_answered"),
        ),
        version=True,
    )
    for name, columns in (
        ("ix_topic_by_group", ["tenant_id", "group_id", "last_post_at", "id"]),
        ("ix_topic_by_status", ["tenant_id", "group_id", "status", "last_post_at", "id"]),
    ):
        op.create_index(name, "topic", columns, schema="network")


def _posts() -> None:
    create_tenant_table(
        op,
        "network",
        "post",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT),
        tenant_foreign_key("post", "topic_id", "network.topic"),
        tenant_foreign_key("post", "author_id", "kernel.person"),
        tenant_foreign_key("post", "organisation_id", "kernel.organisation"),
        sa.UniqueConstraint("tenant_id", "message_id", name="uq_post_tenant_id_message_id"),
        sa.CheckConstraint(
            "status in ('pending', 'visible', 'hidden', 'deleted')",
            name=op.f("ck_post_status_known"),
        ),
        sa.CheckConstraint("via in ('web', 'mail', 'api')", name=op.f("ck_post_via_known")),
        version=True,
    )
    op.create_index("ix_post_topic_id", "post", ["tenant_id", "topic_id", "id"], schema="network")


def _versions_and_files() -> None:
    create_tenant_table(
        op,
        "network",
        "post_version",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        tenant_foreign_key("post_version", "post_id", "network.post"),
        sa.UniqueConstraint(
            "tenant_id", "post_id", "number", name="uq_post_version_tenant_id_post_id_number"
        ),
        append_only=True,
    )
    create_tenant_table(
        op,
        "network",
        "post_file",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        tenant_foreign_key("post_file", "post_id", "network.post"),
        tenant_foreign_key("post_file", "file_id", "kernel.stored_file"),
        sa.UniqueConstraint("tenant_id", "file_id", name="uq_post_file_tenant_id_file_id"),
    )
    op.create_index("ix_post_file_post_id", "post_file", ["tenant_id", "post_id"], schema="network")


def downgrade() -> None:
    op.drop_constraint("fk_topic_tenant_id_accepted_post_id", "topic", schema="network")
    for table in ("post_file", "post_version", "post", "topic"):
        op.drop_table(table, schema="network")
