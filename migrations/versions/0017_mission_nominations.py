"""People nominated for missions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0017"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        op,
        "missions",
        "nomination",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("credentials", JSONB(), nullable=False),
        sa.Column("credentials_at", MOMENT, nullable=False),
        sa.Column("nominated_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", MOMENT),
        *_checks(),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            (sa.literal_column("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_nomination_one_place_a_day",
            using="gist",
            where="starts_on is not null",
        ),
        tenant_foreign_key("nomination", "mission_id", "missions.mission"),
        tenant_foreign_key("nomination", "person_id", "kernel.person"),
        tenant_foreign_key("nomination", "nominated_by", "kernel.person"),
        version=True,
    )
    op.create_index(
        "ix_nomination_mission_id", "nomination", ["tenant_id", "mission_id"], schema="missions"
    )
    op.create_index(
        "uq_nomination_live",
        "nomination",
        ["tenant_id", "mission_id", "person_id"],
        schema="missions",
        unique=True,
        postgresql_where=sa.text("removed_at is null and state not in ('rejected', 'withdrawn')"),
    )


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "state_known": "state in ('nominated', 'shortlisted', 'selected', 'reserve', 'rejected',"
        " 'accepted', 'withdrawn')",
        "placed_has_days": "(state in ('selected', 'accepted')) = (starts_on is not null)",
        "days_whole": "(starts_on is null) = (ends_on is null)",
        "in_order": "starts_on <= ends_on",
        "removed_undecided": "removed_at is null or state = 'nominated'",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_nomination_{name}")) for name, rule in rules.items()
    ]


def downgrade() -> None:
    op.drop_table("nomination", schema="missions")
