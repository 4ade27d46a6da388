-- What is written, asked and cut anew since versions/0406_search_parts.py.

-- As before, and: what is typed for one another is one (٢٠٢٤, ۲۰۲۴ and 2024; the kaf and yeh of Persian and
-- Urdu keyboards; a hamza on waw or yeh, as in مسؤول and مسئول), and what shows nothing parts no word: soft
-- hyphens, joiners, marks of direction.
CREATE OR REPLACE FUNCTION kernel.search_fold(written text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT translate(translate(written, $p$-_/.@:,;()[]{}<>+=*&%$#!?"'`^|~\–—‘’“”„«»…،؛؟$p$, repeat(' ', 45)),
                     'أإآٱى' || 'کیؤئ' || '٠١٢٣٤٥٦٧٨٩' || '۰۱۲۳۴۵۶۷۸۹' || 'ـ' || 'ًٌٍَُِّْٰ'
                     || U&'\00AD\200C\200D\200E\200F\202A\202B\202C\202D\202E\2060\2066\2067\2068\2069\FEFF',
                     'اااا' || 'ي' || 'كيءء' || '0123456789' || '0123456789')
$$;

-- Of a part, a reply in a topic for example, the title is that of the whole: its words count as the body's
-- do, or the shortest replies would be found before the topic they answer.
CREATE FUNCTION kernel.search_document(language text, title text, body text, is_part boolean DEFAULT false)
RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ts_delete(
        setweight(to_tsvector('kernel.search_simple', kernel.search_fold(title)),
                  CASE WHEN is_part THEN 'B' ELSE 'A' END::"char")
        || '''~'':4'::tsvector
        || setweight(to_tsvector('kernel.search_simple', kernel.search_fold(body)), 'B')
        || '''~'':4'::tsvector
        || setweight(to_tsvector(kernel.search_configuration(language),
                                 kernel.search_fold(title)),
                     CASE WHEN is_part THEN 'D' ELSE 'C' END::"char")
        || '''~'':4'::tsvector
        || setweight(to_tsvector(kernel.search_configuration(language),
                                 kernel.search_fold(body)), 'D'), '~')
$$;

-- As before, and: "and the" before an Arabic word (والناخبين), its plural in ات after اء, the plural of
-- Spanish words in z, and the French participle whose accents told the stemmer where it ends (reportées).
CREATE OR REPLACE FUNCTION kernel.search_variants(word text, language text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    bare text := lower(public.unaccent(word));
BEGIN
    RETURN word || CASE
        WHEN language = 'ar' AND word ~ '[ء-ي]' THEN
            CASE WHEN word ~ '^وال' THEN ARRAY[substr(word, 2), substr(word, 4)]
                 WHEN word ~ '^ال' THEN ARRAY[substr(word, 3), 'و' || word]
                 ELSE ARRAY['ال' || word, 'وال' || word] END
            || CASE WHEN word ~ 'اء$' THEN ARRAY[word || 'ات']
                    WHEN word ~ 'اءات$' THEN ARRAY[left(word, -2)] ELSE '{}' END
        WHEN language = 'es' AND bare ~ '[cs]ion$' THEN ARRAY[bare || 'es', left(bare, -2) || 'ón']
        WHEN language = 'es' AND bare ~ '[cs]iones$' THEN ARRAY[left(bare, -2)]
        WHEN language = 'es' AND bare ~ '..z$' THEN ARRAY[left(bare, -1) || 'ces']
        WHEN language = 'es' AND bare ~ '..ces$' THEN ARRAY[left(bare, -3) || 'z']
        WHEN language = 'pt' AND bare ~ '..ao$' THEN ARRAY[left(bare, -2) || 'oes']
        WHEN language = 'pt' AND bare ~ '..oes$' THEN ARRAY[left(bare, -3) || 'ao']
        WHEN language = 'pt' AND bare ~ '..[ae]l$' THEN ARRAY[left(bare, -1) || 'is']
        WHEN language = 'pt' AND bare ~ '..[ae]is$' THEN ARRAY[left(bare, -2) || 'l']
        WHEN language = 'fr' AND bare ~ '...ees?$' THEN ARRAY[regexp_replace(bare, 'es?$', '')]
        WHEN language = 'fr' AND bare ~ '...(e|es|er)$' THEN ARRAY[regexp_replace(bare, '[rs]$', '') || 'e']
        ELSE '{}' END;
END
$$;

-- As before, but round the first place where a word begins: "ink" stands in "think" too.
CREATE OR REPLACE FUNCTION kernel.search_cut(body text, wanted jsonb) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    bare text := lower(public.unaccent(body));
    begins int;
    stands int;
BEGIN
    SELECT min(nullif(regexp_instr(bare, '\m' || regexp_replace(part, '(\W)', '\\\1', 'g')), 0)),
           min(nullif(position(part IN bare), 0))
    INTO begins, stands
    FROM (SELECT lower(public.unaccent(p)) AS part
          FROM (SELECT jsonb_array_elements_text(wanted -> 'phrases')
                UNION ALL SELECT jsonb_array_elements_text(wanted -> 'words')) parts (p)) folded;
    RETURN substr(body, greatest(coalesce(begins, stands, 0) - 2000, 1), 10000);
END
$$;

-- As before, and: of the words in "some" one is enough.
CREATE OR REPLACE FUNCTION kernel.search_query(wanted jsonb) RETURNS tsquery
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    sought tsquery;
    small tsquery;
    either tsquery;
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
    FOR piece IN SELECT jsonb_array_elements_text(wanted -> 'some') LOOP
        SELECT * INTO found FROM kernel.search_forms(piece);
        IF found.needed THEN
            either := coalesce(either || found.query, found.query);
        END IF;
    END LOOP;
    sought := coalesce(sought && either, sought, either);
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
