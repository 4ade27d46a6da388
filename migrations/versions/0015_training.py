"""Workshops, attendance, certificates, alumni, placements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _programme()
    _alumni_record()
    _alumni_consent()
    _alumni_availability()
    _vacancy()
    _workshop()
    _application()
    _issue_run()
    _participant()
    _participation()
    _session()
    _attendance()
    _certificate()


def _programme() -> None:
    create_tenant_table(
        op,
        "training",
        "programme",
        sa.Column("code", sa.Text(), nullable=False),
        sa.UniqueConstraint("tenant_id", "code", name="uq_programme_tenant_id_code"),
    )


def _alumni_record() -> None:
    create_tenant_table(
        op,
        "training",
        "alumni_record",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state in ('invited', 'active', 'dormant', 'erased')",
            name=op.f("ck_alumni_record_state_known"),
        ),
        tenant_foreign_key("alumni_record", "person_id", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "person_id", name="uq_alumni_record_tenant_id_person_id"),
    )


def _alumni_consent() -> None:
    create_tenant_table(
        op,
        "training",
        "alumni_consent",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("purpose in ('missions')", name=op.f("ck_alumni_consent_purpose_known")),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_alumni_consent_withdrawn_after_given")
        ),
        tenant_foreign_key("alumni_consent", "person_id", "kernel.person"),
    )
    op.create_index(
        "uq_alumni_consent_standing",
        "alumni_consent",
        ["tenant_id", "person_id", "purpose"],
        schema="training",
        unique=True,
        postgresql_where=sa.text("withdrawn_at is null"),
    )


def _alumni_availability() -> None:
    create_tenant_table(
        op,
        "training",
        "alumni_availability",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_alumni_availability_in_order")),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            (sa.literal_column("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_alumni_availability_overlap",
            using="gist",
        ),
        tenant_foreign_key("alumni_availability", "person_id", "kernel.person"),
    )


def _vacancy() -> None:
    create_tenant_table(
        op,
        "training",
        "vacancy",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("rules", JSONB(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid()),
        sa.Column("published_at", MOMENT),
        sa.CheckConstraint(
            "(state = 'draft') = (approved_by is null)",
            name=op.f("ck_vacancy_approved_unless_draft"),
        ),
        sa.CheckConstraint(
            "approved_by <> drafted_by and approved_by <> edited_by",
            name=op.f("ck_vacancy_approved_by_another"),
        ),
        sa.CheckConstraint(
            "(state in ('draft', 'approved')) = (published_at is null)",
            name=op.f("ck_vacancy_published_dated"),
        ),
        sa.CheckConstraint(
            "state in ('draft', 'approved', 'published', 'closed', 'filled', 'failed')",
            name=op.f("ck_vacancy_state_known"),
        ),
        sa.CheckConstraint(
            "term_months between 1 and 12", name=op.f("ck_vacancy_term_at_most_a_year")
        ),
        tenant_foreign_key("vacancy", "approved_by", "kernel.person"),
        tenant_foreign_key("vacancy", "drafted_by", "kernel.person"),
        tenant_foreign_key("vacancy", "edited_by", "kernel.person"),
        version=True,
    )
    op.create_index(
        "ix_vacancy_closes_at", "vacancy", ["tenant_id", "closes_at"], schema="training"
    )
    op.execute(FREEZE_VACANCY)
    op.execute(
        "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON training.vacancy"
        " FOR EACH ROW EXECUTE FUNCTION training.freeze_vacancy()"
    )


# People apply for what was published: it keeps its terms and its rules, and nothing is unpublished.
FREEZE_VACANCY = """
CREATE FUNCTION training.freeze_vacancy() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF old.state NOT IN ('draft', 'approved') AND (
    TG_OP = 'DELETE'
    OR (new.title, new.summary, new.term_months, new.closes_at, new.time_zone, new.rules,
        new.rules_version, new.drafted_by, new.edited_by, new.approved_by, new.published_at)
      IS DISTINCT FROM
        (old.title, old.summary, old.term_months, old.closes_at, old.time_zone, old.rules,
         old.rules_version, old.drafted_by, old.edited_by, old.approved_by, old.published_at)
    OR (old.state, new.state) NOT IN (
      ('published', 'published'), ('published', 'closed'), ('closed', 'closed'),
      ('closed', 'filled'), ('closed', 'failed'), ('filled', 'filled'), ('failed', 'failed')))
  THEN
    RAISE EXCEPTION 'vacancy % is published', old.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vacancy_frozen';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
END $$
"""


def _workshop() -> None:
    create_tenant_table(
        op,
        "training",
        "workshop",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("region", sa.Text()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer()),
        sa.Column("day", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("threshold_numerator", sa.Integer(), nullable=False),
        sa.Column("threshold_denominator", sa.Integer(), nullable=False),
        sa.Column("locked_at", MOMENT),
        sa.Column("locked_by", sa.Uuid()),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_workshop_country_form")),
        sa.CheckConstraint(
            "day is null or month is not null", name=op.f("ck_workshop_day_needs_month")
        ),
        sa.CheckConstraint("day between 1 and 31", name=op.f("ck_workshop_day_of_a_month")),
        sa.CheckConstraint(
            "(locked_at is null) = (locked_by is null)", name=op.f("ck_workshop_locked_by_somebody")
        ),
        sa.CheckConstraint("month between 1 and 12", name=op.f("ck_workshop_month_of_a_year")),
        sa.CheckConstraint(
            "state in ('draft', 'call_open', 'selecting', 'confirmed', 'delivered', 'reported', 'cancelled')",
            name=op.f("ck_workshop_state_known"),
        ),
        sa.CheckConstraint(
            "threshold_numerator > 0 and threshold_numerator <= threshold_denominator",
            name=op.f("ck_workshop_threshold_is_a_share"),
        ),
        tenant_foreign_key("workshop", "locked_by", "kernel.person"),
        tenant_foreign_key("workshop", "programme_id", "training.programme"),
        version=True,
    )
    op.create_index(
        "ix_workshop_held", "workshop", ["tenant_id", "year", "month"], schema="training"
    )
    op.create_index(
        "uq_workshop_programme_id_title_year_month",
        "workshop",
        ["tenant_id", "programme_id", "title", "year", "month"],
        schema="training",
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def _application() -> None:
    create_tenant_table(
        op,
        "training",
        "application",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("submission", JSONB(), nullable=False),
        sa.Column("advice", JSONB()),
        sa.Column("submitted_at", MOMENT),
        sa.Column("decision", JSONB()),
        sa.Column("eligibility", sa.Text()),
        sa.Column("decided_at", MOMENT),
        sa.CheckConstraint(
            "(state = 'screened') = (decided_at is not null)"
            " and (decided_at is null) = (decision is null)"
            " and (decided_at is null) = (eligibility is null)",
            name=op.f("ck_application_decided_whole"),
        ),
        sa.CheckConstraint(
            "eligibility in ('eligible', 'needs_evidence', 'ineligible')",
            name=op.f("ck_application_eligibility_known"),
        ),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'screened', 'withdrawn')",
            name=op.f("ck_application_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (submitted_at is null)"
            " and (submitted_at is null) = (advice is null)",
            name=op.f("ck_application_submitted_whole"),
        ),
        tenant_foreign_key("application", "person_id", "kernel.person"),
        tenant_foreign_key("application", "vacancy_id", "training.vacancy"),
        version=True,
    )
    op.create_index(
        "ix_application_person_id", "application", ["tenant_id", "person_id"], schema="training"
    )
    op.create_index(
        "ix_application_vacancy_id", "application", ["tenant_id", "vacancy_id"], schema="training"
    )
    op.create_index(
        "uq_application_live",
        "application",
        ["tenant_id", "vacancy_id", "person_id"],
        schema="training",
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.execute(KEEP_APPLICATION)
    op.execute(
        "CREATE TRIGGER kept BEFORE UPDATE ON training.application"
        " FOR EACH ROW EXECUTE FUNCTION training.keep_application()"
    )


# What was sent stays as it was, with the verdicts the applicant was shown; a decision is taken once.
KEEP_APPLICATION = """
CREATE FUNCTION training.keep_application() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF (new.vacancy_id, new.person_id) IS DISTINCT FROM (old.vacancy_id, old.person_id)
    OR old.state <> 'draft'
      AND (new.submission, new.advice, new.submitted_at)
        IS DISTINCT FROM (old.submission, old.advice, old.submitted_at)
    OR old.decided_at IS NOT NULL
      AND (new.decision, new.eligibility, new.decided_at)
        IS DISTINCT FROM (old.decision, old.eligibility, old.decided_at)
    OR (old.state, new.state) NOT IN (
      ('draft', 'draft'), ('draft', 'submitted'), ('submitted', 'submitted'),
      ('submitted', 'withdrawn'), ('submitted', 'screened'), ('screened', 'screened'),
      ('withdrawn', 'withdrawn'))
  THEN
    RAISE EXCEPTION 'application % is kept as it was', old.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'application_kept';
  END IF;
  RETURN new;
END $$
"""


def _issue_run() -> None:
    create_tenant_table(
        op,
        "training",
        "issue_run",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("progressed_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint("done between 0 and total", name=op.f("ck_issue_run_done_within_total")),
        tenant_foreign_key("issue_run", "started_by", "kernel.person"),
        tenant_foreign_key("issue_run", "workshop_id", "training.workshop"),
    )
    op.create_index(
        "ix_issue_run_workshop_id", "issue_run", ["tenant_id", "workshop_id"], schema="training"
    )
    op.create_index(
        "uq_issue_run_running",
        "issue_run",
        ["tenant_id", "workshop_id"],
        schema="training",
        unique=True,
        postgresql_where=sa.text("finished_at is null"),
    )


def _participant() -> None:
    create_tenant_table(
        op,
        "training",
        "participant",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_participant_address_lower")),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_participant_country_form")),
        sa.CheckConstraint(
            "gender in ('female', 'male', 'other', 'not_declared')",
            name=op.f("ck_participant_gender_known"),
        ),
        tenant_foreign_key("participant", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("participant", "person_id", "kernel.person"),
        tenant_foreign_key("participant", "workshop_id", "training.workshop"),
        sa.UniqueConstraint(
            "tenant_id",
            "workshop_id",
            "address",
            name="uq_participant_tenant_id_workshop_id_address",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "workshop_id",
            "person_id",
            name="uq_participant_tenant_id_workshop_id_person_id",
        ),
        version=True,
    )
    op.create_index(
        "ix_participant_person_id", "participant", ["tenant_id", "person_id"], schema="training"
    )


def _participation() -> None:
    create_tenant_table(
        op,
        "training",
        "participation",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("attended_minutes", sa.Integer(), nullable=False),
        sa.Column("scheduled_minutes", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "attended_minutes >= 1", name=op.f("ck_participation_attended_at_least_a_minute")
        ),
        tenant_foreign_key("participation", "person_id", "kernel.person"),
        tenant_foreign_key("participation", "workshop_id", "training.workshop"),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "workshop_id",
            name="uq_participation_tenant_id_person_id_workshop_id",
        ),
    )
    op.create_index(
        "ix_participation_workshop_id",
        "participation",
        ["tenant_id", "workshop_id"],
        schema="training",
    )


def _session() -> None:
    create_tenant_table(
        op,
        "training",
        "session",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scheduled_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "scheduled_minutes between 1 and 1440", name=op.f("ck_session_scheduled_within_a_day")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_session_position_from_one")),
        tenant_foreign_key("session", "workshop_id", "training.workshop"),
        sa.UniqueConstraint(
            "tenant_id", "workshop_id", "code", name="uq_session_tenant_id_workshop_id_code"
        ),
    )


def _attendance() -> None:
    create_tenant_table(
        op,
        "training",
        "attendance",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_attendance_minutes_not_negative")),
        tenant_foreign_key(
            "attendance", "participant_id", "training.participant", ondelete="CASCADE"
        ),
        tenant_foreign_key("attendance", "session_id", "training.session"),
        sa.UniqueConstraint(
            "tenant_id",
            "participant_id",
            "session_id",
            name="uq_attendance_tenant_id_participant_id_session_id",
        ),
    )
    op.create_index(
        "ix_attendance_session_id", "attendance", ["tenant_id", "session_id"], schema="training"
    )


def _certificate() -> None:
    create_tenant_table(
        op,
        "training",
        "certificate",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("supersedes", sa.Uuid()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", MOMENT, nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.CheckConstraint(
            "cause in ('decision', 'attendance')", name=op.f("ck_certificate_cause_known")
        ),
        sa.CheckConstraint(
            "(state = 'issued') = (reason is null)", name=op.f("ck_certificate_fall_has_reason")
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (cause is not null)",
            name=op.f("ck_certificate_revoked_for_a_cause"),
        ),
        sa.CheckConstraint(
            "state in ('issued', 'suspended', 'revoked', 'superseded')",
            name=op.f("ck_certificate_state_known"),
        ),
        tenant_foreign_key("certificate", "file_id", "kernel.stored_file"),
        tenant_foreign_key("certificate", "participant_id", "training.participant"),
        tenant_foreign_key("certificate", "supersedes", "training.certificate"),
        sa.UniqueConstraint("tenant_id", "code", name="uq_certificate_tenant_id_code"),
        version=True,
    )
    op.create_index(
        "ix_certificate_participant_id",
        "certificate",
        ["tenant_id", "participant_id"],
        schema="training",
    )
    op.create_index(
        "uq_certificate_standing",
        "certificate",
        ["tenant_id", "participant_id"],
        schema="training",
        unique=True,
        postgresql_where=sa.text("state in ('issued', 'suspended')"),
    )


def downgrade() -> None:
    for table in (
        "certificate",
        "attendance",
        "session",
        "participation",
        "participant",
        "issue_run",
        "application",
        "workshop",
        "vacancy",
        "alumni_availability",
        "alumni_consent",
        "alumni_record",
        "programme",
    ):
        op.drop_table(table, schema="training")
    op.execute("DROP FUNCTION training.keep_application()")
    op.execute("DROP FUNCTION training.freeze_vacancy()")
