"""A group may have several chairs: members with a mark and a term, in place of one chair on the group."""

import sqlalchemy as sa
from alembic import op

revision = "0201"
down_revision = "0207"
branch_labels = None
depends_on = None

# Checked at the commit: a chair may go with the same transaction that names who follows.
KEEPS_CHAIR = """
CREATE FUNCTION network.group_keeps_chair() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept uuid;
BEGIN
    IF tg_op = 'INSERT' THEN
        kept := new.id;
    ELSE
        kept := old.group_id;
    END IF;
    IF EXISTS (
        SELECT FROM network."group" g
        WHERE g.tenant_id = coalesce(new.tenant_id, old.tenant_id) AND g.id = kept
    ) AND NOT EXISTS (
        SELECT FROM network.group_membership m
        WHERE m.tenant_id = coalesce(new.tenant_id, old.tenant_id) AND m.group_id = kept AND m.is_chair
    ) THEN
        RAISE EXCEPTION 'a group is never without a chair'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'group_keeps_chair';
    END IF;
    RETURN NULL;
END
$$
"""
TRIGGERS = {
    '"group"': ("INSERT", ""),
    "group_membership": ("UPDATE OF is_chair OR DELETE", "WHEN (old.is_chair)"),
}
MARK = """
UPDATE network.group_membership m SET is_chair = true, chair_term_ends_on = g.chair_term_ends_on
FROM network."group" g
WHERE g.tenant_id = m.tenant_id AND g.id = m.group_id AND g.chair_id = m.person_id
"""
NAME = """
UPDATE network."group" g SET chair_id = m.person_id, chair_term_ends_on = m.chair_term_ends_on
FROM (
    SELECT DISTINCT ON (tenant_id, group_id) tenant_id, group_id, person_id, chair_term_ends_on
    FROM network.group_membership
    WHERE is_chair
    ORDER BY tenant_id, group_id, ended_at DESC NULLS FIRST, id
) m
WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id
"""
TABLES = ('"group"', "group_membership")


def upgrade() -> None:
    op.add_column(
        "group_membership",
        sa.Column("is_chair", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema="network",
    )
    op.add_column("group_membership", sa.Column("chair_term_ends_on", sa.Date()), schema="network")
    _in_every_network(MARK)
    op.create_check_constraint(
        op.f("ck_group_membership_term_of_chair"),
        "group_membership",
        "is_chair or chair_term_ends_on is null",
        schema="network",
    )
    # safe: nothing was released that reads the chair of the group
    op.drop_constraint("fk_group_chair_is_member", "group", schema="network")
    for column in ("chair_id", "chair_term_ends_on"):
        # safe: as above
        op.drop_column("group", column, schema="network")
    op.execute(KEEPS_CHAIR)
    op.execute("GRANT EXECUTE ON FUNCTION network.group_keeps_chair() TO comitia_app, comitia_worker")
    for table, (when, only) in TRIGGERS.items():
        op.execute(
            f"CREATE CONSTRAINT TRIGGER keeps_chair AFTER {when} ON network.{table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {only}"
            " EXECUTE FUNCTION network.group_keeps_chair()"
        )


def _in_every_network(statement: str) -> None:
    """Run a statement as the owner of the tables, whom the wall between networks lets through meanwhile."""
    for table in TABLES:
        op.execute(f"ALTER TABLE network.{table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    for table in TABLES:
        op.execute(f"ALTER TABLE network.{table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER keeps_chair ON network.{table}")
    op.execute("DROP FUNCTION network.group_keeps_chair()")
    op.add_column("group", sa.Column("chair_id", sa.Uuid()), schema="network")
    op.add_column("group", sa.Column("chair_term_ends_on", sa.Date()), schema="network")
    _in_every_network(NAME)
    op.alter_column("group", "chair_id", nullable=False, schema="network")
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
    op.drop_constraint(
        op.f("ck_group_membership_term_of_chair"), "group_membership", schema="network"
    )
    for column in ("is_chair", "chair_term_ends_on"):
        op.drop_column("group_membership", column, schema="network")
