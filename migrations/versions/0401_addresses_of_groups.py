"""Every group has its address from its beginning; invitations of guests that were replaced are gone.

The names of secret groups are taken from nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0401"
down_revision = "0406"
branch_labels = None
depends_on = None

# With a random ending, as groups have that not everybody knows of: reading a page made them before.
ADDRESSES = """
INSERT INTO network.group_mailbox (tenant_id, id, group_id, local_part, created_at)
SELECT g.tenant_id, gen_random_uuid(), g.id, 'group-' || left(md5(gen_random_uuid()::text), 12), now()
FROM network."group" g
WHERE NOT EXISTS (
    SELECT FROM network.group_mailbox m WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id
)
"""
REPLACED = """
DELETE FROM network.guest_invitation g USING kernel.invitation i
WHERE i.tenant_id = g.tenant_id AND i.id = g.invitation_id AND i.revoked_at IS NOT NULL
"""


def upgrade() -> None:
    # Once for each network: row security holds for whoever migrates as well.
    connection, enter = op.get_bind(), sa.text("SELECT set_config('comitia.tenant', :tenant, true)")
    networks = connection.scalars(sa.text("SELECT DISTINCT tenant_id FROM kernel.tenant_host")).all()
    for tenant in networks:
        connection.execute(enter, {"tenant": str(tenant)})
        connection.execute(sa.text(ADDRESSES))
        connection.execute(sa.text(REPLACED))
    connection.execute(enter, {"tenant": ""})
    # safe: there are few groups; it reads the table once, in less than the lock timeout
    op.create_index(
        "uq_group_known_name",
        "group",
        ["tenant_id", "name"],
        unique=True,
        schema="network",
        postgresql_where=sa.text("visibility <> 'secret'"),
    )
    # safe: the release before asks for no more than its message
    op.drop_constraint("uq_group_tenant_id_name", "group", schema="network")


def downgrade() -> None:
    """The addresses stay: the release before would have made them when somebody looked."""
    op.create_unique_constraint(
        "uq_group_tenant_id_name", "group", ["tenant_id", "name"], schema="network"
    )
    op.drop_index("uq_group_known_name", "group", schema="network")
