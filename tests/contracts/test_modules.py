"""A module that a network has switched off does not exist there, through either door."""

import json

import pytest

from kernel.tenancy.modules import Module, module_of, with_network
from kernel.tenancy.queries import current_tenant
from tests.contracts.examples import build
from tests.contracts.routes import is_api, routes

OPTIONAL = sorted(set(Module) - {Module.NETWORK})


@pytest.fixture(scope="session")
def elsewhere(app, make_tenant):
    """A network with one of everything, whose modules these tests switch."""
    return build(app, make_tenant(), items=1)


def switch(example, *modules):
    with example.inside():
        current_tenant().modules = with_network(modules)


def of_module(app, module):
    """The routes of a module, with a request for each method."""
    return [
        (rule, method)
        for rule, method in routes(app)
        if (found := app.blueprints.get(rule.endpoint.rpartition(".")[0])) is not None
        and module_of(found.import_name) == module
    ]


def unlike_an_unknown_address(visitor, app, rule, method, path):
    """What tells a route apart from an address that nobody ever had; empty when nothing does."""
    unknown = "/api/v1/no-such-thing" if is_api(rule) else "/no-such-page"
    answer = visitor.ask(rule, method, path)
    other = visitor.ask(rule, "GET", unknown)
    if answer.status_code != 404:
        return answer.status_code
    if is_api(rule):
        same = json.loads(answer.data) == json.loads(other.data)
    else:
        same = len(answer.data) == len(other.data)  # they differ in their CSRF tokens only
    return "" if same else answer.get_data(as_text=True)


@pytest.mark.parametrize("module", OPTIONAL)
def test_every_route_of_a_module_that_is_off_answers_like_an_unknown_address(
    app, elsewhere, module
):
    visitor = elsewhere.visitor
    assert visitor.csrf_token
    switch(elsewhere, *(set(OPTIONAL) - {module}))
    try:
        told = [
            (rule.rule, method, difference)
            for rule, method in of_module(app, module)
            if (
                difference := unlike_an_unknown_address(
                    visitor, app, rule, method, elsewhere.path(rule)
                )
            )
        ]
    finally:
        switch(elsewhere, *OPTIONAL)
    assert told == []


@pytest.mark.parametrize("module", OPTIONAL)
def test_a_stranger_is_not_asked_to_sign_in_to_a_module_that_is_off(app, elsewhere, module):
    stranger = elsewhere.stranger()
    assert stranger.csrf_token
    switch(elsewhere)
    try:
        statuses = {
            stranger.ask(rule, method, elsewhere.path(rule)).status_code
            for rule, method in of_module(app, module)
        }
    finally:
        switch(elsewhere, *OPTIONAL)
    assert statuses <= {404}


def test_missions_find_nobody_where_training_is_off(elsewhere):
    mission_id = elsewhere.value("mission_id")
    search, team = f"/missions/{mission_id}/team/find", f"/missions/{mission_id}/team"
    browser = elsewhere.visitor.browser
    assert "2 people found" in browser.get(search).text
    switch(elsewhere, Module.MISSIONS)
    try:
        empty = browser.get(search)
        nominated = browser.get(team)
    finally:
        switch(elsewhere, *OPTIONAL)
    assert empty.status == 200
    assert "No training records to look in" in empty.text
    assert "Colleague Fictional" in nominated.text  # what was known when she was nominated


def test_the_walk_sees_the_pages_of_a_module_that_is_on(app, elsewhere):
    found = of_module(app, Module.MISSIONS)
    assert len(found) > 20
    rule = next(rule for rule, method in found if rule.endpoint == "missions.index")
    assert unlike_an_unknown_address(elsewhere.visitor, app, rule, "GET", "/missions") == 200
