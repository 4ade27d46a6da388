"""Budgets, their versions, exchange rates and lines, and the triggers that freeze what was submitted."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _budgets()
    _versions()
    _rates()
    _lines()
    op.execute(FREEZE_VERSION)
    op.execute(FREEZE_CONTENT)
    op.execute(
        "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON missions.budget_version"
        " FOR EACH ROW EXECUTE FUNCTION missions.freeze_budget_version()"
    )
    for table in ("budget_rate", "budget_line"):
        op.execute(
            f"CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON missions.{table}"
            " FOR EACH ROW EXECUTE FUNCTION missions.freeze_budget_content()"
        )


def _budgets() -> None:
    # Append only: the base currency of a budget stays, and no budget is deleted.
    create_tenant_table(
        op,
        "missions",
        "budget",
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("base_currency", sa.CHAR(3), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("budget", "created_by", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            name="uq_budget_tenant_id_subject_kind_subject_id",
        ),
        sa.CheckConstraint("base_currency ~ '^[A-Z]{3}$'", name="base_currency_form"),
        append_only=True,
    )


def _versions() -> None:
    create_tenant_table(
        op,
        "missions",
        "budget_version",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Integer(), nullable=False),
        sa.Column("contingency_share", sa.Numeric(5, 4), nullable=False),
        sa.Column("overhead_share", sa.Numeric(5, 4), nullable=False),
        sa.Column("opened_by_move", sa.Boolean(), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.Uuid()),
        sa.Column("submitted_at", MOMENT),
        sa.Column("decided_by", sa.Uuid()),
        sa.Column("decided_at", MOMENT),
        sa.Column("return_reason", sa.Text()),
        tenant_foreign_key("budget_version", "budget_id", "missions.budget"),
        tenant_foreign_key("budget_version", "edited_by", "kernel.person"),
        tenant_foreign_key("budget_version", "submitted_by", "kernel.person"),
        tenant_foreign_key("budget_version", "decided_by", "kernel.person"),
        sa.UniqueConstraint(
            "tenant_id", "budget_id", "number", name="uq_budget_version_tenant_id_budget_id_number"
        ),
        sa.CheckConstraint("number >= 1", name="number_positive"),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'returned', 'approved', 'revised', 'closed')",
            name="state_known",
        ),
        sa.CheckConstraint(
            "contingency_share between 0 and 1", name="contingency_share_range"
        ),
        sa.CheckConstraint(
            "overhead_share between 0 and 1", name="overhead_share_range"
        ),
        sa.CheckConstraint(
            "state = 'draft' or submitted_by is not null",
            name="submitter_known",
        ),
        sa.CheckConstraint(
            "state in ('draft', 'submitted') or decided_by is not null",
            name="decider_known",
        ),
        sa.CheckConstraint(
            "state not in ('approved', 'revised', 'closed') or decided_by <> submitted_by",
            name="not_own_approval",
        ),
        sa.CheckConstraint(
            "state <> 'returned' or return_reason <> ''",
            name="return_has_reason",
        ),
        version=True,
    )
    _one_per_budget("uq_budget_version_open", "state in ('draft', 'submitted', 'returned')")
    _one_per_budget("uq_budget_version_in_force", "state = 'approved'")
    op.execute("REVOKE DELETE ON missions.budget_version FROM comitia_app, comitia_worker")


def _one_per_budget(name: str, condition: str) -> None:
    op.create_index(
        name,
        "budget_version",
        ["tenant_id", "budget_id"],
        unique=True,
        postgresql_where=sa.text(condition),
        schema="missions",
    )


def _rates() -> None:
    create_tenant_table(
        op,
        "missions",
        "budget_rate",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.CHAR(3), nullable=False),
        sa.Column("units_per_base", sa.Numeric(18, 8), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        tenant_foreign_key("budget_rate", "version_id", "missions.budget_version"),
        sa.UniqueConstraint(
            "tenant_id",
            "version_id",
            "currency",
            name="uq_budget_rate_tenant_id_version_id_currency",
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_form"),
        sa.CheckConstraint("units_per_base > 0", name="units_per_base_positive"),
        sa.CheckConstraint("source <> ''", name="source_present"),
        version=True,
    )


def _lines() -> None:
    create_tenant_table(
        op,
        "missions",
        "budget_line",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=False),
        sa.Column("rate", sa.Numeric(16, 4), nullable=False),
        sa.Column("currency", sa.CHAR(3), nullable=False),
        sa.Column("persons", sa.Integer()),
        sa.Column("units", sa.Numeric(10, 2)),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text()),
        sa.Column("phase_name", sa.Text()),
        sa.Column("phase_start", sa.Date()),
        sa.Column("phase_end", sa.Date()),
        sa.Column("was_start", sa.Date()),
        sa.Column("was_end", sa.Date()),
        sa.Column("removed_at", MOMENT),
        tenant_foreign_key("budget_line", "version_id", "missions.budget_version"),
        sa.UniqueConstraint(
            "tenant_id", "version_id", "key", name="uq_budget_line_tenant_id_version_id_key"
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "version_id",
            "position",
            name="uq_budget_line_tenant_id_version_id_position",
        ),
        sa.CheckConstraint(
            "driver in ('person_units', 'units', 'lump_sum')", name="driver_known"
        ),
        sa.CheckConstraint(
            "measure in ('number', 'days', 'nights')", name="measure_known"
        ),
        sa.CheckConstraint("rate >= 0", name="rate_not_negative"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_form"),
        sa.CheckConstraint("persons >= 1", name="persons_positive"),
        sa.CheckConstraint("units >= 0", name="units_not_negative"),
        sa.CheckConstraint("description <> ''", name="description_present"),
        sa.CheckConstraint(
            "(persons is not null) = (driver = 'person_units')"
            " and (units is not null) = (driver <> 'lump_sum')"
            " and (measure = 'number' or driver <> 'lump_sum')",
            name="factors_of_driver",
        ),
        sa.CheckConstraint(
            "case measure when 'number' then phase is null"
            " when 'days' then units = phase_end - phase_start + 1"
            " else units = phase_end - phase_start end is true",
            name="units_counted",
        ),
        sa.CheckConstraint(
            "num_nonnulls(phase, phase_name, phase_start, phase_end) in (0, 4)"
            " and num_nonnulls(was_start, was_end) in (0, 2)",
            name="phase_whole",
        ),
        version=True,
    )
    op.execute("REVOKE DELETE ON missions.budget_line FROM comitia_app, comitia_worker")


# What was submitted is what gets approved, and what was approved stays: only a draft changes its shares,
# a version goes back to draft only by being returned, and a decision is never taken back.
FREEZE_VERSION = """
CREATE FUNCTION missions.freeze_budget_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (new.budget_id, new.number) IS DISTINCT FROM (old.budget_id, old.number)
    OR old.state <> 'draft'
      AND (new.rule_set, new.contingency_share, new.overhead_share, new.submitted_by)
        IS DISTINCT FROM
          (old.rule_set, old.contingency_share, old.overhead_share, old.submitted_by)
    OR old.state IN ('approved', 'revised', 'closed')
      AND (new.decided_by, new.decided_at) IS DISTINCT FROM (old.decided_by, old.decided_at)
    OR (old.state, new.state) NOT IN (
      ('draft', 'draft'), ('draft', 'submitted'), ('submitted', 'submitted'),
      ('submitted', 'returned'), ('returned', 'returned'), ('returned', 'draft'),
      ('submitted', 'approved'), ('approved', 'approved'), ('approved', 'revised'),
      ('approved', 'closed'), ('revised', 'revised'), ('revised', 'closed'),
      ('closed', 'closed'))
  THEN
    RAISE EXCEPTION 'version % of budget % is frozen', old.number, old.budget_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'budget_version_frozen';
  END IF;
  RETURN new;
END $$
"""

# The version is locked against being submitted while its content is written.
FREEZE_CONTENT = """
CREATE FUNCTION missions.freeze_budget_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  changed record := CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
BEGIN
  PERFORM FROM missions.budget_version
    WHERE tenant_id = changed.tenant_id AND id = changed.version_id AND state = 'draft'
    FOR SHARE;
  IF NOT FOUND
    OR TG_OP = 'UPDATE' AND (new.tenant_id, new.version_id) <> (old.tenant_id, old.version_id)
  THEN
    RAISE EXCEPTION 'budget version % is frozen', changed.version_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'budget_version_frozen';
  END IF;
  RETURN changed;
END $$
"""


def downgrade() -> None:
    for table in ("budget_line", "budget_rate", "budget_version", "budget"):
        op.drop_table(table, schema="missions")
    op.execute("DROP FUNCTION missions.freeze_budget_content()")
    op.execute("DROP FUNCTION missions.freeze_budget_version()")
