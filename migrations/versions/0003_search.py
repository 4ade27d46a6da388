"""Search: what can be found, and the one function that reads it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from kernel.db.ddl import create_tenant_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Our name of each text search configuration, and the one it begins as. Languages without a stemmer
# in PostgreSQL, Swahili among them, use the simple one.
CONFIGURATIONS = {
    "search_en": "english",
    "search_fr": "french",
    "search_ar": "arabic",
    "search_es": "spanish",
    "search_pt": "portuguese",
    "search_simple": "simple",
}
DICTIONARIES = {name: f"{base}_stem" for name, base in CONFIGURATIONS.items()} | {
    "search_simple": "simple"
}

CONFIGURATION = """
CREATE FUNCTION kernel.search_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE language
        WHEN 'en' THEN 'kernel.search_en' WHEN 'fr' THEN 'kernel.search_fr'
        WHEN 'ar' THEN 'kernel.search_ar' WHEN 'es' THEN 'kernel.search_es'
        WHEN 'pt' THEN 'kernel.search_pt' ELSE 'kernel.search_simple'
    END::regconfig
$$
"""

# Every word as it stands and by its stem: one finds "ink" in any language, "elections" by "election".
DOCUMENT = """
CREATE FUNCTION kernel.search_document(language text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT setweight(to_tsvector('kernel.search_simple', title)
                  || to_tsvector(kernel.search_configuration(language), title), 'A')
        || setweight(to_tsvector('kernel.search_simple', body)
                  || to_tsvector(kernel.search_configuration(language), body), 'B')
$$
"""

# Which groups the person in scope may read. Groups belong to a module, whose migration answers this.
AUDIENCES = """
CREATE FUNCTION kernel.audiences_of_reader() RETURNS SETOF uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT NULL::uuid WHERE false $$
"""

# The index gives at most 1,000 visible matches before anything is ranked: ordering them all would cost
# the more the commoner the word, and tempt the planner to walk the primary key instead.
SEARCH = """
CREATE FUNCTION kernel.search(wanted text, kinds text[], max_hits int, first_hit int)
RETURNS TABLE (kind text, object_id uuid, target_id uuid, title text, language text, excerpt text,
               changed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    tenant int := nullif(current_setting('comitia.tenant', true), '')::int;
    person uuid := nullif(current_setting('comitia.person', true), '')::uuid;
    organisations uuid[] :=
        coalesce(nullif(current_setting('comitia.organisations', true), ''), '{}')::uuid[];
    groups uuid[];
    query tsquery;
BEGIN
    IF tenant IS NULL OR person IS NULL THEN
        RETURN;
    END IF;
    groups := ARRAY(SELECT kernel.audiences_of_reader());
    query := websearch_to_tsquery('kernel.search_simple', wanted)
          || websearch_to_tsquery('kernel.search_en', wanted)
          || websearch_to_tsquery('kernel.search_fr', wanted)
          || websearch_to_tsquery('kernel.search_ar', wanted)
          || websearch_to_tsquery('kernel.search_es', wanted)
          || websearch_to_tsquery('kernel.search_pt', wanted);
    IF numnode(query) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH matches AS MATERIALIZED (
        SELECT e.id
        FROM kernel.search_entry e
        WHERE e.tenant_id = tenant
          AND e.document @@ query
          AND (search.kinds IS NULL OR e.kind = ANY (search.kinds))
          AND (e.visibility = 'network'
               OR (e.visibility = 'group' AND e.audience && groups)
               OR (e.visibility = 'organisation' AND e.audience && organisations)
               OR (e.visibility = 'confidential' AND person = ANY (e.audience)))
        LIMIT 1000
    ),
    best AS (
        SELECT e.*, ts_rank(e.document, query) AS rank
        FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.id = ANY (ARRAY(SELECT m.id FROM matches m))
        ORDER BY rank DESC, e.changed_at DESC, e.id
        LIMIT max_hits OFFSET first_hit
    )
    SELECT b.kind, b.id, b.target_id, b.title, b.language,
           ts_headline(kernel.search_configuration(b.language), b.body, query,
                       format('StartSel=%s, StopSel=%s, MaxWords=40, MinWords=15', chr(2), chr(3))),
           b.changed_at
    FROM best b
    ORDER BY b.rank DESC, b.changed_at DESC, b.id;
END
$$
"""


def upgrade() -> None:
    for name, base in CONFIGURATIONS.items():
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION kernel.{name} (COPY = pg_catalog.{base})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION kernel.{name} ALTER MAPPING FOR hword, hword_part, word"
            f" WITH public.unaccent, pg_catalog.{DICTIONARIES[name]}"
        )
    _entries()
    for function in (CONFIGURATION, DOCUMENT, AUDIENCES, SEARCH):
        op.execute(function)
    op.execute(
        "GRANT EXECUTE ON FUNCTION kernel.search_configuration(text),"
        " kernel.search_document(text, text, text), kernel.search(text, text[], int, int)"
        " TO comitia_app, comitia_worker"
    )
    op.execute(
        "GRANT EXECUTE ON FUNCTION kernel.search_configuration(text), kernel.audiences_of_reader()"
        " TO comitia_definer"
    )
    _give_to_definer("kernel.search(text, text[], int, int)")


def _entries() -> None:
    create_tenant_table(
        op,
        "kernel",
        "search_entry",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("audience", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("document", TSVECTOR(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "visibility in ('network', 'group', 'organisation', 'confidential')",
            name="ck_search_entry_visibility_known",
        ),
        sa.CheckConstraint(
            "(visibility = 'network') = (cardinality(audience) = 0)",
            name="ck_search_entry_audience_named",
        ),
    )
    op.create_index(
        "ix_search_entry_document",
        "search_entry",
        ["tenant_id", "document"],
        schema="kernel",
        postgresql_using="gin",
    )
    # Who may find a thing is decided in kernel.search(): nobody else reads more than the keys.
    op.execute(
        "REVOKE SELECT ON kernel.search_entry FROM comitia_app, comitia_worker, comitia_report"
    )
    op.execute("GRANT SELECT (tenant_id, id) ON kernel.search_entry TO comitia_app, comitia_worker")
    op.execute("GRANT SELECT ON kernel.search_entry TO comitia_definer")


def _give_to_definer(function: str) -> None:
    op.execute("GRANT CREATE ON SCHEMA kernel TO comitia_definer")
    op.execute(f"ALTER FUNCTION {function} OWNER TO comitia_definer")
    op.execute("REVOKE CREATE ON SCHEMA kernel FROM comitia_definer")


def downgrade() -> None:
    op.execute("DROP FUNCTION kernel.search(text, text[], int, int)")
    op.execute("DROP FUNCTION kernel.audiences_of_reader()")
    op.drop_table("search_entry", schema="kernel")
    op.execute("DROP FUNCTION kernel.search_document(text, text, text)")
    op.execute("DROP FUNCTION kernel.search_configuration(text)")
    for name in CONFIGURATIONS:
        op.execute(f"DROP TEXT SEARCH CONFIGURATION kernel.{name}")
