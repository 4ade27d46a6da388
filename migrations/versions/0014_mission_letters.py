"""The letter of an invitation as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("letter_id", sa.Uuid()), schema="missions")
    op.create_foreign_key(
        "fk_invitation_tenant_id_letter_id",
        "invitation",
        "stored_file",
        ["tenant_id", "letter_id"],
        ["tenant_id", "id"],
        source_schema="missions",
        referent_schema="kernel",
    )


def downgrade() -> None:
    op.drop_column("invitation", "letter_id", schema="missions")
