-- What is asked anew since versions/0205_search_of_guests.py; the rest stands in search-0026-asking.sql.

-- What the whole network may find is not for guests, who belong to no organisation.
CREATE OR REPLACE FUNCTION kernel.search_sees(visibility text, audience uuid[], groups uuid[],
                                              organisations uuid[], person uuid)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (visibility = 'network' AND cardinality(organisations) > 0)
        OR (visibility = 'group' AND audience && groups)
        OR (visibility = 'organisation' AND audience && organisations)
        OR (visibility = 'confidential' AND person = ANY (audience))
$$;

-- The parts a snippet marks, any of them, in the one language the snippet is in.
CREATE FUNCTION kernel.search_marked(language text, wanted jsonb) RETURNS tsquery
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    configuration regconfig := kernel.search_configuration(language);
    marked tsquery := ''::tsquery;
    part text;
    variant text;
BEGIN
    FOR part IN SELECT jsonb_array_elements_text(wanted -> 'phrases')
                UNION ALL SELECT jsonb_array_elements_text(wanted -> 'words') LOOP
        FOREACH variant IN ARRAY part || kernel.search_variants(kernel.search_fold(part), language)
        LOOP
            marked := marked || phraseto_tsquery(configuration, variant);
        END LOOP;
    END LOOP;
    RETURN marked;
END
$$;

-- Long texts are cut round the first place a word stands: to mark a whole book takes longer than to find it.
CREATE FUNCTION kernel.search_cut(body text, wanted jsonb) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    bare text := lower(public.unaccent(body));
    first int;
BEGIN
    SELECT min(nullif(position(lower(public.unaccent(part)) IN bare), 0)) INTO first
    FROM (SELECT jsonb_array_elements_text(wanted -> 'phrases')
          UNION ALL SELECT jsonb_array_elements_text(wanted -> 'words')) parts (part);
    RETURN substr(body, greatest(coalesce(first, 0) - 2000, 1), 10000);
END
$$;

CREATE FUNCTION kernel.search(wanted jsonb, kinds text[], facets text[], since timestamptz,
                              max_hits int, first_hit int)
RETURNS TABLE (kind text, object_id uuid, target_id uuid, title text, language text, excerpt text,
               changed_at timestamptz, author_id uuid, organisation_id uuid, country text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant int := nullif(current_setting('comitia.tenant', true), '')::int;
    marks text := format('StartSel=%s, StopSel=%s, MaxWords=40, MinWords=15', chr(2), chr(3));
    query tsquery := kernel.search_query(wanted);
    found uuid[] := kernel.search_matches(query, search.kinds, search.facets, search.since, 1000);
BEGIN
    RETURN QUERY
    WITH best AS MATERIALIZED (
        SELECT e.*, ts_rank('{0.15, 0.6, 0.3, 1.0}', e.document, query, 1) AS rank
        FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.id = ANY (found)
        ORDER BY rank DESC, e.changed_at DESC, e.id
        LIMIT max_hits OFFSET first_hit
    ), written AS MATERIALIZED (
        SELECT l.language, kernel.search_configuration(l.language) AS configuration,
               kernel.search_marked(l.language, wanted) AS marked
        FROM (SELECT DISTINCT b.language FROM best b) l
    )
    SELECT b.kind, b.id, b.target_id, b.title, b.language,
           ts_headline(w.configuration,
                       CASE WHEN length(b.body) > 10000 THEN kernel.search_cut(b.body, wanted)
                            ELSE b.body END,
                       w.marked, marks),
           b.changed_at, b.author_id, b.organisation_id, b.country
    FROM best b JOIN written w ON w.language = b.language
    ORDER BY b.rank DESC, b.changed_at DESC, b.id;
END
$$;

-- As before, but for the words of what everybody finds, which are not for guests.
CREATE FUNCTION kernel.search_suggest(words text[], kinds text[])
RETURNS TABLE (word text, instead text)
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
    audiences uuid[];
    sought text;
BEGIN
    IF tenant IS NULL OR person IS NULL THEN
        RETURN;
    END IF;
    groups := ARRAY(SELECT kernel.audiences_of_reader());
    audiences := groups || organisations || person;
    IF cardinality(organisations) > 0 THEN
        audiences := audiences || '00000000-0000-0000-0000-000000000000'::uuid;
    END IF;
    FOREACH word IN ARRAY words LOOP
        sought := lower(public.unaccent(kernel.search_fold(word)));
        CONTINUE WHEN length(sought) < 4 OR cardinality(kernel.search_matches(
            (SELECT w.query FROM kernel.search_forms(word) w), search_suggest.kinds, '{}', NULL, 1)) > 0;
        SELECT w.word INTO instead
        FROM kernel.search_word w
        WHERE w.tenant_id = tenant
          AND w.audience = ANY (audiences)
          AND w.folded OPERATOR(public.%) sought
          AND EXISTS (
            SELECT FROM kernel.search_entry e
            WHERE e.tenant_id = tenant AND e.document @@ kernel.search_exact(w.word)
              AND e.kind = ANY (search_suggest.kinds)
              AND kernel.search_sees(e.visibility, e.audience, groups, organisations, person))
        ORDER BY public.similarity(w.folded, sought) DESC, length(w.word), w.word
        LIMIT 1;
        CONTINUE WHEN instead IS NULL;
        RETURN NEXT;
    END LOOP;
END
$$;
