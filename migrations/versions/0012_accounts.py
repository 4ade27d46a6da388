"""Invitations, second factors, reset requests."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _invitations()
    _second_factors()
    _reset_requests()


def _invitations() -> None:
    create_tenant_table(
        op,
        "kernel",
        "invitation",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by", sa.Uuid()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        tenant_foreign_key("invitation", "account_id", "kernel.account", ondelete="CASCADE"),
        tenant_foreign_key("invitation", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("invitation", "invited_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "digest", name="uq_invitation_tenant_id_digest"),
        sa.CheckConstraint(
            "accepted_at is null or revoked_at is null", name="ck_invitation_accepted_or_revoked"
        ),
    )
    _index("invitation", "account_id")
    _index("invitation", "organisation_id")


def _second_factors() -> None:
    create_tenant_table(
        op,
        "kernel",
        "totp_enrolment",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("totp_enrolment", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.UniqueConstraint("tenant_id", "account_id", name="uq_totp_enrolment_tenant_id_account_id"),
    )
    create_tenant_table(
        op,
        "kernel",
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        tenant_foreign_key("recovery_code", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "tenant_id", "account_id", "digest", name="uq_recovery_code_tenant_id_account_id_digest"
        ),
    )


def _reset_requests() -> None:
    create_tenant_table(
        op,
        "kernel",
        "reset_request",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, ["tenant_id", column], schema="kernel")


def downgrade() -> None:
    for table in ("reset_request", "recovery_code", "totp_enrolment", "invitation"):
        op.drop_table(table, schema="kernel")
