"""A million posts in one network: our search beside the same one written by hand without row security."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, Final

import psycopg

from benchmarks.stage import DATABASE, Stage
from kernel.db import db, scoped
from kernel.search import search
from kernel.search.wanted import parse

POSTS: Final = 1_000_000
HITS: Final = 26
"""What a page asks for."""
ROUNDS: Final = 30
AT_MOST: Final = 1.5

QUESTIONS: Final = {
    "rare": "quokka",
    "uncommon": "indelible",
    "common": "ballot",
    "two words": "ballot ink",
    "two common words": "ballots elections",
    "phrase": '"indelible ink"',
    "with a minus": "indelible -brush",
    "no hit": "xylophone",
}

# Words by rank as in any language: the first few are everywhere, most are rare. One post in five is for
# a group that the reader is not in.
_LOAD: Final = """
insert into kernel.search_entry (tenant_id, id, kind, target_id, title, body, language, visibility,
                                 audience, document, changed_at)
select :tenant, uuidv7(), 'topic', uuidv7(), title, body, 'en', 'group',
       array[case when n % 5 = 0 then uuidv7() else (select id from network."group"
             where tenant_id = :tenant order by id offset n % 5 limit 1) end],
       kernel.search_document('en', title, body), now() - n * interval '4 minutes'
from (
    select n, 'Topic ' || n / 20 as title,
           (select string_agg('w' || (20000 * power(random(), 4))::int, ' ')
            from generate_series(1, 30) where n > 0)
           || case when n % 5 < 2 then ' The ballot of this election.' else '' end
           || case when n % 100 = 1 then ' Indelible ink and its brush.' else '' end
           || case when n % 100 = 2 then ' Ink that is indelible.' else '' end
           || case when n % 40000 = 3 then ' A quokka.' else '' end as body
    from generate_series(cast(:first as int), cast(:last as int)) n
) posts
"""

# The same answer in one statement: the newest thousand the reader may see, ranked, with snippets.
_BY_HAND: Final = """
with lately as materialized (
    select e.id from kernel.search_entry e
    where e.tenant_id = %(tenant)s and e.document @@ %(query)s::tsquery
      and e.facets && %(months)s and (e.visibility = 'network'
          or (e.visibility = 'group' and e.audience && %(groups)s)
          or (e.visibility = 'confidential' and %(person)s = any (e.audience)))
    limit 1000
), before as materialized (
    select e.id from kernel.search_entry e
    where e.tenant_id = %(tenant)s and e.document @@ %(query)s::tsquery
      and not (e.facets && %(months)s) and (e.visibility = 'network'
          or (e.visibility = 'group' and e.audience && %(groups)s)
          or (e.visibility = 'confidential' and %(person)s = any (e.audience)))
    limit (select 1000 - count(*) from lately)
), best as (
    select e.*, ts_rank('{0.15, 0.6, 0.3, 1.0}', e.document, %(query)s::tsquery, 1) as rank
    from kernel.search_entry e
    where e.tenant_id = %(tenant)s
      and e.id = any (array(select id from lately union all select id from before))
    order by rank desc, e.changed_at desc, e.id
    limit %(hits)s
)
select b.kind, b.id, b.target_id, b.title, b.language,
       ts_headline('kernel.search_en', b.body, %(query)s::tsquery,
                   'StartSel=<, StopSel=>, MaxWords=40, MinWords=15'), b.changed_at
from best b order by b.rank desc, b.changed_at desc, b.id
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


def load(on: Stage, posts: int = POSTS) -> None:
    """Make so many posts findable in the reader's network, past the index, which is made at the end."""
    on.execute("drop index kernel.ix_search_entry_document")
    step = 100_000
    for first in range(1, posts + 1, step):
        last = min(first + step - 1, posts)
        on.execute(_LOAD, tenant=on.tenant.id, first=first, last=last)
    on.execute(
        "create index ix_search_entry_document on kernel.search_entry"
        " using gin (tenant_id, document, facets)"
    )
    on.settle()


def measure(on: Stage) -> Found:
    """Both in turn, question by question; they must find the same."""
    ours: list[float] = []
    theirs: list[float] = []
    with _by_hand(on) as ask, _acting(on):
        for words in QUESTIONS.values():
            if {hit.object_id for hit in search(on.reader, words, limit=HITS)} != ask(words)():
                raise SystemExit(f"{words}: the two searches find different things")
        for _ in range(ROUNDS):
            for words in QUESTIONS.values():
                ours.append(_seconds(lambda: search(on.reader, words, limit=HITS)))  # noqa: B023
                theirs.append(_seconds(ask(words)))
    return Found(_p95(ours) * 1e3, _p95(theirs) * 1e3)


@contextmanager
def _acting(on: Stage) -> Iterator[None]:
    reader = on.reader
    with (
        on.app.app_context(),
        scoped(on.tenant.id, person=reader.person_id, organisations=reader.organisation_ids),
    ):
        yield
        db.session.rollback()


@contextmanager
def _by_hand(on: Stage) -> Iterator[Callable[[str], Callable[[], set[Any]]]]:
    """Asks as a superuser, with words parsed and groups and months looked up beforehand."""
    url = on.server.superuser_url(DATABASE).replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as connection:
        groups = [
            row[0]
            for row in connection.execute(
                'select g.id from network."group" g where g.tenant_id = %s', [on.tenant.id]
            )
        ]
        months = [
            row[0]
            for row in connection.execute(
                "select kernel.search_month(now(), n) from generate_series(-1, 2) n"
            )
        ]
        fixed = {
            "tenant": on.tenant.id,
            "person": on.reader.person_id,
            "groups": groups,
            "months": months,
            "hits": HITS,
        }

        def prepared(words: str) -> Callable[[], set[Any]]:
            wanted = psycopg.types.json.Jsonb(parse(words).as_data())
            row = connection.execute("select kernel.search_query(%s)::text", [wanted]).fetchone()
            given = {**fixed, "query": row[0] if row else ""}
            return lambda: {hit[1] for hit in connection.execute(_BY_HAND, given)}

        yield prepared


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _p95(times: list[float]) -> float:
    return quantiles(times, n=100)[94]
