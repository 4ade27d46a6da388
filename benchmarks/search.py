"""Millions of posts in one network: our search beside the same one written by hand without row security.

A search is what the page asks for: the best hits with their snippets, and how many there are of each kind.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import quantiles
from typing import Any, Final

import psycopg

from benchmarks.stage import DATABASE, Stage
from kernel.db import db
from kernel.db.scope import Scope, enter, leave
from kernel.search import Narrowed, counts, known_kinds, search
from kernel.search.wanted import parse
from kernel.tenancy.modules import Module
from kernel.values import clock

TEXTS: Final = 120_000
"""Different ones; divisible by 40,000, so that a word stands in as many posts as if there were more."""
HITS: Final = 26
"""What a page asks for."""
MOST: Final = 1000
ROUNDS: Final = 30
AT_MOST: Final = 1.5


@dataclass(frozen=True)
class Question:
    """Words, and what the search is narrowed to."""

    words: str
    narrowed: Narrowed = field(default_factory=Narrowed)


QUESTIONS: Final = {
    "rare": Question("quokka"),
    "uncommon": Question("indelible"),
    "common": Question("ballot"),
    "two words": Question("ballot ink"),
    "two common words": Question("ballots elections"),
    "phrase": Question('"indelible ink"'),
    "with a minus": Question("indelible -brush"),
    "no hit": Question("xylophone"),
    "in one language": Question("ballot", Narrowed(language="fr")),
    "since a month": Question("ballot", Narrowed(since=clock.now() - timedelta(days=30))),
}

# Words by rank as in any language: the first few are everywhere, most are rare. One post in ten is in
# French. To make what the index keeps of a text takes longer than all else, and so these are made once.
_WRITE: Final = """
insert into benchmark_text
select n, title, body, language, kernel.search_document(language, title, body)
from (
    select n, 'Topic ' || n / 20 as title, case when n % 10 = 6 then 'fr' else 'en' end as language,
           (select string_agg('w' || (20000 * power(random(), 4))::int, ' ')
            from generate_series(1, 30) where n > 0)
           || case when n % 5 < 2 then ' The ballot of this election.' else '' end
           || case when n % 100 = 1 then ' Indelible ink and its brush.' else '' end
           || case when n % 100 = 2 then ' Ink that is indelible.' else '' end
           || case when n % 40000 = 3 then ' A quokka.' else '' end as body
    from generate_series(cast(:first as int), cast(:last as int)) n
) texts
"""

# Each text stands in several posts, of different moments. One post in five is for a group that the reader
# is not in.
_LOAD: Final = """
insert into kernel.search_entry (tenant_id, id, kind, target_id, title, body, language, visibility,
                                 audience, document, changed_at)
select :tenant, uuidv7(), 'topic', uuidv7(), title, body, language, 'group',
       array[case when n % 5 = 0 then uuidv7() else (select id from network."group"
             where tenant_id = :tenant order by id offset n % 5 limit 1) end],
       document, now() - n * interval '4 minutes'
from generate_series(cast(:first as int), cast(:last as int)) n
join benchmark_text t on t.number = (n - 1) % :texts + 1
"""

# The same answer in one statement: the newest thousand the reader may see, ranked, with snippets.
_SEEN: Final = """
    e.tenant_id = %(tenant)s::int and e.document @@ %(query)s::tsquery {narrowed}
      and e.kind = any (%(kinds)s::text[]) and (e.visibility = 'network'
          or (e.visibility = 'group' and e.audience && %(groups)s)
          or (e.visibility = 'organisation' and e.audience && %(organisations)s)
          or (e.visibility = 'confidential' and %(person)s = any (e.audience)))
"""
_HITS: Final = """
with lately as materialized (
    select e.id from kernel.search_entry e where {seen} and e.facets && %(months)s limit %(most)s
), before as materialized (
    select e.id from kernel.search_entry e where {seen} and not (e.facets && %(months)s)
    limit (select %(most)s - count(*) from lately)
), best as (
    select e.*, ts_rank('{{0.15, 0.6, 0.3, 1.0}}', e.document, %(query)s::tsquery, 1) as rank
    from kernel.search_entry e
    where e.tenant_id = %(tenant)s::int
      and e.id = any (array(select id from lately union all select id from before))
    order by rank desc, e.changed_at desc, e.id
    limit %(hits)s
)
select b.id, b.kind, b.target_id, b.title, b.language, b.changed_at, b.author_id, b.organisation_id,
       b.country, kernel.search_framed(
           ts_headline(kernel.search_configuration(b.language), b.body, %(marked)s::tsquery,
                       format('StartSel=%%s, StopSel=%%s, MaxWords=30, MinWords=15, MaxFragments=1',
                              chr(2), chr(3))), b.body)
from best b order by b.rank desc, b.changed_at desc, b.id
"""
_COUNTS: Final = """
select k, (select count(*) from (
    (select from kernel.search_entry e
     where {seen} and e.facets && %(months)s and e.facets @> array['kind:' || k] limit %(most)s)
    union all
    (select from kernel.search_entry e
     where {seen} and not (e.facets && %(months)s) and e.facets @> array['kind:' || k]
     limit %(most)s)
    limit %(most)s) found)
from unnest(%(kinds)s::text[]) k
"""


@dataclass(frozen=True)
class Found:
    """95th percentiles over all questions, in milliseconds, and their ratio."""

    ours: float
    by_hand: float

    @property
    def ratio(self) -> float:
        """Ours to the one by hand."""
        return self.ours / self.by_hand


def write(on: Stage) -> None:
    """Make the texts that `load` puts into posts."""
    on.execute(
        "create unlogged table benchmark_text"
        " (number int, title text, body text, language text, document tsvector)"
    )
    on.execute_in_parts(_WRITE, 1, TEXTS)


def load(on: Stage, posts: int, *, after: int = 0) -> None:
    """Make posts findable in the reader's network, from the one `after` so many to the last of `posts`."""
    with on.without_indexes("kernel.search_entry"):
        on.execute_in_parts(_LOAD, after + 1, posts, tenant=on.tenant.id, texts=TEXTS)
    on.settle()


def measure(on: Stage) -> Found:
    """Both in turn, question by question; they must find the same, in the same order and words."""
    ours: list[float] = []
    theirs: list[float] = []
    with _by_hand(on) as asking, _acting(on):
        asked = [(_ours(on, question), asking(question)) for question in QUESTIONS.values()]
        for name, (mine, other) in zip(QUESTIONS, asked, strict=True):
            if mine() != other():
                raise SystemExit(f"{name}: the two searches find different things")
        for _ in range(ROUNDS):
            for mine, other in asked:
                ours.append(_seconds(mine))
                theirs.append(_seconds(other))
    return Found(_p95(ours) * 1e3, _p95(theirs) * 1e3)


Answer = tuple[list[tuple[Any, str]], dict[str, int]]
"""Hits as id and snippet, and how many there are of each kind."""


def _ours(on: Stage, question: Question) -> Callable[[], Answer]:
    def ask() -> Answer:
        narrowed = question.narrowed
        hits = search(on.reader, question.words, narrowed=narrowed, limit=HITS)
        told = counts(on.reader, question.words, narrowed=narrowed)
        return [(hit.object_id, str(hit.excerpt)) for hit in hits], dict(told)

    return ask


@contextmanager
def _acting(on: Stage) -> Iterator[None]:
    """As in a request, which knows the modules of its network by its host."""
    reader = on.reader
    scope = Scope(on.tenant.id, reader.person_id, reader.organisation_ids, frozenset(Module))
    token = enter(scope)
    try:
        with on.app.app_context():
            yield
            db.session.rollback()
    finally:
        leave(token)


@contextmanager
def _by_hand(on: Stage) -> Iterator[Callable[[Question], Callable[[], Answer]]]:
    """Asks as a superuser, with words parsed and groups and months looked up beforehand."""
    url = on.server.superuser_url(DATABASE).replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as connection:
        fixed = _looked_up(on, connection)

        def prepared(question: Question) -> Callable[[], Answer]:
            given = fixed | _parsed(connection, question)
            seen = _SEEN.format(narrowed=_conditions(question.narrowed))
            hits, told = _HITS.format(seen=seen), _COUNTS.format(seen=seen)

            def ask() -> Answer:
                found = connection.execute(hits, given).fetchall()
                by_kind = connection.execute(told, given).fetchall()
                return [(row[0], _as_markup(row[-1])) for row in found], {
                    k: n for k, n in by_kind if n
                }

            return ask

        yield prepared


def _as_markup(excerpt: str) -> str:
    return excerpt.replace("\x02", "<mark>").replace("\x03", "</mark>")


def _conditions(narrowed: Narrowed) -> str:
    facets = "and e.facets @> %(facets)s" if narrowed.facets() else ""
    return facets + (" and e.changed_at >= %(since)s" if narrowed.since else "")


def _looked_up(on: Stage, connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """What a writer by hand would have at hand: who reads, in which groups, which months are the last."""

    def column(sql: str, *parameters: Any) -> list[Any]:
        return [row[0] for row in connection.execute(sql, parameters)]

    with _acting(on):
        kinds = [name for name, kind in known_kinds().items() if on.reader.can(kind.permission)]
    return {
        "tenant": on.tenant.id,
        "person": on.reader.person_id,
        "organisations": list(on.reader.organisation_ids),
        "kinds": kinds,
        "groups": column('select id from network."group" where tenant_id = %s', on.tenant.id),
        "months": column("select kernel.search_month(now(), n) from generate_series(-1, 2) n"),
        "hits": HITS,
        "most": MOST,
    }


def _parsed(connection: psycopg.Connection[Any], question: Question) -> dict[str, Any]:
    """The words as PostgreSQL looks for them, and as a snippet in the language found marks them."""
    row = connection.execute(
        "select kernel.search_query(w)::text, kernel.search_marked(%s, w)::text"
        " from cast(%s as jsonb) w",
        [question.narrowed.language or "en", json.dumps(parse(question.words).as_data())],
    ).fetchone()
    assert row is not None
    return {
        "query": row[0],
        "marked": row[1],
        "facets": question.narrowed.facets(),
        "since": question.narrowed.since,
    }


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _p95(times: list[float]) -> float:
    return quantiles(times, n=100)[94]
