"""Files of members between upload and confirmation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.db.ddl import create_tenant_table, own_person, tenant_foreign_key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        op,
        "network",
        "member_import",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        tenant_foreign_key("member_import", "person_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id", "person_id", name="uq_member_import_tenant_id_person_id"
        ),
        permissive=own_person(),
    )


def downgrade() -> None:
    op.drop_table("member_import", schema="network")
