"""Guests find nothing of what the network shares; what a snippet marks is worked out once for all hits."""

import re
from typing import Any

from alembic import op
from alembic.script import ScriptDirectory

revision = "0205"
down_revision = "0204"
branch_labels = None
depends_on = None

INNER = (
    "kernel.search_marked(text, jsonb)",
    "kernel.search_cut(text, jsonb)",
)
SNIPPET = "kernel.search_snippet(text, text, jsonb)"
ASKED = (
    "kernel.search(jsonb, text[], text[], timestamptz, int, int)",
    "kernel.search_suggest(text[], text[])",
)
"""What reads for whoever asks: not the migrator's, who cannot replace it and makes it anew."""


def upgrade() -> None:
    _drop(*ASKED, SNIPPET)
    _before()._run("search-0205-asking.sql")
    _give(*INNER)


def downgrade() -> None:
    _drop(*ASKED, *INNER)
    texts = (_before().SQL / "search-0026-asking.sql").read_text(encoding="utf-8")
    for name in ("search_sees", "search_snippet", "search", "search_suggest"):
        found = re.search(rf"^CREATE (FUNCTION kernel\.{name}\(.*?^\$\$;)", texts, re.M | re.S)
        assert found, name
        op.execute(f"CREATE OR REPLACE {found[1]}".replace(":", "\\:"))
    _give(SNIPPET)


def _drop(*functions: str) -> None:
    for function in functions:
        op.execute(f"DROP FUNCTION {function}")


def _give(*inner: str) -> None:
    op.execute("GRANT CREATE ON SCHEMA kernel TO comitia_definer")
    for function in inner:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO comitia_definer")
    for function in ASKED:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO comitia_app, comitia_worker")
        op.execute(f"ALTER FUNCTION {function} OWNER TO comitia_definer")
    op.execute("REVOKE CREATE ON SCHEMA kernel FROM comitia_definer")


def _before() -> Any:
    return ScriptDirectory.from_config(op.get_context().config).get_revision("0026").module
