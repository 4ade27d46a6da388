"""Secret groups, guests, terms, requests to join, invitations, and seats of organisations."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# As in 0018, and for guests, who read the groups they are guests of and no other, until their time is
# over: the clock of the database, so that it holds inside search as well.
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
              AND {stands}
              AND m.ended_at IS NULL
        )
      )
$$
"""
MEMBER = "m.organisation_id = ANY (reader_organisations)"
MEMBER_OR_GUEST = f"({MEMBER} OR m.guest_until > now())"


def upgrade() -> None:
    _groups()
    _memberships()
    for table in ("topic", "post"):
        # safe: it only takes a condition away, and scans nothing
        op.alter_column(table, "organisation_id", nullable=True, schema="network")
    op.execute(VISIBLE_GROUPS.format(stands=MEMBER_OR_GUEST))
    _requests()
    _invitations()
    _seats()


def _groups() -> None:
    for column in (
        sa.Column("office", sa.Text()),
        sa.Column("office_region", sa.Text()),
        sa.Column("chair_term_ends_on", sa.Date()),
    ):
        op.add_column("group", column, schema="network")
    _know_visibilities("'open', 'private', 'secret'")
    op.create_check_constraint(
        op.f("ck_group_office_opens"),
        "group",
        "(office is null or joining = 'ex_officio')"
        " and (office_region is null or office is not null)",
        schema="network",
    )


def _know_visibilities(known: str) -> None:
    # safe: one that admits more takes its place at once
    op.drop_constraint(op.f("ck_group_visibility_known"), "group", schema="network")
    op.create_check_constraint(
        op.f("ck_group_visibility_known"), "group", f"visibility in ({known})", schema="network"
    )


def _memberships() -> None:
    for column in (
        sa.Column("guest_until", MOMENT),
        sa.Column("term_ends_on", sa.Date()),
        sa.Column("came", sa.Text(), nullable=False, server_default="hand"),
    ):
        op.add_column("group_membership", column, schema="network")
    # safe: it only takes a condition away, and scans nothing
    op.alter_column("group_membership", "organisation_id", nullable=True, schema="network")
    for name, condition in (
        ("member_or_guest", "(organisation_id is null) = (guest_until is not null)"),
        ("came_known", "came in ('hand', 'office', 'seat')"),
    ):
        op.create_check_constraint(
            op.f(f"ck_group_membership_{name}"), "group_membership", condition, schema="network"
        )


def _requests() -> None:
    create_tenant_table(
        op,
        "network",
        "join_request",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.Uuid()),
        sa.Column("answered_at", MOMENT),
        sa.Column("answer", sa.Text(), nullable=False),
        tenant_foreign_key("join_request", "group_id", "network.group", ondelete="CASCADE"),
        tenant_foreign_key("join_request", "person_id", "kernel.person"),
        tenant_foreign_key("join_request", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("join_request", "answered_by", "kernel.person"),
        sa.CheckConstraint(
            "state in ('open', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_join_request_state_known"),
        ),
    )
    _one_open_each("join_request")


def _invitations() -> None:
    create_tenant_table(
        op,
        "network",
        "group_invitation",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("term_ends_on", sa.Date()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        tenant_foreign_key("group_invitation", "group_id", "network.group", ondelete="CASCADE"),
        tenant_foreign_key("group_invitation", "person_id", "kernel.person"),
        tenant_foreign_key("group_invitation", "invited_by", "kernel.person"),
        sa.CheckConstraint(
            "state in ('open', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_group_invitation_state_known"),
        ),
    )
    _one_open_each("group_invitation")


def _one_open_each(table: str) -> None:
    op.create_index(
        f"uq_{table}_open",
        table,
        ["tenant_id", "group_id", "person_id"],
        schema="network",
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["tenant_id", "person_id"], schema="network")


def _seats() -> None:
    create_tenant_table(
        op,
        "network",
        "group_seat",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid()),
        sa.Column("alternate_id", sa.Uuid()),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("group_seat", "group_id", "network.group", ondelete="CASCADE"),
        tenant_foreign_key("group_seat", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("group_seat", "holder_id", "kernel.person"),
        tenant_foreign_key("group_seat", "alternate_id", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "group_id",
            "organisation_id",
            name="uq_group_seat_tenant_id_group_id_organisation_id",
        ),
        sa.CheckConstraint(
            "holder_id <> alternate_id", name=op.f("ck_group_seat_alternate_is_another")
        ),
        version=True,
    )
    op.create_index(
        "ix_group_seat_organisation_id",
        "group_seat",
        ["tenant_id", "organisation_id"],
        schema="network",
    )


def downgrade() -> None:
    for table in ("group_seat", "group_invitation", "join_request"):
        op.drop_table(table, schema="network")
    op.execute(VISIBLE_GROUPS.format(stands=MEMBER))
    for table in ("post", "topic", "group_membership"):
        op.alter_column(table, "organisation_id", nullable=False, schema="network")
    for name in ("came_known", "member_or_guest"):
        op.drop_constraint(op.f(f"ck_group_membership_{name}"), "group_membership", schema="network")
    for column in ("came", "term_ends_on", "guest_until"):
        op.drop_column("group_membership", column, schema="network")
    op.drop_constraint(op.f("ck_group_office_opens"), "group", schema="network")
    _know_visibilities("'open', 'private'")
    for column in ("chair_term_ends_on", "office_region", "office"):
        op.drop_column("group", column, schema="network")
