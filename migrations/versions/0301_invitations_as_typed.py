"""An invitation keeps the name and address its sender typed: she is shown nothing else until it is accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0301"
down_revision = "0201"
branch_labels = None
depends_on = None

# What was typed before is not known; the address alone tells nothing new to whoever typed it.
AS_TYPED = """
UPDATE kernel.invitation i SET name = a.address, address = a.address
FROM kernel.account a WHERE a.tenant_id = i.tenant_id AND a.id = i.account_id
"""


def upgrade() -> None:
    for name in ("name", "address"):
        # With a default of the database's: the release before writes invitations without it.
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("invitation", column, schema="kernel")
    # Once for each network: row security holds for whoever migrates as well.
    connection, enter = op.get_bind(), sa.text("SELECT set_config('comitia.tenant', :tenant, true)")
    networks = connection.scalars(sa.text("SELECT DISTINCT tenant_id FROM kernel.tenant_host")).all()
    for tenant in networks:
        connection.execute(enter, {"tenant": str(tenant)})
        connection.execute(sa.text(AS_TYPED))
    connection.execute(enter, {"tenant": ""})


def downgrade() -> None:
    for name in ("address", "name"):
        op.drop_column("invitation", name, schema="kernel")
