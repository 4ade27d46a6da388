"""What people do on pages, programs do by the API: by the same permission, or it is said in words why not."""

from kernel.web.routes import permission_of
from tests.contracts.parity import OPERATIONS, WITHOUT
from tests.contracts.routes import UNSAFE, is_api, routes

OPERATION_OF = {
    f"{blueprint}.{view}": operation
    for blueprint, views in OPERATIONS.items()
    for view, operation in views.items()
}


SHOWN_TO_MORE = {
    # Whoever may read looks at these pages; who may write too is asked by the service when something is sent.
    "groups.join_request",
    "library.collection",
    "library.version",
    "topics.topic",
    "topics.translations",
    # A stranger keeps her choice in a cookie, an account in its details.
    "accounts.preferences",
}


def changing_pages(app):
    """The endpoints of pages that take what somebody sends."""
    return {rule.endpoint for rule, method in routes(app) if method in UNSAFE and not is_api(rule)}


def unlike(app, operations):
    """Pages whose operation does not exist, or asks for another permission than the page."""
    known = {rule.endpoint for rule, _ in routes(app) if is_api(rule)}
    return {
        page: operation
        for page, operation in operations.items()
        if operation not in known or permission_of(app, page) != permission_of(app, operation)
    }


def test_every_page_that_changes_something_has_an_operation_or_a_reason(app):
    assert changing_pages(app) == OPERATION_OF.keys() | WITHOUT.keys()
    assert OPERATION_OF.keys() & WITHOUT.keys() == set()
    assert [reason for reason in WITHOUT.values() if not reason.endswith(".")] == []


def test_both_doors_ask_for_the_same_permission(app):
    assert unlike(app, OPERATION_OF).keys() == SHOWN_TO_MORE
    assert {OPERATION_OF[page] for page in SHOWN_TO_MORE} <= app.view_functions.keys()


def test_the_comparison_sees_a_door_that_is_missing_or_easier(app):
    wrong = {"settings.edit": "api_settings.lost", "members.edit": "api_waiting.list_waiting"}
    assert unlike(app, wrong) == wrong
