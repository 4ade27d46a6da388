"""Announcements, their texts, and who was told: frozen once sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0027"
down_revision = "0119"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# What was sent stays as it was, to whom it was sent: texts do not change, recipients come and go no more.
FROZEN = """
CREATE FUNCTION network.announcement_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM network.announcement a
        WHERE a.tenant_id = coalesce(new.tenant_id, old.tenant_id)
          AND a.id = coalesce(new.announcement_id, old.announcement_id)
          AND a.state IN ('sent', 'expired')
    ) THEN
        RAISE EXCEPTION 'an announcement that was sent stays as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(new, old);
END
$$
"""
TRIGGERS = {
    "announcement_text": "BEFORE INSERT OR UPDATE OR DELETE",
    "announcement_recipient": "BEFORE INSERT OR DELETE",
}


def upgrade() -> None:
    _announcements()
    _texts()
    _recipients()
    op.execute(FROZEN)
    op.execute(
        "GRANT EXECUTE ON FUNCTION network.announcement_is_frozen() TO comitia_app, comitia_worker"
    )
    for table, when in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER frozen {when} ON network.{table}"
            " FOR EACH ROW EXECUTE FUNCTION network.announcement_is_frozen()"
        )


def _announcements() -> None:
    create_tenant_table(
        op,
        "network",
        "announcement",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("audience", JSONB(), nullable=False),
        sa.Column("must_acknowledge", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("expires_on", sa.Date()),
        sa.Column("scheduled_for", MOMENT),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("announcement", "author_id", "kernel.person"),
        sa.CheckConstraint(
            "state in ('draft', 'scheduled', 'sent', 'expired')",
            name=op.f("ck_announcement_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (scheduled_for is null)",
            name=op.f("ck_announcement_moment_of_what_is_scheduled"),
        ),
        sa.CheckConstraint(
            "(state in ('sent', 'expired')) = (sent_at is not null)",
            name=op.f("ck_announcement_sent_once"),
        ),
        sa.CheckConstraint(
            "not must_acknowledge or due_on is not null",
            name=op.f("ck_announcement_due_where_asked"),
        ),
        version=True,
    )


def _texts() -> None:
    create_tenant_table(
        op,
        "network",
        "announcement_text",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        tenant_foreign_key(
            "announcement_text", "announcement_id", "network.announcement", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "announcement_id",
            "language",
            name="uq_announcement_text_tenant_id_announcement_id_language",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "announcement_id",
            "position",
            name="uq_announcement_text_tenant_id_announcement_id_position",
        ),
        sa.CheckConstraint(
            "position between 1 and 3", name=op.f("ck_announcement_text_at_most_three")
        ),
    )


def _recipients() -> None:
    create_tenant_table(
        op,
        "network",
        "announcement_recipient",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("is_focal", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
        tenant_foreign_key(
            "announcement_recipient", "announcement_id", "network.announcement", ondelete="CASCADE"
        ),
        tenant_foreign_key("announcement_recipient", "person_id", "kernel.person"),
        tenant_foreign_key("announcement_recipient", "organisation_id", "kernel.organisation"),
        sa.UniqueConstraint(
            "tenant_id",
            "announcement_id",
            "person_id",
            name="uq_announcement_recipient_tenant_id_announcement_id_person_id",
        ),
    )
    op.create_index(
        "ix_announcement_recipient_person_id",
        "announcement_recipient",
        ["tenant_id", "person_id"],
        schema="network",
    )


def downgrade() -> None:
    for table in ("announcement_recipient", "announcement_text", "announcement"):
        op.drop_table(table, schema="network")
    op.execute("DROP FUNCTION network.announcement_is_frozen()")
