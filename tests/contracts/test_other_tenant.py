"""Somebody who may do everything in her own network can do nothing with another network's ids.

Every route is tried with the ids of a network that has one of everything, in the path, in the query, in
JSON and in forms. Beside each refusal stands its positive control: with ids of her own she gets through.

- A path with another network's id answers 404, to every method. With one's own id it answers whatever the
  object allows (done, or refused with 409, 412, 422 or 428), but never 404 and never the sign-in page.
- An id in a body or a form is refused with 404, where it names what the request is about, or with 422 at its
  field; one's own is accepted, or what is refused is another field.
- An id in a query is answered as one that nothing has.
"""

from uuid import UUID, uuid4

import pytest

from kernel.db import db
from kernel.web import PUBLIC
from kernel.web.routes import permission_of
from tests.contracts.bodies import ALTERNATIVES, FORMS, OWN, TOGETHER, references, sample, schemas
from tests.contracts.examples import PLAIN
from tests.contracts.routes import is_api, routes
from tests.pages import filled

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


def with_references(app):
    """API operations that take the id of an object in their body or query."""
    return [
        (rule, method, schema, name)
        for rule, method in routes(app)
        if is_api(rule)
        for schema in schemas(app, rule.endpoint).values()
        for name in references(schema)
        if name not in CURSORS
    ]


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


def test_ids_of_another_network_in_a_body_are_refused_and_ones_own_accepted(app, example, other):
    wrong = []
    for rule, method, schema, name in with_references(app):
        if method == "GET":
            continue
        alone = dict.fromkeys(ALTERNATIVES.get(rule.endpoint, ()))
        theirs = alone | {name: sample(schema, example)[name]}
        own = alone | {name: sample(schema, other)[name]} if alone else {}
        refused = ask(other, rule, method, other.path(rule), **theirs)
        accepted = ask(other, rule, method, other.path(rule), **own)
        if refused not in REFUSED or accepted >= 400:
            wrong.append((rule.rule, method, name, refused, accepted))
    assert wrong == []


def test_ids_of_another_network_in_a_query_are_answered_like_ids_of_nothing(app, example, other):
    wrong = []
    for rule, method, schema, name in with_references(app):
        if method != "GET":
            continue
        nothing = dict.fromkeys(sample(schema, other), None) | {name: str(uuid4())}
        theirs = {**nothing, name: sample(schema, example)[name]}
        asked = [answer(other, rule, method, other.path(rule), **ids) for ids in (theirs, nothing)]
        if asked[0].status_code != asked[1].status_code or asked[0].data != asked[1].data:
            wrong.append((rule.rule, name))
    assert wrong == []


def forms_with_ids(browser, path):
    """The forms of a page that let one choose an object, as (form, field, own id)."""
    page = browser.get(path)
    if page.status != 200 or page.response.mimetype != "text/html":
        return
    for form in page.document.iter("form"):
        if form.get("method") != "post":
            continue
        for control in form.iter():
            options = [o.get("value", "") for o in control.iter("option")]
            if control.tag == "select" and any(map(is_id, options)):
                yield page, form, control.get("name"), next(filter(is_id, options))


def is_id(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def refused_at(page, name):
    """Whether a page says that what was entered in a field cannot be used."""
    return any(
        control.get("name") == name and control.get("aria-invalid") == "true"
        for control in page.document.iter()
    )


def test_ids_of_another_network_in_a_form_are_refused_and_ones_own_accepted(
    app, example, other, taken_back
):
    wrong, tried = [], 0
    browser = other.visitor.browser
    for rule, method in routes(app):
        if method != "GET" or is_api(rule) or permission_of(app, rule.endpoint) == PUBLIC:
            continue
        for page, form, name, own in forms_with_ids(browser, other.path(rule)):
            table = next((n for n, ids in other.ids.items() if own in ids), None)
            if table is None:
                continue  # another of these tests made it
            tried += 1
            target, data = form.get("action") or page.path, dict(filled(form))
            refused = browser.post(target, data=data | {name: example.ids[table][0]})
            accepted = browser.post(target, data=data | {name: own})
            if (
                refused.status not in REFUSED
                or accepted.status in (403, 404)
                or refused_at(accepted, name)
            ):
                wrong.append((rule.rule, name, refused.status, accepted.status))
    assert wrong == []
    assert tried > 0
