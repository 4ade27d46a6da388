"""A membership of a group has a version: of two who change a term, the second sees what the first said."""

import sqlalchemy as sa
from alembic import op

revision = "0502"
down_revision = "0501"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("group_membership", column, schema="network")


def downgrade() -> None:
    op.drop_column("group_membership", "version", schema="network")
