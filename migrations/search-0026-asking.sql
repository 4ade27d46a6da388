-- What reads for whoever asks; see versions/0026_search.py. Helpers have no search path of their own, which
-- would be set and reset at each call: only the functions at the end call them, and those have one.

-- Endings the stemmers take for different words: eleição and eleições, votación and votaciones,
-- eleitoral and eleitorais, انتخابات and الانتخابات.
CREATE FUNCTION kernel.search_variants(word text, language text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    bare text := lower(public.unaccent(word));
BEGIN
    RETURN word || CASE
        WHEN language = 'ar' AND word ~ '^ال' THEN ARRAY[substr(word, 3)]
        WHEN language = 'ar' THEN ARRAY['ال' || word]
        WHEN language = 'es' AND bare ~ '[cs]ion$' THEN ARRAY[bare || 'es', left(bare, -2) || 'ón']
        WHEN language = 'es' AND bare ~ '[cs]iones$' THEN ARRAY[left(bare, -2)]
        WHEN language = 'pt' AND bare ~ '..ao$' THEN ARRAY[left(bare, -2) || 'oes']
        WHEN language = 'pt' AND bare ~ '..oes$' THEN ARRAY[left(bare, -3) || 'ao']
        WHEN language = 'pt' AND bare ~ '..[ae]l$' THEN ARRAY[left(bare, -1) || 'is']
        WHEN language = 'pt' AND bare ~ '..[ae]is$' THEN ARRAY[left(bare, -2) || 'l']
        ELSE '{}' END;
END
$$;

CREATE FUNCTION kernel.search_exact(phrase text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN (
        SELECT coalesce(
            string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''':AB',
                       ' <-> ' ORDER BY place), '')::tsquery
        FROM (SELECT u.lexeme, place
              FROM unnest(to_tsvector('kernel.search_simple', kernel.search_fold(phrase))) u,
                   unnest(u.positions) place) words);
END
$$;

-- A word in any of its forms. One that any of the languages passes over ("the", "de") need not be there.
CREATE FUNCTION kernel.search_forms(word text, OUT query tsquery, OUT needed boolean)
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    folded text := kernel.search_fold(word);
    found tsquery;
    variant text;
    language text;
BEGIN
    query := phraseto_tsquery('kernel.search_simple', folded);
    needed := numnode(query) > 0;
    FOREACH language IN ARRAY ARRAY['en', 'fr', 'ar', 'es', 'pt'] LOOP
        FOREACH variant IN ARRAY kernel.search_variants(folded, language) LOOP
            found := phraseto_tsquery(('kernel.search_' || language)::regconfig, variant);
            IF numnode(found) = 0 THEN
                needed := false;
            ELSIF position(found::text IN query::text) = 0 THEN
                query := query || found;
            END IF;
        END LOOP;
    END LOOP;
END
$$;

-- `wanted` is {"words": [], "phrases": [], "without": [], "without_phrases": []}, each a list of texts.
CREATE FUNCTION kernel.search_query(wanted jsonb) RETURNS tsquery
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    sought tsquery;
    small tsquery;
    found record;
    piece text;
BEGIN
    FOR piece IN SELECT jsonb_array_elements_text(wanted -> 'words') LOOP
        SELECT * INTO found FROM kernel.search_forms(piece);
        IF found.needed THEN
            sought := coalesce(sought && found.query, found.query);
        ELSIF numnode(found.query) > 0 THEN
            small := coalesce(small && found.query, found.query);
        END IF;
    END LOOP;
    FOR piece IN SELECT jsonb_array_elements_text(wanted -> 'phrases') LOOP
        IF numnode(kernel.search_exact(piece)) > 0 THEN
            sought := coalesce(sought && kernel.search_exact(piece), kernel.search_exact(piece));
        END IF;
    END LOOP;
    sought := coalesce(sought, small);
    FOR piece IN SELECT jsonb_array_elements_text(wanted -> 'without') LOOP
        SELECT * INTO found FROM kernel.search_forms(piece);
        sought := sought && !!found.query;
    END LOOP;
    FOR piece IN SELECT jsonb_array_elements_text(wanted -> 'without_phrases') LOOP
        sought := sought && !!kernel.search_exact(piece);
    END LOOP;
    RETURN sought;
END
$$;

-- The parts a snippet marks, any of them, in the one language the snippet is in. Long texts are cut
-- round the first place a word stands: to mark a whole book takes longer than to find it.
CREATE FUNCTION kernel.search_snippet(language text, body text, wanted jsonb) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    configuration regconfig := kernel.search_configuration(language);
    marked tsquery := ''::tsquery;
    first int := 0;
    part text;
    variant text;
BEGIN
    FOR part IN SELECT jsonb_array_elements_text(wanted -> 'phrases')
                UNION ALL SELECT jsonb_array_elements_text(wanted -> 'words') LOOP
        FOREACH variant IN ARRAY part || kernel.search_variants(kernel.search_fold(part), language)
        LOOP
            marked := marked || phraseto_tsquery(configuration, variant);
        END LOOP;
        IF first = 0 AND length(body) > 10000 THEN
            first := position(lower(public.unaccent(part)) IN lower(public.unaccent(body)));
        END IF;
    END LOOP;
    RETURN ts_headline(configuration, substr(body, greatest(first - 2000, 1), 10000), marked,
                       format('StartSel=%s, StopSel=%s, MaxWords=40, MinWords=15', chr(2), chr(3)));
END
$$;

-- Who may find an entry. Without settings of its own it is inlined into whatever calls it.
CREATE FUNCTION kernel.search_sees(visibility text, audience uuid[], groups uuid[], organisations uuid[],
                                   person uuid)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT visibility = 'network'
        OR (visibility = 'group' AND audience && groups)
        OR (visibility = 'organisation' AND audience && organisations)
        OR (visibility = 'confidential' AND person = ANY (audience))
$$;

-- At most `most` visible matches, the newest first by three months and the rest: ranking them all would
-- cost the more the commoner the word. No facets must be no condition: an index asked for what contains
-- nothing reads all of itself.
CREATE FUNCTION kernel.search_matches(query tsquery, kinds text[], facets text[], since timestamptz,
                                      most int)
RETURNS uuid[]
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    tenant int := nullif(current_setting('comitia.tenant', true), '')::int;
    person uuid := nullif(current_setting('comitia.person', true), '')::uuid;
    organisations uuid[] :=
        coalesce(nullif(current_setting('comitia.organisations', true), ''), '{}')::uuid[];
    groups uuid[];
    lately text[] := ARRAY(SELECT kernel.search_month(now(), n) FROM generate_series(-1, 2) n);
    found uuid[];
BEGIN
    IF tenant IS NULL OR person IS NULL OR query IS NULL OR numnode(query) = 0 THEN
        RETURN '{}';
    END IF;
    groups := ARRAY(SELECT kernel.audiences_of_reader());
    found := ARRAY(
        SELECT e.id FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.document @@ query
          AND e.facets && lately
          AND (search_matches.facets = '{}' OR e.facets @> search_matches.facets)
          AND e.kind = ANY (kinds) AND (since IS NULL OR e.changed_at >= since)
          AND kernel.search_sees(e.visibility, e.audience, groups, organisations, person)
        LIMIT most);
    IF cardinality(found) >= most
       OR since >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '2 months' THEN
        RETURN found;
    END IF;
    RETURN found || ARRAY(
        SELECT e.id FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.document @@ query
          AND NOT (e.facets && lately)
          AND (search_matches.facets = '{}' OR e.facets @> search_matches.facets)
          AND e.kind = ANY (kinds) AND (since IS NULL OR e.changed_at >= since)
          AND kernel.search_sees(e.visibility, e.audience, groups, organisations, person)
        LIMIT most - cardinality(found));
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
    query tsquery := kernel.search_query(wanted);
    found uuid[] := kernel.search_matches(query, search.kinds, search.facets, search.since, 1000);
BEGIN
    RETURN QUERY
    WITH best AS (
        SELECT e.*, ts_rank('{0.15, 0.6, 0.3, 1.0}', e.document, query, 1) AS rank
        FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.id = ANY (found)
        ORDER BY rank DESC, e.changed_at DESC, e.id
        LIMIT max_hits OFFSET first_hit
    )
    SELECT b.kind, b.id, b.target_id, b.title, b.language,
           kernel.search_snippet(b.language, b.body, wanted),
           b.changed_at, b.author_id, b.organisation_id, b.country
    FROM best b
    ORDER BY b.rank DESC, b.changed_at DESC, b.id;
END
$$;

-- Below a thousand in all, one pass counts every kind; else each kind is counted for itself.
CREATE FUNCTION kernel.search_counts(wanted jsonb, kinds text[], facets text[], since timestamptz)
RETURNS TABLE (kind text, found bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant int := nullif(current_setting('comitia.tenant', true), '')::int;
    query tsquery := kernel.search_query(wanted);
    matches uuid[] := kernel.search_matches(query, search_counts.kinds, search_counts.facets,
                                            search_counts.since, 1000);
BEGIN
    IF cardinality(matches) < 1000 THEN
        RETURN QUERY
        SELECT e.kind, count(*) FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.id = ANY (matches)
        GROUP BY e.kind;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT k, cardinality(kernel.search_matches(
        query, ARRAY[k], search_counts.facets || ('kind:' || k), search_counts.since, 1000))::bigint
    FROM unnest(search_counts.kinds) k;
END
$$;

-- Words are kept per audience: a word that stands only in what others see is not even compared with.
-- The last test is that it still stands somewhere the reader may see.
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
    sought text;
BEGIN
    IF tenant IS NULL OR person IS NULL THEN
        RETURN;
    END IF;
    groups := ARRAY(SELECT kernel.audiences_of_reader());
    FOREACH word IN ARRAY words LOOP
        sought := lower(public.unaccent(kernel.search_fold(word)));
        CONTINUE WHEN length(sought) < 4 OR cardinality(kernel.search_matches(
            (SELECT w.query FROM kernel.search_forms(word) w), search_suggest.kinds, '{}', NULL, 1)) > 0;
        SELECT w.word INTO instead
        FROM kernel.search_word w
        WHERE w.tenant_id = tenant
          AND w.audience = ANY (groups || organisations || person
                                || '00000000-0000-0000-0000-000000000000'::uuid)
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

-- Words that stand nowhere any more, for who cleans up; ids alone leave the function.
CREATE FUNCTION kernel.search_unused(after uuid, most int) RETURNS TABLE (id uuid, unused boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    tenant int := nullif(current_setting('comitia.tenant', true), '')::int;
BEGIN
    RETURN QUERY
    SELECT w.id, NOT EXISTS (
        SELECT FROM kernel.search_entry e
        WHERE e.tenant_id = tenant AND e.document @@ kernel.search_exact(w.word)
          AND (CASE e.visibility WHEN 'network' THEN
               w.audience = '00000000-0000-0000-0000-000000000000'
               ELSE w.audience = ANY (e.audience) END))
    FROM kernel.search_word w
    WHERE w.tenant_id = tenant AND (after IS NULL OR w.id > after)
    ORDER BY w.id
    LIMIT most;
END
$$;
