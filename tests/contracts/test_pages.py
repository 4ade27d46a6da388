"""Every page that can be looked at: it opens, its HTML is valid, it is light, and long lists cost no more."""

import gzip
import re

import pytest

from kernel.identity.queries import actor_by_person
from kernel.values import clock
from tests.contracts.examples import build
from tests.contracts.routes import is_api, routes
from tests.pages import Page

LIGHT, FULL = 15 * 1024, 30 * 1024
"""Bytes of HTML under gzip: of an ordinary page; of one with a map or a table of 300 lines."""

WITH_A_PICTURE = {"members.index", "plan.index", "styleguide.index", "styleguide.pictures"}

FIRST_LOAD = 35 * 1024
"""Bytes of style sheets and scripts under gzip."""

AS_SHORT = {
    # What they list is of one record, and as long in any network.
    "api_accounts.me",
    "api_announcements.get_announcement",
    "api_applications.get_own",
    "api_directory.get_profile",
    "api_library.get_version",
    "api_membership_applications.get_application",
    "api_missions.get_mission",
    "api_participants.get_attendance",
    "api_people.get_person",
    "api_placements.get_eligibility",
    "api_placements.get_received",
    "api_placements.get_vacancy",
    "api_settings.get_settings",
    "api_subscriptions.get_rhythm",
    "open_api",
    "admin_people.person",
    "announcements.acknowledge",
    "applications.application",
    "library.version",
    "membership_applications.application",
    "mission.overview",
    "participants.lock",
    "placements.received_one",
    "placements.vacancy",
    "topics.manage",
    "topics.translation",
    # The rows of a file that was sent.
    "members.check",
    "participants.check",
    "workshop.check_agenda",
    "workshops.check",
    # Invented data.
    "styleguide.conflict",
    "styleguide.index",
    "styleguide.pictures",
    # They answer to words that are typed; their tests are with the feature.
    "api_writing.find_people",
    "api_writing.find_similar",
    "writing.people",
}
"""Answers with lists that are no longer where there is more; of all others more rows were measured."""

LEADS_ELSEWHERE = {
    "accounts.second_step",  # of who is signing in
    "accounts.sign_in",
    "api_search.count",  # of words, which it asks for; tested with the search
    "api_search.find",
    "api_search.suggest",
    "api_plan.preview_move",  # to the day it asks for
    "colleagues.own",
    "library.edit_version",  # what was published stays as it is
    "library.return_version",
    "placements.apply",  # what was submitted too
    "placements.review",
    "plan.preview",
    "styleguide.error",
    "topics.post",
}
"""What answers without a page of its own where there is more, so that nothing was measured."""

ASKED = {
    "trail.index": {"action": "mission.created"},
    "api_trail.list_entries": {"action": "mission.created"},
}
"""What is asked of lists that without it fill a page in any network."""

ELSEWHERE = {
    "accounts.accept_invitation",  # needs the secret of a mail; tested with the accounts
    "accounts.confirm_address",
    "accounts.reset_password",
    "accounts.confirm_second_factor",  # while it is being set up
    "accounts.second_factor_picture",
    "mailbox.show",
    "feeds.read",  # needs its secret; tested with the feeds
    "announcements.acknowledge_by_mail",  # needs the link of a mail; tested with the announcements
    "subscriptions.unsubscribe",  # needs the secret of a mail; tested with the subscriptions
    "metrics",  # for the operator's own machines
    "styleguide.error",  # answers with the failure it shows
    "budgets.changes",  # there is no version before the first
    "api_budgets.get_changes",
    "groups.guest",  # the first person is no guest of the first group; tested with the groups
    "api_groups.get_own_invitation",  # the invitation of the example is her colleague's
    "assets",
    "brand",
}

WRITES = re.compile(r"\s*(insert|update|delete)\s+(?:into\s+|from\s+)?(\S+)", re.IGNORECASE)
KEPT_BY_READING = {
    "kernel.sign_in_session",  # when she was last here
    "kernel.api_token",
    "kernel.rate_counter",  # how often a token asked
    "network.topic_reading",  # up to where she has read
}
"""What opening a page may write down, the first time or now and then."""


def pages(app):
    """Endpoints that answer GET without anything in the query, by rule."""
    return [
        rule for rule, method in routes(app) if method == "GET" and rule.endpoint not in ELSEWHERE
    ]


def test_every_page_opens_with_valid_html_and_few_bytes(app, example):
    wrong = []
    browser = example.visitor.browser
    for rule in pages(app):
        if is_api(rule):
            continue
        page = browser.get(example.path(rule))  # fails on invalid HTML, double ids, a missing title
        limit = FULL if rule.endpoint in WITH_A_PICTURE else LIGHT
        size = (
            len(gzip.compress(page.response.data)) if page.response.mimetype == "text/html" else 0
        )
        if (
            page.status not in (200, 303, 404 if "styleguide" in rule.endpoint else 200)
            or size > limit
        ):
            wrong.append((rule.rule, page.status, size))
    assert wrong == []


def test_style_and_scripts_of_a_first_load_are_light(app):
    assets = app.extensions["assets"]["by_name"].values()
    first = [a for a in assets if a.name.startswith(("app.", "htmx."))]
    assert len(first) == 3
    assert sum(len(asset.packed) for asset in first) <= FIRST_LOAD


def cost(queries, example, rule):
    """The statements a page needs, what it keeps by being read apart, and its answer."""
    path = example.path(rule)
    with queries() as seen:
        answer = example.visitor.ask(rule, "GET", path, query=ASKED.get(rule.endpoint))
    return [one for one in seen if written_by(one) not in KEPT_BY_READING], answer


def written_by(statement):
    """The table that a statement writes to, if it does."""
    found = WRITES.match(statement)
    return found and found[2]


def lengths(value, name=""):
    """How long the lists are that the API answers, by their names; those inside a first row too."""
    if isinstance(value, list):
        yield name, len(value)
        yield from lengths(value[0], f"{name}[]") if value else ()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from lengths(inner, f"{name}.{key}")


def listed(answer):
    """How long the lists of an answer are, by name; those of a page as one, without the ways to others."""
    if answer.mimetype != "text/html":
        return dict(lengths(answer.get_json(silent=True)))
    main = Page(answer).document.find(".//main")
    rows = () if main is None else main.iter("tr", "li", "article")
    aside = {"nav", "thead"}
    count = sum(1 for row in rows if not aside & {above.tag for above in row.iterancestors()})
    return {"rows": count} if count else {}


def grows(few, many):
    """Whether the outer lists of an answer are longer where there is more; what has no list is no matter."""
    short, long = listed(few), listed(many)
    return not long or any(long[name] > short.get(name, 0) for name in long if "[" not in name)


@pytest.fixture(scope="session")
def crowded(app, make_tenant):
    """A network with three of everything."""
    return build(app, make_tenant(), items=3)


def test_a_list_of_three_costs_the_queries_of_a_list_of_one_and_reading_writes_nothing(
    app, example, crowded, queries
):
    dearer, writing, as_short, elsewhere = [], [], set(), set()
    for rule in pages(app):
        one, few = cost(queries, example, rule)
        three, many = cost(queries, crowded, rule)
        if many.status_code != 200:
            elsewhere.add(rule.endpoint)
        elif len(three) > len(one):
            dearer.append((rule.rule, len(one), len(three)))
        elif not grows(few, many):
            as_short.add(rule.endpoint)
        writing += [(rule.rule, each) for each in (*one, *three) if written_by(each)]
    assert (dearer, writing) == ([], [])
    # Else nothing was measured.
    assert sorted(as_short) == sorted(AS_SHORT)
    assert elsewhere <= LEADS_ELSEWHERE


def test_the_counter_sees_a_query_per_row(app, example, queries):
    with queries() as seen, example.inside():
        for _ in range(3):
            actor_by_person(example.actor.person_id, clock.now())
    assert len(seen) == 3
