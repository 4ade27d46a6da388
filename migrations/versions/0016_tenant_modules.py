"""Which modules a network has switched on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tenant",
        sa.Column(
            "modules",
            ARRAY(sa.Text()),
            nullable=False,
            server_default=sa.text("'{network,missions,training}'"),
        ),
        schema="kernel",
    )
    op.create_check_constraint(
        op.f("ck_tenant_modules_known"),
        "tenant",
        "modules <@ '{network,missions,training}' and 'network' = any(modules)",
        schema="kernel",
    )
    op.execute("GRANT UPDATE (modules) ON kernel.tenant TO comitia_app")


def downgrade() -> None:
    op.drop_column("tenant", "modules", schema="kernel")
