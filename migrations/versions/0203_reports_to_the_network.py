"""A report of a post on which nobody in its group decides but its author goes to the network."""

import sqlalchemy as sa
from alembic import op

revision = "0203"
down_revision = "0125"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("to_network", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("flag", column, schema="network")
    op.alter_column("flag", "to_network", server_default=None, schema="network")


def downgrade() -> None:
    op.drop_column("flag", "to_network", schema="network")
