"""What was signed on a certificate never changes, whatever a service does."""

from alembic import op

revision = "0302"
down_revision = "0301"
branch_labels = None
depends_on = None

# Whether it stands may change, and why. The document goes when its holder is erased, and comes back no more.
KEEP = """
CREATE FUNCTION training.keep_certificate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF (new.participant_id, new.code, new.language, new.content, new.issued_at, new.supersedes)
      IS DISTINCT FROM
      (old.participant_id, old.code, old.language, old.content, old.issued_at, old.supersedes)
    OR new.file_id IS NOT NULL AND new.file_id IS DISTINCT FROM old.file_id
  THEN
    RAISE EXCEPTION 'certificate % is kept as it was signed', old.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'certificate_kept';
  END IF;
  RETURN new;
END $$
"""


def upgrade() -> None:
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER kept BEFORE UPDATE ON training.certificate"
        " FOR EACH ROW EXECUTE FUNCTION training.keep_certificate()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER kept ON training.certificate")
    op.execute("DROP FUNCTION training.keep_certificate()")
