"""Parts are found after the whole, digits are found in either script, and long texts are cut at whole words."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0406"
down_revision = "0303"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1]
DOCUMENT = "kernel.search_document(text, text, text{})"

# Run once for each network: row security holds for whoever migrates as well.
DOCUMENTS = """
UPDATE kernel.search_entry e
SET document = kernel.search_document(e.language, e.title, e.body{})
"""
IS_PART = """,
    (e.kind = 'topic' AND e.id <> (
        SELECT p.id FROM network.post p
        WHERE p.tenant_id = e.tenant_id AND p.topic_id = e.target_id ORDER BY p.id LIMIT 1))
    OR (e.kind = 'library' AND NOT EXISTS (
        SELECT FROM network.library_rendition r WHERE r.tenant_id = e.tenant_id AND r.id = e.id))
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION " + DOCUMENT.format(""))
    op.execute(_text("search-0406-writing.sql").replace(":", "\\:"))
    _give(DOCUMENT.format(", boolean"))
    _write_anew(IS_PART)


def downgrade() -> None:
    op.execute("DROP FUNCTION " + DOCUMENT.format(", boolean"))
    for name, file in (
        ("search_fold", "search-0026-writing.sql"),
        ("search_document", "search-0026-writing.sql"),
        ("search_variants", "search-0026-asking.sql"),
        ("search_query", "search-0026-asking.sql"),
        ("search_cut", "search-0205-asking.sql"),
    ):
        found = re.search(
            rf"^CREATE (?:OR REPLACE )?(FUNCTION kernel\.{name}\(.*?^\$\$;)", _text(file), re.M | re.S
        )
        assert found, name
        op.execute(f"CREATE OR REPLACE {found[1]}".replace(":", "\\:"))
    _give(DOCUMENT.format(""))
    _write_anew("")


def _text(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def _give(function: str) -> None:
    op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO comitia_app, comitia_worker")


def _write_anew(is_part: str) -> None:
    connection, enter = op.get_bind(), sa.text("SELECT set_config('comitia.tenant', :tenant, true)")
    networks = connection.scalars(sa.text("SELECT DISTINCT tenant_id FROM kernel.tenant_host")).all()
    for tenant in networks:
        connection.execute(enter, {"tenant": str(tenant)})
        connection.execute(sa.text(DOCUMENTS.format(is_part)))
    connection.execute(enter, {"tenant": ""})
