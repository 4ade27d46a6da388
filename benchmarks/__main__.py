"""`make bench`: measure, compare with what is allowed, write RESULTS.md; ends with 1 when something is slow.

`--record` writes down the statements of the pages' floors anew. Do that only when a page's HTML or queries
changed, together with its template, in a commit that says so.
"""

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from benchmarks import certificates, community, digests, posting, search
from benchmarks.capture import get
from benchmarks.floor import floor_app
from benchmarks.harness import Results, check_floor_is_true, measure_page
from benchmarks.measure import Comparison, compare
from benchmarks.money import budget_of_300_lines
from benchmarks.pages import SEARCH, TOPICS, budget, participants, topic, verify
from benchmarks.stage import POSTS, Stage, stage
from benchmarks.training import workshop_of_200

GROWN = 100 * POSTS
MILLION = 1_000_000
GROWTH_AT_MOST = 1.2
COUNTED = f"{POSTS:,} to {GROWN:,} posts"
YARDSTICK = "/account"


class Among(Results):
    """Adds figures to all results as those of a community with so many posts."""

    def __init__(self, posts: int, to: Results) -> None:
        super().__init__()
        self.posts = posts
        self._to = to

    def add(self, what: str, value: float, most: float, note: str = "", form: str = ".2f") -> None:
        """As `Results.add`."""
        self._to.add(f"{what}, among {self.posts:,} posts", value, most, note, form)


def measure_community(on: Stage, results: Among) -> None:
    """Topic list, topic of 20 posts, search and a reply: Python time against the floor, queries, size."""
    measured = community.topic_of_20(on, f"Measured group among {results.posts}")
    for page in (TOPICS, topic(measured), SEARCH):
        measure_page(on, page, results)
    measure_reply(on, community.topic_of_20(on, f"Answered group among {results.posts}"), results)


def measure_reply(on: Stage, topic_id: UUID, results: Among) -> None:
    """Python time of posting a reply against its floor."""
    post = posting.reply_to(on, topic_id)
    seen = posting.see(post)
    check_floor_is_true(posting.NAME, seen)
    floor = floor_app(on.app_url, on.config, [posting.floor_of(seen)])
    found = compare(post, posting.poster(on, on.browser(floor), f"/{posting.NAME}"))
    note = f"{found.ours:.0f} µs of Python, the floor {found.floor:.0f} µs"
    results.add("reply: Python time ÷ floor", found.ratio, posting.AT_MOST, note)


def measure_certificates(on: Stage, results: Results) -> None:
    """Issue a thousand, then verify one of them."""
    workshop_id, officer = certificates.workshop_of_a_thousand(on)
    found = certificates.compare_with_bare_typesetting(on, workshop_id, officer)
    results.add(
        "certificates: 1,000 in one run ÷ a bare loop over the typesetter",
        found.ratio,
        2,
        f"{found.ours / 1000:.1f} ms each, the loop {found.floor / 1000:.1f} ms",
    )
    measure_page(on, verify(certificates.code_of_one(on, workshop_id)), results)


def measure_digests(on: Stage, days: int, results: Among) -> digests.Measured:
    """Five thousand daily digests in one job, on the morning after so many days."""
    found = digests.measure(on, days)
    note = f"{found.ours:.1f} s of CPU, rendering alone {found.floor:.1f} s"
    results.add("digests: 5,000 in one job ÷ rendering", found.ratio, digests.AT_MOST, note)
    results.add("digests: queries of that job", found.queries, digests.QUERIES, form="d")
    return found


def measure_growth(on: Stage, results: Results) -> None:
    """Wall time of the community's pages, a reply and the digests before and after it grew a hundredfold.

    What one waits for is taken beside a page that reads no topics, and the digests beside rendering, so
    that a busier machine cancels out.
    """
    few, many = Among(POSTS, results), Among(GROWN, results)
    digests.populate(on)
    asked = _asked_of_the_community(on)
    told = measure_digests(on, 2, few)
    before = {name: _beside_yardstick(on, call) for name, call in asked.items()}
    community.grow(on, GROWN // POSTS)
    search.load(on, MILLION, after=POSTS)
    measure_search(on, Among(MILLION, results))
    search.load(on, GROWN, after=MILLION)
    measure_search(on, many)
    after = {name: _beside_yardstick(on, call) for name, call in asked.items()}
    for name in asked:
        _add_growth(name, before[name], after[name], results)
    later = measure_digests(on, 2 + digests.MORNINGS, many)
    results.add(
        f"digests: growth from {COUNTED}",
        later.whole_ratio / told.whole_ratio,
        GROWTH_AT_MOST,
        f"{told.whole:.1f} s, then {later.whole:.1f} s",
    )
    measure_community(on, many)


def _asked_of_the_community(on: Stage) -> Mapping[str, Callable[[], object]]:
    client = on.browser(on.app)
    pages = (TOPICS, topic(community.topic_of_20(on, "Read group")), SEARCH)
    looks = {page.name: partial(get, client, page.path, on.base_url) for page in pages}
    answered = community.topic_of_20(on, "Growing group")
    return {**looks, posting.NAME: posting.reply_to(on, answered)}


def _add_growth(name: str, before: Comparison, after: Comparison, results: Results) -> None:
    results.add(
        f"{name}: growth from {COUNTED}",
        after.ratio / before.ratio,
        GROWTH_AT_MOST,
        f"{before.ours / 1000:.1f} ms, then {after.ours / 1000:.1f} ms;"
        f" the account page {before.floor / 1000:.1f} and {after.floor / 1000:.1f} ms",
    )


def measure_search(on: Stage, results: Among) -> None:
    """Searches of every sort, beside the same ones without row security."""
    found = search.measure(on)
    results.add(
        "search: p95 ÷ the same by hand without row security",
        found.ratio,
        search.AT_MOST,
        f"{found.ours:.0f} ms, by hand {found.by_hand:.0f} ms",
    )


def _beside_yardstick(on: Stage, call: Callable[[], object]) -> Comparison:
    client = on.browser(on.app)
    return compare(
        call,
        lambda: get(client, YARDSTICK, on.base_url),
        clock=time.perf_counter,
    )


def main() -> None:
    """Measure everything."""
    results = Results()
    try:
        with stage() as on:
            community.populate(on)
            search.write(on)
            search.load(on, POSTS)
            measure_community(on, Among(POSTS, results))
            measure_page(on, budget(budget_of_300_lines(on)), results)
            measure_page(on, participants(workshop_of_200(on)), results)
            measure_certificates(on, results)
            measure_growth(on, results)
    finally:  # growing to millions takes long: what was measured before somebody ends it is told
        results.write()
    sys.exit(results.failed)


if __name__ == "__main__":
    main()
