"""The audit trail, the chain that seals it, and the keys of people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
INDEXES = {
    "ix_audit_entry_at": ["tenant_id", "at", "id"],
    "ix_audit_entry_actor_id": ["tenant_id", "actor_id"],
    "ix_audit_entry_about_id": ["tenant_id", "about_id"],
    "ix_audit_entry_object": ["tenant_id", "object_kind", "object_id"],
}


def upgrade() -> None:
    create_tenant_table(
        op,
        "kernel",
        "audit_entry",
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("object_label", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid()),
        sa.Column("before", JSONB()),
        sa.Column("after", JSONB()),
        tenant_foreign_key("audit_entry", "actor_id", "kernel.person"),
        tenant_foreign_key("audit_entry", "about_id", "kernel.person"),
        append_only=True,
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "audit_entry", columns, schema="kernel")
    create_tenant_table(
        op,
        "kernel",
        "audit_seal",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", MOMENT, nullable=False),
        tenant_foreign_key("audit_seal", "entry_id", "kernel.audit_entry"),
        sa.UniqueConstraint("tenant_id", "entry_id", name="uq_audit_seal_tenant_id_entry_id"),
        sa.UniqueConstraint("tenant_id", "position", name="uq_audit_seal_tenant_id_position"),
        sa.CheckConstraint("position > 0", name="ck_audit_seal_position_positive"),
        sa.CheckConstraint("octet_length(digest) = 32", name="ck_audit_seal_digest_length"),
        append_only=True,
    )
    create_tenant_table(
        op,
        "kernel",
        "person_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("person_key", "person_id", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "person_id", name="uq_person_key_tenant_id_person_id"),
    )


def downgrade() -> None:
    for table in ("person_key", "audit_seal", "audit_entry"):
        op.drop_table(table, schema="kernel")
