"""What people say of themselves, the functions they hold, and the history of memberships."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0020"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MEMBERSHIPS = "('applied', 'active', 'suspended', 'left')"


def upgrade() -> None:
    _profiles()
    _functions()
    _membership_changes()


def _profiles() -> None:
    create_tenant_table(
        op,
        "network",
        "profile",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("languages", JSONB(), nullable=False),
        sa.Column("expertise", ARRAY(sa.Text()), nullable=False),
        sa.Column("expertise_key", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("audiences", JSONB(), nullable=False),
        tenant_foreign_key("profile", "person_id", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "person_id", name="uq_profile_tenant_id_person_id"),
        version=True,
    )


def _functions() -> None:
    create_tenant_table(
        op,
        "network",
        "function_holder",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        tenant_foreign_key("function_holder", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("function_holder", "person_id", "kernel.person"),
        sa.CheckConstraint(
            "function in ('head', 'focal_point', 'it', 'training')",
            name="ck_function_holder_function_known",
        ),
    )
    op.create_index(
        "uq_function_holder_one_at_a_time",
        "function_holder",
        ["tenant_id", "organisation_id", "function", "deputy"],
        unique=True,
        schema="network",
        postgresql_where=sa.text("ended_at is null"),
    )
    for column in ("person_id", "function"):
        op.create_index(
            f"ix_function_holder_{column}",
            "function_holder",
            ["tenant_id", column],
            schema="network",
        )


def _membership_changes() -> None:
    create_tenant_table(
        op,
        "network",
        "membership_change",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        tenant_foreign_key("membership_change", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("membership_change", "changed_by", "kernel.person"),
        sa.CheckConstraint(
            f"before in {MEMBERSHIPS}", name="ck_membership_change_before_known"
        ),
        sa.CheckConstraint(f"after in {MEMBERSHIPS}", name="ck_membership_change_after_known"),
        append_only=True,
    )
    op.create_index(
        "ix_membership_change_organisation_id",
        "membership_change",
        ["tenant_id", "organisation_id"],
        schema="network",
    )


def downgrade() -> None:
    for table in ("membership_change", "function_holder", "profile"):
        op.drop_table(table, schema="network")
