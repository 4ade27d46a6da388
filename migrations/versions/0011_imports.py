"""Files between upload and confirmation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.db.ddl import CURRENT_PERSON, create_tenant_table, tenant_foreign_key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# The worker's housekeeping acts for nobody.
OWN_OR_NOBODY = {"own_person": f"person_id = {CURRENT_PERSON} or {CURRENT_PERSON} is null"}


def upgrade() -> None:
    create_tenant_table(
        op,
        "kernel",
        "kept_import",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        tenant_foreign_key("kept_import", "person_id", "kernel.person"),
        permissive=OWN_OR_NOBODY,
    )
    op.create_index(
        "uq_kept_import_person_id_kind_subject_id",
        "kept_import",
        ["tenant_id", "person_id", "kind", "subject_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        schema="kernel",
    )


def downgrade() -> None:
    op.drop_table("kept_import", schema="kernel")
