"""A snippet shows words on both sides of what is found, and says where the text was cut."""

import re
from pathlib import Path

from alembic import op

revision = "0207"
down_revision = "0202"
branch_labels = None
depends_on = None

TEXTS = Path(__file__).parents[1] / "search-0205-asking.sql"
SEARCH = "kernel.search(jsonb, text[], text[], timestamptz, int, int)"
FRAMED = "kernel.search_framed(text, text)"

# What was marked is a piece of the text, but for the marks; a full stop at its end may have gone.
FRAME = """
CREATE FUNCTION kernel.search_framed(marked text, body text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    piece text := btrim(translate(marked, chr(2) || chr(3), ''), E' \\n\\r\\t.!?');
    whole text := btrim(body, E' \\n\\r\\t.!?');
BEGIN
    RETURN CASE WHEN starts_with(whole, piece) THEN '' ELSE '… ' END || marked
        || CASE WHEN right(whole, length(piece)) = piece THEN '' ELSE ' …' END;
END
$$
"""
ONE_SIDE, BOTH_SIDES = "MaxWords=40, MinWords=15'", "MaxWords=30, MinWords=15, MaxFragments=1'"
BARE = re.compile(r"ts_headline\(w\.configuration.*?w\.marked, marks\)", re.S)


def upgrade() -> None:
    op.execute(FRAME)
    op.execute(f"GRANT EXECUTE ON FUNCTION {FRAMED} TO comitia_definer")
    framed = BARE.sub(lambda found: f"kernel.search_framed({found[0]}, b.body)", _before())
    _replace(framed.replace(ONE_SIDE, BOTH_SIDES))


def downgrade() -> None:
    _replace(_before())
    op.execute(f"DROP FUNCTION {FRAMED}")


def _before() -> str:
    texts = TEXTS.read_text(encoding="utf-8")
    found = re.search(r"^CREATE FUNCTION kernel\.search\(.*?^\$\$;", texts, re.M | re.S)
    assert found
    return found[0]


def _replace(function: str) -> None:
    """Make it anew: it is the definer's, and the migrator cannot replace it."""
    op.execute(f"DROP FUNCTION {SEARCH}")
    op.execute(function.replace(":", "\\:"))
    op.execute("GRANT CREATE ON SCHEMA kernel TO comitia_definer")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SEARCH} TO comitia_app, comitia_worker")
    op.execute(f"ALTER FUNCTION {SEARCH} OWNER TO comitia_definer")
    op.execute("REVOKE CREATE ON SCHEMA kernel FROM comitia_definer")
