"""Invitations that lead into no organisation: a personal role, and the name of what it is for."""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0124"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("place", sa.Text()), schema="kernel")
    # safe: it only takes a condition away, and scans nothing
    op.alter_column("invitation", "organisation_id", nullable=True, schema="kernel")
    op.create_check_constraint(
        op.f("ck_invitation_organisation_or_place"),
        "invitation",
        "(organisation_id is null) = (place is not null)",
        schema="kernel",
    )


def downgrade() -> None:
    op.drop_constraint(
        op.f("ck_invitation_organisation_or_place"), "invitation", schema="kernel"
    )
    op.alter_column("invitation", "organisation_id", nullable=False, schema="kernel")
    op.drop_column("invitation", "place", schema="kernel")
