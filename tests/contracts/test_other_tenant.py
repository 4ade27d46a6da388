"""Somebody who may do everything in her own network can do nothing with another network's ids.

Every route is tried with the ids of a network that has one of everything, in the path, in the query, in
JSON and in forms. Beside each refusal stands its positive control: with ids of her own she gets through.
"""

from uuid import UUID, uuid4

from kernel.web import PUBLIC
from kernel.web.routes import permission_of
from tests.contracts.bodies import FORMS, OWN, TOGETHER, references, sample, schemas
from tests.contracts.examples import PLAIN
from tests.contracts.routes import is_api, routes
from tests.pages import filled

NOT_THERE_YET = {
    "budgets.changes",  # there is no version before the first
    "api_budgets.get_changes",
    "groups.guest",  # the first person of a network is no guest of its first group
}
"""Pages that do not exist in the example either, so that they are no positive control."""

REFUSED = (404, 422)
"""A field of a form is refused at the field."""


def with_objects(app):
    """Routes that name an object of a network."""
    return [
        (rule, method)
        for rule, method in routes(app)
        if rule.arguments - set(PLAIN) and permission_of(app, rule.endpoint) != PUBLIC
    ]


def answer(who, rule, method, path, **changes):
    """The answer to a request in somebody's name; `changes` replace fields of a valid body."""
    data = dict(FORMS.get(rule.endpoint, {}))
    if is_api(rule):
        for schema in schemas(who.app, rule.endpoint).values():
            data |= sample(schema, who) | TOGETHER.get(rule.endpoint, {})
        data |= {name: who.value(key) for name, key in OWN.get(rule.endpoint, {}).items()}
    return who.visitor.ask(rule, method, path, data | changes)


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


def test_the_same_paths_exist_for_the_networks_own_people(app, example):
    missing = [
        (rule.rule, method)
        for rule, method in with_objects(app)
        if method == "GET"
        and rule.endpoint not in NOT_THERE_YET
        and ask(example, rule, method, example.path(rule)) == 404
    ]
    assert missing == []


def test_ids_of_another_network_in_a_body_are_refused_and_ones_own_accepted(app, example, other):
    wrong = []
    for rule, method, schema, name in with_references(app):
        if method == "GET":
            continue
        refused = ask(
            other, rule, method, other.path(rule), **{name: sample(schema, example)[name]}
        )
        accepted = ask(other, rule, method, other.path(rule))
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


def test_ids_of_another_network_in_a_form_are_refused_and_ones_own_accepted(app, example, other):
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
            answer = browser.post(
                form.get("action") or page.path,
                data=dict(filled(form)) | {name: example.ids[table][0]},
            )
            if answer.status not in REFUSED:
                wrong.append((rule.rule, name, answer.status))
    assert wrong == []
    assert tried > 0
