"""Memberships of groups end for good when the affiliation they stand on ends."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

# As in 0010, and without what has ended.
VISIBLE_GROUPS = """
CREATE OR REPLACE FUNCTION network.visible_groups(reader uuid, reader_organisations uuid[])
RETURNS TABLE (group_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT g.id
    FROM network."group" g
    WHERE g.tenant_id = (SELECT nullif(current_setting('comitia.tenant', true), '')::int)
      AND (
        (g.visibility = 'open' AND cardinality(reader_organisations) > 0)
        OR EXISTS (
            SELECT 1
            FROM network.group_membership m
            WHERE m.tenant_id = g.tenant_id
              AND m.group_id = g.id
              AND m.person_id = reader
              AND m.organisation_id = ANY (reader_organisations)
              {not_ended}
        )
      )
$$
"""


def upgrade() -> None:
    op.add_column(
        "group_membership",
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        schema="network",
    )
    op.execute(VISIBLE_GROUPS.format(not_ended="AND m.ended_at IS NULL"))


def downgrade() -> None:
    op.execute(VISIBLE_GROUPS.format(not_ended=""))
    op.drop_column("group_membership", "ended_at", schema="network")
