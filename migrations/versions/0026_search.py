"""Search with filters, counts and suggestions; words as written and by stem, told apart by weight.

Weights: A and B are the words of title and body as they stand, C and D their stems. What stands between
quotation marks is looked for in A and B alone.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.script import ScriptDirectory

from kernel.db.ddl import create_tenant_table

revision = "0026"
down_revision = "0023"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1]

WRITING = (
    "kernel.search_fold(text)",
    "kernel.search_month(timestamptz, int)",
    "kernel.search_facets(text, text, uuid, uuid, text, text, uuid[], timestamptz)",
    "kernel.search_learn(uuid[], text)",
)
"""What whoever writes an entry runs."""
INNER = (
    "kernel.search_variants(text, text)",
    "kernel.search_exact(text)",
    "kernel.search_forms(text)",
    "kernel.search_query(jsonb)",
    "kernel.search_snippet(text, text, jsonb)",
    "kernel.search_sees(text, uuid[], uuid[], uuid[], uuid)",
    "kernel.search_matches(tsquery, text[], text[], timestamptz, int)",
)
"""What the functions of the next list run."""
ASKED = (
    "kernel.search(jsonb, text[], text[], timestamptz, int, int)",
    "kernel.search_counts(jsonb, text[], text[], timestamptz)",
    "kernel.search_suggest(text[], text[])",
    "kernel.search_unused(uuid, int)",
)
"""What reads for whoever asks."""
DERIVED_FACETS = (
    "kernel.search_facets(kind, language, author_id, organisation_id, country, visibility, audience,"
    " changed_at)"
)


def upgrade() -> None:
    op.execute("DROP FUNCTION kernel.search(text, text[], int, int)")
    _words()
    _run("search-0026-writing.sql")
    _entries()
    _run("search-0026-asking.sql")
    _rights()


def _run(name: str) -> None:
    op.execute((SQL / name).read_text(encoding="utf-8").replace(":", "\\:"))


def _entries() -> None:
    for name, kind in (
        ("author_id", sa.Uuid()),
        ("organisation_id", sa.Uuid()),
        ("country", sa.Text()),
    ):
        op.add_column("search_entry", sa.Column(name, kind, nullable=True), schema="kernel")
    # safe: rewrites the table once, past its row security, for the documents to be made anew
    op.execute(
        "ALTER TABLE kernel.search_entry ALTER COLUMN document TYPE tsvector"
        " USING kernel.search_document(language, title, body),"
        f" ADD COLUMN facets text[] NOT NULL GENERATED ALWAYS AS ({DERIVED_FACETS}) STORED"
    )
    op.drop_index("ix_search_entry_document", "search_entry", schema="kernel")
    # safe: the table is locked by its rewriting already
    op.create_index(
        "ix_search_entry_document",
        "search_entry",
        ["tenant_id", "document", "facets"],
        schema="kernel",
        postgresql_using="gin",
    )


def _words() -> None:
    create_tenant_table(
        op,
        "kernel",
        "search_word",
        sa.Column("audience", sa.Uuid(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "audience", "word", name="uq_search_word_tenant_id_audience_word"
        ),
    )
    op.create_index(
        "ix_search_word_folded",
        "search_word",
        ["tenant_id", "audience", "folded"],
        schema="kernel",
        postgresql_using="gin",
        postgresql_ops={"folded": "public.gin_trgm_ops"},
    )
    # As with the entries: what words there are is told by the functions alone.
    op.execute(
        "REVOKE SELECT ON kernel.search_word FROM comitia_app, comitia_worker, comitia_report"
    )
    op.execute("GRANT SELECT (tenant_id, id) ON kernel.search_word TO comitia_app, comitia_worker")
    op.execute("GRANT SELECT ON kernel.search_word TO comitia_definer")


def _rights() -> None:
    op.execute("GRANT CREATE ON SCHEMA kernel TO comitia_definer")
    for function in (*WRITING, *INNER):
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO comitia_definer")
    for function in (*WRITING, *ASKED):
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO comitia_app, comitia_worker")
    for function in ASKED:
        op.execute(f"ALTER FUNCTION {function} OWNER TO comitia_definer")
    op.execute("REVOKE CREATE ON SCHEMA kernel FROM comitia_definer")


def downgrade() -> None:
    for function in (*ASKED, *reversed(INNER)):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("search_word", schema="kernel")
    op.drop_index("ix_search_entry_document", "search_entry", schema="kernel")
    for name in ("facets", "author_id", "organisation_id", "country"):
        op.drop_column("search_entry", name, schema="kernel")
    before = ScriptDirectory.from_config(op.get_context().config).get_revision("0003").module
    op.execute(before.DOCUMENT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute(
        "ALTER TABLE kernel.search_entry ALTER COLUMN document TYPE tsvector"
        " USING kernel.search_document(language, title, body)"
    )
    op.create_index(
        "ix_search_entry_document",
        "search_entry",
        ["tenant_id", "document"],
        schema="kernel",
        postgresql_using="gin",
    )
    for function in reversed(WRITING):
        op.execute(f"DROP FUNCTION {function}")
    op.execute(before.SEARCH)
    op.execute(
        "GRANT EXECUTE ON FUNCTION kernel.search(text, text[], int, int)"
        " TO comitia_app, comitia_worker"
    )
    before._give_to_definer("kernel.search(text, text[], int, int)")
