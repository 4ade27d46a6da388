"""A guest is one once she accepts; until then there is an invitation, which tells nothing of who she is."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0303"
down_revision = "0302"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        op,
        "network",
        "guest_invitation",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("guest_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        tenant_foreign_key("guest_invitation", "group_id", "network.group", ondelete="CASCADE"),
        tenant_foreign_key(
            "guest_invitation", "invitation_id", "kernel.invitation", ondelete="CASCADE"
        ),
        tenant_foreign_key("guest_invitation", "invited_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "invitation_id"),
    )
    op.create_index(
        "ix_guest_invitation_group_id",
        "guest_invitation",
        ["tenant_id", "group_id"],
        schema="network",
    )


def downgrade() -> None:
    op.drop_table("guest_invitation", schema="network")
