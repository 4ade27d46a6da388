"""Mail in: what arrives, the addresses it arrives at, and what came back."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _incoming()
    _bounces()
    _reply_tokens()
    _group_mailboxes()


def _incoming() -> None:
    create_tenant_table(
        op,
        "kernel",
        "incoming_mail",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "target_id",
            "digest",
            name="uq_incoming_mail_tenant_id_kind_target_id_digest",
        ),
        sa.CheckConstraint(
            "state in ('received', 'done', 'refused', 'ignored')",
            name="ck_incoming_mail_state_known",
        ),
        sa.CheckConstraint(
            "(state = 'received') = (sealed is not null)",
            name="ck_incoming_mail_sealed_while_received",
        ),
        sa.CheckConstraint(
            "(state = 'received') = (done_at is null)", name="ck_incoming_mail_done_has_moment"
        ),
    )


def _bounces() -> None:
    create_tenant_table(
        op,
        "kernel",
        "bounce_state",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("soft", sa.Integer(), nullable=False),
        sa.Column("soft_since", MOMENT),
        sa.Column("hard", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("last_status", sa.Text(), nullable=False),
        sa.Column("suspended_at", MOMENT),
        tenant_foreign_key("bounce_state", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.UniqueConstraint("tenant_id", "account_id", name="uq_bounce_state_tenant_id_account_id"),
        sa.CheckConstraint(
            "soft >= 0 and hard >= 0", name="ck_bounce_state_counts_not_negative"
        ),
        sa.CheckConstraint(
            "(soft = 0) = (soft_since is null)", name="ck_bounce_state_soft_has_beginning"
        ),
    )


def _reply_tokens() -> None:
    create_tenant_table(
        op,
        "network",
        "reply_token",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        tenant_foreign_key("reply_token", "person_id", "kernel.person"),
        tenant_foreign_key("reply_token", "topic_id", "network.topic"),
        sa.UniqueConstraint("tenant_id", "digest", name="uq_reply_token_tenant_id_digest"),
        sa.CheckConstraint("octet_length(seed) = 16", name="ck_reply_token_seed_length"),
        sa.CheckConstraint("octet_length(digest) = 32", name="ck_reply_token_digest_length"),
    )
    for column, columns in (
        ("topic_id", ["tenant_id", "topic_id", "person_id"]),
        ("person_id", ["tenant_id", "person_id"]),
    ):
        op.create_index(f"ix_reply_token_{column}", "reply_token", columns, schema="network")


def _group_mailboxes() -> None:
    create_tenant_table(
        op,
        "network",
        "group_mailbox",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("local_part", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("group_mailbox", "group_id", "network.group", ondelete="CASCADE"),
        sa.UniqueConstraint("tenant_id", "group_id", name="uq_group_mailbox_tenant_id_group_id"),
        sa.UniqueConstraint(
            "tenant_id", "local_part", name="uq_group_mailbox_tenant_id_local_part"
        ),
        sa.CheckConstraint(
            "local_part ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="ck_group_mailbox_local_part_form"
        ),
    )


def downgrade() -> None:
    op.drop_table("group_mailbox", schema="network")
    op.drop_table("reply_token", schema="network")
    op.drop_table("bounce_state", schema="kernel")
    op.drop_table("incoming_mail", schema="kernel")
