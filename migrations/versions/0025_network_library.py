"""The library: items, versions with the triggers that freeze them, files, texts, uses and collections."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0025"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = "state in ('draft', 'review')"
STANDING = "state = 'published'"
ORIGINAL = "translated_from_id is null"
TRANSLATION = "translated_from_id is not null"


def upgrade() -> None:
    _items()
    _versions()
    _renditions()
    _uses()
    _collections()
    op.execute(FREEZE_VERSION)
    op.execute(FREEZE_RENDITION)
    op.execute(
        "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON network.library_version"
        " FOR EACH ROW EXECUTE FUNCTION network.freeze_library_version()"
    )
    op.execute(
        "CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON network.library_rendition"
        " FOR EACH ROW EXECUTE FUNCTION network.freeze_library_rendition()"
    )


def _items() -> None:
    create_tenant_table(
        op,
        "network",
        "library_item",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Uuid()),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("library_item", "group_id", "network.group"),
        tenant_foreign_key("library_item", "owner_id", "kernel.person"),
        tenant_foreign_key("library_item", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("library_item", "created_by", "kernel.person"),
        sa.CheckConstraint(
            "visibility in ('network', 'group', 'organisation')", name="visibility_known"
        ),
        sa.CheckConstraint(
            "(visibility = 'group') = (group_id is not null)", name="group_where_needed"
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        version=True,
    )
    _index("ix_library_item_review_on", "library_item", ["tenant_id", "review_on"])
    _index("ix_library_item_owner_id", "library_item", ["tenant_id", "owner_id"])


def _versions() -> None:
    create_tenant_table(
        op,
        "network",
        "library_version",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("translated_from_id", sa.Uuid()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_by", sa.Uuid()),
        sa.Column("submitted_at", MOMENT),
        sa.Column("return_reason", sa.Text()),
        sa.Column("published_by", sa.Uuid()),
        sa.Column("published_at", MOMENT),
        sa.Column("withdrawn_by", sa.Uuid()),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawal_reason", sa.Text()),
        tenant_foreign_key("library_version", "item_id", "network.library_item"),
        tenant_foreign_key("library_version", "translated_from_id", "network.library_version"),
        tenant_foreign_key("library_version", "created_by", "kernel.person"),
        tenant_foreign_key("library_version", "edited_by", "kernel.person"),
        tenant_foreign_key("library_version", "submitted_by", "kernel.person"),
        tenant_foreign_key("library_version", "published_by", "kernel.person"),
        tenant_foreign_key("library_version", "withdrawn_by", "kernel.person"),
        *_version_checks(),
        version=True,
    )
    _index("ix_library_version_item_id", "library_version", ["tenant_id", "item_id"])
    line = ["tenant_id", "item_id"]
    _unique("uq_library_version_original", [*line, "number"], ORIGINAL)
    _unique("uq_library_version_translation", [*line, "language", "number"], TRANSLATION)
    for name, state in (("open", OPEN), ("standing", STANDING)):
        _unique(f"uq_library_version_{name}_original", line, f"{ORIGINAL} and {state}")
        _unique(
            f"uq_library_version_{name}_translation",
            [*line, "language"],
            f"{TRANSLATION} and {state}",
        )


def _version_checks() -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint(
            "state in ('draft', 'review', 'published', 'superseded', 'withdrawn')",
            name="state_known",
        ),
        sa.CheckConstraint("state = 'draft' or submitted_by is not null", name="submitter_known"),
        sa.CheckConstraint(f"({OPEN}) = (published_by is null)", name="published_by_somebody"),
        sa.CheckConstraint(
            "published_by <> created_by and published_by <> edited_by"
            " and published_by <> submitted_by",
            name="published_by_another",
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawal_reason is not null)", name="withdrawal_has_reason"
        ),
    ]


def _renditions() -> None:
    create_tenant_table(
        op,
        "network",
        "library_rendition",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        tenant_foreign_key("library_rendition", "version_id", "network.library_version"),
        tenant_foreign_key("library_rendition", "file_id", "kernel.stored_file"),
        sa.UniqueConstraint(
            "tenant_id",
            "version_id",
            "language",
            "format",
            name="uq_library_rendition_tenant_id_version_id_language_format",
        ),
        sa.UniqueConstraint("tenant_id", "file_id", name="uq_library_rendition_tenant_id_file_id"),
    )
    create_tenant_table(
        op,
        "network",
        "library_text",
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        tenant_foreign_key("library_text", "id", "network.library_rendition", ondelete="CASCADE"),
        sa.CheckConstraint(
            "outcome in ('read', 'cut', 'empty', 'unreadable')", name="outcome_known"
        ),
    )


def _uses() -> None:
    create_tenant_table(
        op,
        "network",
        "library_use",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        tenant_foreign_key("library_use", "item_id", "network.library_item"),
        tenant_foreign_key("library_use", "post_id", "network.post", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "tenant_id", "item_id", "post_id", name="uq_library_use_tenant_id_item_id_post_id"
        ),
    )
    _index("ix_library_use_post_id", "library_use", ["tenant_id", "post_id"])


def _collections() -> None:
    create_tenant_table(
        op,
        "network",
        "library_collection",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("library_collection", "created_by", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "title", name="uq_library_collection_tenant_id_title"),
        version=True,
    )
    create_tenant_table(
        op,
        "network",
        "library_collection_item",
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        tenant_foreign_key(
            "library_collection_item",
            "collection_id",
            "network.library_collection",
            ondelete="CASCADE",
        ),
        tenant_foreign_key("library_collection_item", "item_id", "network.library_item"),
        sa.UniqueConstraint(
            "tenant_id",
            "collection_id",
            "item_id",
            name="uq_library_collection_item_tenant_id_collection_id_item_id",
        ),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
    )


def _index(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, schema="network")


def _unique(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        "library_version",
        columns,
        schema="network",
        unique=True,
        postgresql_where=sa.text(where),
    )


# What is in review is what gets published, and what was published stays: only a draft changes its words,
# a version in review comes back as a draft, and nothing that was published is unpublished or deleted.
FREEZE_VERSION = """
CREATE FUNCTION network.freeze_library_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF old.state = 'draft' THEN
      RETURN old;
    END IF;
  ELSIF (new.tenant_id, new.id, new.item_id, new.number, new.language, new.translated_from_id,
         new.created_by, new.created_at)
      IS NOT DISTINCT FROM
        (old.tenant_id, old.id, old.item_id, old.number, old.language, old.translated_from_id,
         old.created_by, old.created_at)
    AND (old.state = 'draft'
      OR (new.title, new.summary, new.notes, new.edited_by)
        IS NOT DISTINCT FROM (old.title, old.summary, old.notes, old.edited_by))
    AND (old.state IN ('draft', 'review')
      OR (new.submitted_by, new.submitted_at, new.published_by, new.published_at)
        IS NOT DISTINCT FROM
          (old.submitted_by, old.submitted_at, old.published_by, old.published_at))
    AND (old.state <> 'withdrawn'
      OR (new.withdrawn_by, new.withdrawn_at, new.withdrawal_reason)
        IS NOT DISTINCT FROM (old.withdrawn_by, old.withdrawn_at, old.withdrawal_reason))
    AND (old.state = new.state OR (old.state, new.state) IN (
      ('draft', 'review'), ('review', 'draft'), ('review', 'published'),
      ('published', 'superseded'), ('published', 'withdrawn'), ('superseded', 'withdrawn')))
  THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'version % of library item % is frozen', old.number, old.item_id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'library_version_frozen';
END $$
"""

# The version is locked against being handed in while its files change.
FREEZE_RENDITION = """
CREATE FUNCTION network.freeze_library_rendition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  changed record := CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
BEGIN
  PERFORM FROM network.library_version
    WHERE tenant_id = changed.tenant_id AND id = changed.version_id AND state = 'draft'
    FOR SHARE;
  IF NOT FOUND OR TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'library version % is frozen', changed.version_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'library_version_frozen';
  END IF;
  RETURN changed;
END $$
"""


def downgrade() -> None:
    for table in (
        "library_collection_item",
        "library_collection",
        "library_use",
        "library_text",
        "library_rendition",
        "library_version",
        "library_item",
    ):
        op.drop_table(table, schema="network")
    op.execute("DROP FUNCTION network.freeze_library_rendition()")
    op.execute("DROP FUNCTION network.freeze_library_version()")
