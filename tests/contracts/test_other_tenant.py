"""Somebody who may do everything in her own network can do nothing with another network's ids.

Every route is tried with the ids of a network that has one of everything, in the path, in the query, in
JSON and in forms. Beside each refusal stands its positive control: with ids of her own she gets through.

- A path with another network's id answers 404, to every method, also where the ids beside it are one's
  own. With one's own alone it answers whatever the object allows (done, or refused with 409, 412, 422 or
  428), but never 404 and never the sign-in page.
- An id in a body or a form is refused with 404, where it names what the request is about, or with 422 at its
  field; one's own is accepted, or what is refused is another field.
- An id in a query is answered as one that nothing has.

Which forms and queries name objects is read from the pages themselves, and which bodies do from the schemas.
"""

from uuid import uuid4

import pytest

from kernel.db import db
from kernel.web import PUBLIC
from kernel.web.routes import permission_of
from tests.contracts.bodies import (
    ALTERNATIVES,
    FORMS,
    OWN,
    TOGETHER,
    TYPED,
    at,
    references,
    sample,
    schemas,
    with_other,
)
from tests.contracts.examples import PLAIN
from tests.contracts.naming import in_forms, in_queries
from tests.contracts.routes import is_api, routes

NOT_THERE_YET = {
    "budgets.changes",  # there is no version before the first
    "api_budgets.get_changes",
    # The first person of a network is no guest of its first group; tested with the groups.
    *("groups.guest", "groups.end_guest", "api_groups.end_guest", "api_groups.extend_guest"),
    # The invitation and the request of the example are her colleague's; tested with the groups.
    *("groups.accept_invitation", "api_groups.accept_invitation"),
    *("groups.decline_invitation", "api_groups.decline_invitation"),
    "api_groups.get_own_invitation",
    *("groups.withdraw_request", "api_groups.withdraw_request"),
}
"""What does not exist in the example either, so that it is no positive control."""

REFUSED = (404, 422)
"""What an id in a body or a form is refused with."""

REFUSED_FOR_ITS_STATE = (409, 412, 422, 428)
"""What one's own object may answer to a request that does not fit it."""


def with_objects(app):
    """Routes that name an object of a network."""
    return [
        (rule, method)
        for rule, method in routes(app)
        if rule.arguments - set(PLAIN) and permission_of(app, rule.endpoint) != PUBLIC
    ]


def answer(who, rule, method, path, **changes):
    """The answer to a request in somebody's name; `changes` replace fields of a valid body."""
    data, query = dict(FORMS.get(rule.endpoint, {})), {}
    if is_api(rule):
        fitting = TOGETHER.get(rule.endpoint, {})
        for where, schema in schemas(who.app, rule.endpoint).items():
            valid = sample(schema, who)
            part = query if where == "query" else data
            part |= valid | {name: fitting[name] for name in fitting if name in valid}
        data |= {name: who.value(key) for name, key in OWN.get(rule.endpoint, {}).items()}
    return who.visitor.ask(rule, method, path, data | changes, query)


def ask(who, rule, method, path, **changes):
    """The status of that answer."""
    return answer(who, rule, method, path, **changes).status_code


CURSORS = {"older"}
"""Places in a list, compared as values: they name nothing that could be asked for."""


def test_every_parameter_has_an_example(app, example):
    missing = {
        (rule.rule, name)
        for rule, _ in with_objects(app)
        for name in rule.arguments
        if name not in PLAIN and not example.ids.get(name)
    }
    assert missing == set()


def test_ids_of_another_network_in_a_path_do_not_exist(app, example, other):
    found = [
        (rule.rule, method, status)
        for rule, method in with_objects(app)
        if (status := ask(other, rule, method, example.path(rule))) != 404
    ]
    assert found == []


def test_one_id_of_another_network_among_ones_own_in_a_path_does_not_exist(app, example, other):
    found = [
        (rule.rule, method, name, status)
        for rule, method in with_objects(app)
        for name in rule.arguments - set(PLAIN)
        if rule.arguments - set(PLAIN) - {name}
        and (status := ask(other, rule, method, among_ones_own(rule, name, example, other))) != 404
    ]
    assert found == []


def among_ones_own(rule, name, example, other):
    """The address of a route with one id of another network."""
    return other.path(rule, **{name: example.parameter(rule, name)})


@pytest.fixture
def taken_back(monkeypatch):
    """Each request is tried on the same network: what it would commit is sent, and rolled back after it."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)


def gets_through(tried):
    """Whether the view was reached and found the object."""
    if tried.status_code == 303:
        return not tried.location.startswith("/sign-in")
    return tried.status_code < 400 or tried.status_code in REFUSED_FOR_ITS_STATE


def test_the_same_paths_exist_for_the_networks_own_people(app, example, taken_back):
    missing = [
        (rule.rule, method, tried.status_code)
        for rule, method in with_objects(app)
        if rule.endpoint not in NOT_THERE_YET
        and not gets_through(tried := answer(example, rule, method, example.path(rule)))
    ]
    assert missing == []


def with_references(app):
    """API operations that take the id of an object in their body or query, with its place there."""
    return [
        (rule, method, schema, place)
        for rule, method in routes(app)
        if is_api(rule)
        for schema in schemas(app, rule.endpoint).values()
        for place in references(schema)
        if place[0] not in CURSORS
    ]


def test_ids_of_another_network_in_a_body_are_refused_and_ones_own_accepted(
    app, example, other, taken_back
):
    wrong = []
    for rule, method, schema, place in with_references(app):
        if method == "GET":
            continue
        name = place[0]
        alone = dict.fromkeys(ALTERNATIVES.get(rule.endpoint, ()))
        valid = sample(schema, other)
        theirs = alone | with_other(valid, place, at(sample(schema, example), place))
        own = alone | {name: valid[name]} if alone else {}
        refused = ask(other, rule, method, other.path(rule), **theirs)
        accepted = ask(other, rule, method, other.path(rule), **own)
        if refused not in REFUSED or accepted >= 400:
            wrong.append((rule.rule, method, place, refused, accepted))
    assert wrong == []


def test_ids_of_another_network_in_a_query_are_answered_like_ids_of_nothing(app, example, other):
    wrong = []
    for rule, method, schema, (name, *_) in with_references(app):
        if method != "GET":
            continue
        nothing = dict.fromkeys(sample(schema, other), None) | {name: str(uuid4())}
        theirs = {**nothing, name: sample(schema, example)[name]}
        asked = [answer(other, rule, method, other.path(rule), **ids) for ids in (theirs, nothing)]
        if asked[0].status_code != asked[1].status_code or asked[0].data != asked[1].data:
            wrong.append((rule.rule, name))
    assert wrong == []


@pytest.fixture(scope="module")
def pages(app, other):
    """Every page that somebody who may do everything sees, as she sees it."""
    browser = other.visitor.browser
    opened = [
        browser.get(other.path(rule))
        for rule, method in routes(app)
        if method == "GET" and not is_api(rule) and permission_of(app, rule.endpoint) != PUBLIC
    ]
    return [page for page in opened if page.status == 200 and page.response.mimetype == "text/html"]


@pytest.fixture(scope="module")
def kinds(pages, other):
    """Which parameter stands for an object that a page names, by its id."""
    return {id: name for name, ids in other.ids_now().items() for id in ids}


def of_each_route(app, other, found, method):
    """One of what is sent to the same route under the same name, by both."""
    adapter = app.url_map.bind(other.tenant.host)
    first = {}
    for named in found:
        endpoint, _ = adapter.match(named.path, method=method)
        first.setdefault((endpoint, named.name), named)
    return first


def test_ids_of_another_network_in_a_form_are_refused_and_ones_own_accepted(
    app, example, other, pages, kinds, taken_back
):
    wrong, browser = [], other.visitor.browser
    named = of_each_route(app, other, (each for page in pages for each in in_forms(page)), "POST")
    for (endpoint, name), sent in named.items():
        typed = TYPED.get(endpoint, {})
        theirs = sent.naming(example.value(kinds[sent.id]))
        refused = browser.post(sent.path, data=theirs | typed)
        accepted = browser.post(sent.path, data=sent.naming(sent.id) | typed)
        if refused.status not in REFUSED or accepted.status >= 400:
            wrong.append((endpoint, name, refused.status, accepted.status, accepted.errors))
    assert wrong == []
    assert len(named) > 25


def test_ids_of_another_network_in_the_query_of_a_page_are_answered_like_ids_of_nothing(
    app, example, other, pages, kinds
):
    wrong, browser = [], other.visitor.browser
    named = of_each_route(app, other, (each for page in pages for each in in_queries(page)), "GET")
    for (endpoint, name), asked in named.items():
        ids = example.value(kinds[asked.id]), str(uuid4()), asked.id
        theirs, nothing, own = (
            browser.get(asked.path, query_string=asked.naming(id)) for id in ids
        )
        if (theirs.status, seen(theirs)) != (nothing.status, seen(nothing)) or own.status != 200:
            wrong.append((endpoint, name, theirs.status, nothing.status, own.status))
    assert wrong == []
    assert len(named) > 8


def seen(page):
    """What a reader sees of an answer; of a file, its bytes."""
    return page.text if page.response.mimetype == "text/html" else page.response.data
