"""An invitation of a guest says until when she is one: to the end of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0501"
down_revision = "0402"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("last_day", sa.Date()), schema="kernel")


def downgrade() -> None:
    op.drop_column("invitation", "last_day", schema="kernel")
