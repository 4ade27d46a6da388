"""The job queue (procrastinate's own tables, in schema jobs) and which jobs had their effect."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The library's schema as it was in this version; a later version comes as a later migration.
QUEUE = Path(__file__).parents[1] / "procrastinate-3.10.sql"


def upgrade() -> None:
    op.execute("SET LOCAL search_path = jobs, public")
    # Sent without parameters, as one text of many statements.
    op.get_bind().connection.driver_connection.execute(QUEUE.read_text())
    op.execute("SET LOCAL search_path = public, jobs")
    # The web adds jobs and sees nothing but the number it got; triggers note the event.
    op.execute("GRANT INSERT, SELECT (id) ON jobs.procrastinate_jobs TO comitia_app")
    op.execute("GRANT INSERT ON jobs.procrastinate_events TO comitia_app")
    op.execute(
        "GRANT USAGE ON jobs.procrastinate_jobs_id_seq, jobs.procrastinate_events_id_seq"
        " TO comitia_app"
    )
    op.execute("GRANT EXECUTE ON FUNCTION jobs.procrastinate_defer_jobs_v1 TO comitia_app")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO comitia_worker"
    )
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO comitia_worker")
    op.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO comitia_worker")
    create_tenant_table(
        op,
        "kernel",
        "job_effect",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_job_effect_done_at", "job_effect", ["tenant_id", "done_at"], schema="kernel"
    )


def downgrade() -> None:
    op.drop_table("job_effect", schema="kernel")
    op.execute("DROP TABLE jobs.procrastinate_events, jobs.procrastinate_periodic_defers CASCADE")
    op.execute("DROP TABLE jobs.procrastinate_jobs, jobs.procrastinate_workers CASCADE")
    op.execute(
        """
        DO $$
        DECLARE thing text;
        BEGIN
            FOR thing IN
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE pronamespace = 'jobs'::regnamespace
            LOOP
                EXECUTE 'DROP FUNCTION ' || thing || ' CASCADE';
            END LOOP;
        END $$
        """
    )
    op.execute("DROP TYPE jobs.procrastinate_job_status, jobs.procrastinate_job_event_type CASCADE")
    op.execute("DROP TYPE IF EXISTS jobs.procrastinate_job_to_defer_v1 CASCADE")
