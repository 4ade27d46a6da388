-- What whoever writes an entry runs; see versions/0026_search.py.

-- Punctuation parts words, in documents and questions alike ("by-election", "COM-2024/15"). Arabic is
-- written with and without vowel signs, tatweel and hamza: what has no counterpart in the second
-- argument of translate() goes.
CREATE FUNCTION kernel.search_fold(written text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT translate(translate(written, $p$-_/.@:,;()[]{}<>+=*&%$#!?"'`^|~\–—‘’“”„«»…،؛؟$p$, repeat(' ', 45)),
                     'أإآٱى' || 'ـ' || 'ًٌٍَُِّْٰ', 'اااا' || 'ي')
$$;

CREATE FUNCTION kernel.search_month(moment timestamptz, before int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT 'month:' || (date_part('year', moment AT TIME ZONE 'UTC') * 12
                        + date_part('month', moment AT TIME ZONE 'UTC') - before)::int
$$;

-- What one can narrow a search to stands in the same index as the words.
CREATE FUNCTION kernel.search_facets(kind text, language text, author uuid, organisation uuid,
                                     country text, visibility text, audience uuid[],
                                     changed_at timestamptz)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT array_remove(ARRAY['kind:' || kind, 'language:' || language, 'author:' || author,
                              'organisation:' || organisation, 'country:' || country,
                              kernel.search_month(changed_at, 0)], NULL)
        || CASE WHEN visibility = 'group'
                THEN ARRAY(SELECT 'group:' || a FROM unnest(audience) a) ELSE '{}' END
$$;

-- The gap keeps the last word of a title and the first of a body from standing side by side.
CREATE OR REPLACE FUNCTION kernel.search_document(language text, title text, body text)
RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ts_delete(
        setweight(to_tsvector('kernel.search_simple', kernel.search_fold(title)), 'A')
        || '''~'':4'::tsvector
        || setweight(to_tsvector('kernel.search_simple', kernel.search_fold(body)), 'B')
        || '''~'':4'::tsvector
        || setweight(to_tsvector(kernel.search_configuration(language),
                                 kernel.search_fold(title)), 'C')
        || '''~'':4'::tsvector
        || setweight(to_tsvector(kernel.search_configuration(language),
                                 kernel.search_fold(body)), 'D'), '~')
$$;

-- What is written in an entry, to be suggested to who may find the entry: called by who writes it.
CREATE FUNCTION kernel.search_learn(audience uuid[], written text) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO kernel.search_word (tenant_id, id, audience, word, folded)
    SELECT current_setting('comitia.tenant')::int, gen_random_uuid(), a, w.word,
           lower(public.unaccent(w.word))
    FROM unnest(audience) a,
         (SELECT DISTINCT lower(p.token) AS word FROM ts_parse('default', kernel.search_fold(written)) p
          WHERE p.tokid IN (1, 2) AND length(p.token) BETWEEN 4 AND 40) w
    ORDER BY a, w.word
    ON CONFLICT DO NOTHING
$$;
