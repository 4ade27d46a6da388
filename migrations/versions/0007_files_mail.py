"""Files, outgoing mail, rate counters."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _files()
    _mail()
    _rate_counters()


def _files() -> None:
    create_tenant_table(
        op,
        "kernel",
        "stored_file",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("stored_file", "created_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_stored_file_tenant_id_key"),
        sa.CheckConstraint("size >= 0", name="ck_stored_file_size_not_negative"),
        sa.CheckConstraint("octet_length(sha256) = 32", name="ck_stored_file_sha256_length"),
    )


def _mail() -> None:
    create_tenant_table(
        op,
        "kernel",
        "outgoing_mail",
        sa.Column("person_id", sa.Uuid()),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_answer", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        tenant_foreign_key("outgoing_mail", "person_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "message_id",
            "recipient",
            name="uq_outgoing_mail_tenant_id_message_id_recipient",
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'sent', 'refused')", name="ck_outgoing_mail_state_known"
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (sealed is not null)",
            name="ck_outgoing_mail_sealed_while_waiting",
        ),
    )


def _rate_counters() -> None:
    create_tenant_table(
        op,
        "kernel",
        "rate_counter",
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("resets_at", MOMENT, nullable=False),
    )
    op.create_index(
        "ix_rate_counter_resets_at", "rate_counter", ["tenant_id", "resets_at"], schema="kernel"
    )


def downgrade() -> None:
    for table in ("rate_counter", "outgoing_mail", "stored_file"):
        op.drop_table(table, schema="kernel")
