"""Groups and their members, and the predicate of who may read which group."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# The one predicate: pages, lists, counts, files and the API use it in their statements, search through
# kernel.audiences_of_reader(). Without settings of its own it is inlined into whatever calls it. A
# reader with no organisation, an alumna for example, reads no group.
VISIBLE_GROUPS = """
CREATE FUNCTION network.visible_groups(reader uuid, reader_organisations uuid[])
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
        )
      )
$$
"""

AUDIENCES = """
CREATE OR REPLACE FUNCTION kernel.audiences_of_reader() RETURNS SETOF uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ {body} $$
"""
GROUPS_OF_READER = """
    SELECT group_id FROM network.visible_groups(
        nullif(current_setting('comitia.person', true), '')::uuid,
        coalesce(nullif(current_setting('comitia.organisations', true), ''), '{}')::uuid[])
"""
NOBODY = "SELECT NULL::uuid WHERE false"


def upgrade() -> None:
    _tables()
    op.execute(VISIBLE_GROUPS)
    op.execute(
        "GRANT EXECUTE ON FUNCTION network.visible_groups(uuid, uuid[])"
        " TO comitia_app, comitia_worker, comitia_definer"
    )
    op.execute('GRANT SELECT ON network."group", network.group_membership TO comitia_definer')
    op.execute(AUDIENCES.format(body=GROUPS_OF_READER))


def _tables() -> None:
    create_tenant_table(
        op,
        "network",
        "group",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("joining", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("group", "created_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "name", name="uq_group_tenant_id_name"),
        sa.CheckConstraint(
            "kind in ('steering_committee', 'working_group', 'conference', 'region', 'cohort',"
            " 'open')",
            name=op.f("ck_group_kind_known"),
        ),
        sa.CheckConstraint(
            "joining in ('open', 'on_request', 'invitation', 'ex_officio')",
            name=op.f("ck_group_joining_known"),
        ),
        sa.CheckConstraint(
            "visibility in ('open', 'private')", name=op.f("ck_group_visibility_known")
        ),
        sa.CheckConstraint("state in ('active', 'archived')", name=op.f("ck_group_state_known")),
        version=True,
    )
    create_tenant_table(
        op,
        "network",
        "group_membership",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        tenant_foreign_key("group_membership", "group_id", "network.group", ondelete="CASCADE"),
        tenant_foreign_key("group_membership", "person_id", "kernel.person"),
        tenant_foreign_key("group_membership", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("group_membership", "added_by", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "group_id",
            "person_id",
            name="uq_group_membership_tenant_id_group_id_person_id",
        ),
    )
    op.create_index(
        "ix_group_membership_person_id",
        "group_membership",
        ["tenant_id", "person_id"],
        schema="network",
    )
    op.create_foreign_key(
        "fk_group_chair_is_member",
        "group",
        "group_membership",
        ["tenant_id", "id", "chair_id"],
        ["tenant_id", "group_id", "person_id"],
        source_schema="network",
        referent_schema="network",
        deferrable=True,
        initially="DEFERRED",
    )


def downgrade() -> None:
    op.execute(AUDIENCES.format(body=NOBODY))
    op.execute("DROP FUNCTION network.visible_groups(uuid, uuid[])")
    op.drop_constraint("fk_group_chair_is_member", "group", schema="network")
    op.drop_table("group_membership", schema="network")
    op.drop_table("group", schema="network")
