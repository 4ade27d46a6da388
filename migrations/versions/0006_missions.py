"""Missions, what they stand on, their phases and the tasks of their work plans."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _mission()
    _invitation()
    _assessment()
    _waiver()
    _mission_phase()
    _task()


def downgrade() -> None:
    for name in ("task", "mission_phase", "waiver", "assessment", "invitation", "mission"):
        op.drop_table(name, schema="missions")


def _mission() -> None:
    create_tenant_table(
        op,
        "missions",
        "mission",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("polling_day", sa.Date(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("observers", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("report_issued_on", sa.Date()),
        sa.Column("accounts_settled_on", sa.Date()),
        sa.Column("ending_reason", sa.Text()),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("mission", "parent_id", "missions.mission"),
        tenant_foreign_key("mission", "created_by", "kernel.person"),
        sa.CheckConstraint(
            "kind in ('assessment', 'observation', 'expert_team', 'advance')",
            name="ck_mission_kind_known",
        ),
        sa.CheckConstraint(
            "state in ('proposed', 'assessing', 'approved', 'recruiting', 'deployed', 'reporting',"
            " 'closed', 'cancelled', 'downsized')",
            name="ck_mission_state_known",
        ),
        sa.CheckConstraint(
            "precision in ('day', 'month', 'year')", name="ck_mission_precision_known"
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name="ck_mission_country_form"),
        sa.CheckConstraint("observers >= 0 and staff >= 0", name="ck_mission_people_not_negative"),
        sa.CheckConstraint(
            "(kind = 'advance') = (parent_id is not null)", name="ck_mission_advance_has_parent"
        ),
        sa.CheckConstraint(
            "(state in ('cancelled', 'downsized')) = (ending_reason is not null)",
            name="ck_mission_ending_has_reason",
        ),
        sa.CheckConstraint(
            "state <> 'closed' or (report_issued_on is not null and accounts_settled_on is not null)",
            name="ck_mission_closed_is_complete",
        ),
        version=True,
    )
    for column in ("polling_day", "parent_id"):
        op.create_index(f"ix_mission_{column}", "mission", ["tenant_id", column], schema="missions")


def _invitation() -> None:
    create_tenant_table(
        op,
        "missions",
        "invitation",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date()),
        sa.Column("received_on", sa.Date()),
        sa.Column("issued_by", sa.Text()),
        sa.Column("reference", sa.Text()),
        sa.Column("answered_on", sa.Date()),
        tenant_foreign_key("invitation", "mission_id", "missions.mission"),
        sa.UniqueConstraint("tenant_id", "mission_id", name="uq_invitation_tenant_id_mission_id"),
        sa.CheckConstraint(
            "state in ('none', 'requested', 'received', 'accepted', 'declined')",
            name="ck_invitation_state_known",
        ),
        sa.CheckConstraint(
            "state <> 'requested' or requested_on is not null",
            name="ck_invitation_requested_dated",
        ),
        sa.CheckConstraint(
            "state not in ('received', 'accepted', 'declined')"
            " or (received_on is not null and issued_by is not null)",
            name="ck_invitation_received_in_writing",
        ),
        sa.CheckConstraint(
            "state not in ('accepted', 'declined') or answered_on is not null",
            name="ck_invitation_answer_dated",
        ),
        version=True,
    )


def _assessment() -> None:
    create_tenant_table(
        op,
        "missions",
        "assessment",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        tenant_foreign_key("assessment", "mission_id", "missions.mission"),
        tenant_foreign_key("assessment", "recorded_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "mission_id", name="uq_assessment_tenant_id_mission_id"),
        sa.CheckConstraint(
            "finding in ('favourable', 'conditional', 'unfavourable')",
            name="ck_assessment_finding_known",
        ),
        version=True,
    )


def _waiver() -> None:
    create_tenant_table(
        op,
        "missions",
        "waiver",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        tenant_foreign_key("waiver", "mission_id", "missions.mission"),
        tenant_foreign_key("waiver", "recorded_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "mission_id", name="uq_waiver_tenant_id_mission_id"),
        sa.CheckConstraint("reason <> ''", name="ck_waiver_reason_given"),
        version=True,
    )


def _mission_phase() -> None:
    create_tenant_table(
        op,
        "missions",
        "mission_phase",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        tenant_foreign_key("mission_phase", "mission_id", "missions.mission"),
        sa.UniqueConstraint(
            "tenant_id", "mission_id", "key", name="uq_mission_phase_tenant_id_mission_id_key"
        ),
        sa.CheckConstraint("first_day <= last_day", name="ck_mission_phase_in_order"),
        version=True,
    )


def _task() -> None:
    create_tenant_table(
        op,
        "missions",
        "task",
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("offset_days", sa.Integer()),
        sa.Column("done_at", MOMENT),
        tenant_foreign_key("task", "mission_id", "missions.mission"),
        sa.CheckConstraint(
            "state in ('todo', 'doing', 'blocked', 'done')", name="ck_task_state_known"
        ),
        sa.CheckConstraint("days between 1 and 400", name="ck_task_days_in_range"),
        sa.CheckConstraint("offset_days between -1000 and 1000", name="ck_task_offset_in_range"),
        sa.CheckConstraint("(state = 'done') = (done_at is not null)", name="ck_task_done_dated"),
        version=True,
    )
    op.create_index(
        "ix_task_mission_id_starts_on",
        "task",
        ["tenant_id", "mission_id", "starts_on"],
        schema="missions",
    )
