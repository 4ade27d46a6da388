"""Drafts, reports of posts and decisions on them, whose posts wait; pictures the service encoded."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import CURRENT_PERSON, create_tenant_table, tenant_foreign_key

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Jobs act for nobody.
OWN_OR_NOBODY = {"own_person": f"person_id = {CURRENT_PERSON} or {CURRENT_PERSON} is null"}


def upgrade() -> None:
    for column in ("width", "height"):
        op.add_column("stored_file", sa.Column(column, sa.Integer()), schema="kernel")
    op.create_check_constraint(
        op.f("ck_stored_file_size_of_a_picture"),
        "stored_file",
        "(width is null) = (height is null)", schema="kernel"
    )
    op.add_column(
        "topic",
        sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.true()),
        schema="network",
    )
    _drafts()
    _moderation()


def _drafts() -> None:
    create_tenant_table(
        op,
        "network",
        "draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid()),
        sa.Column("group_id", sa.Uuid()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        tenant_foreign_key("draft", "person_id", "kernel.person"),
        tenant_foreign_key("draft", "topic_id", "network.topic", ondelete="CASCADE"),
        tenant_foreign_key("draft", "group_id", "network.group", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "topic_id",
            "group_id",
            name="uq_draft_place",
            postgresql_nulls_not_distinct=True,
        ),
        sa.CheckConstraint(
            "topic_id is null or group_id is null", name=op.f("ck_draft_in_one_place")
        ),
        permissive=OWN_OR_NOBODY,
    )
    op.create_index("ix_draft_topic_id", "draft", ["tenant_id", "topic_id"], schema="network")
    op.create_index("ix_draft_group_id", "draft", ["tenant_id", "group_id"], schema="network")


def _moderation() -> None:
    create_tenant_table(
        op,
        "network",
        "flag",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        tenant_foreign_key("flag", "post_id", "network.post", ondelete="CASCADE"),
        tenant_foreign_key("flag", "person_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id", "post_id", "person_id", name="uq_flag_tenant_id_post_id_person_id"
        ),
        sa.CheckConstraint(
            "reason in ('disrespectful', 'confidential', 'misleading', 'off_topic', 'other')",
            name=op.f("ck_flag_reason_known"),
        ),
    )
    op.create_index("ix_flag_open", "flag", ["tenant_id", "closed_at", "post_id"], schema="network")
    create_tenant_table(
        op,
        "network",
        "post_decision",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        tenant_foreign_key("post_decision", "post_id", "network.post", ondelete="CASCADE"),
        tenant_foreign_key("post_decision", "decided_by", "kernel.person"),
        sa.CheckConstraint(
            "verdict in ('approved', 'hidden')", name=op.f("ck_post_decision_verdict_known")
        ),
        sa.CheckConstraint(
            "via in ('web', 'mail', 'api')", name=op.f("ck_post_decision_via_known")
        ),
        append_only=True,
    )
    op.create_index(
        "ix_post_decision_post_id", "post_decision", ["tenant_id", "post_id", "id"], schema="network"
    )
    create_tenant_table(
        op,
        "network",
        "posting_policy",
        sa.Column("first_posts_held", sa.Integer(), nullable=False),
        sa.UniqueConstraint("tenant_id", name="uq_posting_policy_tenant_id"),
        sa.CheckConstraint(
            "first_posts_held between 0 and 20",
            name=op.f("ck_posting_policy_first_posts_held_range"),
        ),
        version=True,
    )


def downgrade() -> None:
    for table in ("posting_policy", "post_decision", "flag", "draft"):
        op.drop_table(table, schema="network")
    op.drop_column("topic", "shown", schema="network")
    op.drop_constraint(op.f("ck_stored_file_size_of_a_picture"), "stored_file", schema="kernel")
    for column in ("height", "width"):
        op.drop_column("stored_file", column, schema="kernel")
