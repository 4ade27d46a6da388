"""A post that came by mail keeps what the mail quoted, to be shown folded."""

import sqlalchemy as sa
from alembic import op

revision = "0124"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("quoted", sa.Text(), nullable=True), schema="network")


def downgrade() -> None:
    op.drop_column("post", "quoted", schema="network")
