"""Every route asks for a permission somebody can hold; what is open to all is on a list that was read."""

import pytest
from flask import Flask, Response

from kernel.identity.permissions import known_permissions, known_roles
from kernel.web import PUBLIC, SIGNED_IN
from kernel.web.routes import declare, permission_of
from tests.contracts.examples import PLAIN
from tests.contracts.routes import UNSAFE, is_api, routes

OPEN_TO_ANYBODY = {
    "accounts.accept_invitation",
    "accounts.ask_for_reset",
    "accounts.confirm_address",
    "accounts.preferences",  # language and theme; a stranger keeps them in cookies
    "accounts.reset_asked",
    "accounts.reset_password",
    "accounts.second_step",
    "accounts.sign_in",
    "api_membership_apply.apply",  # as its page
    "api_inbound.take_mail",  # by a secret of the configuration; without one it does not exist
    "api_verify.verify",  # of a certificate: what it is for and whether it stands, never whose
    "assets",
    "brand",
    "feeds.read",  # by a secret address: what its owner may read at that moment
    "healthz",
    "mailbox.index",  # of the demonstration only
    "mailbox.show",
    "membership_apply.apply",  # organisations that are no members yet; the answer tells nothing
    "membership_apply.received",
    "metrics",  # numbers about the process, none about a network
    "open_api",  # describes the product
    "readyz",
    "announcements.acknowledge_by_mail",  # by the signed link in a mail; acts for its person alone
    "subscriptions.unsubscribe",  # by the secret in a mail; it ends that mail and tells nothing else
    "verify.answer",
    "verify.ask",
}

OPEN_TO_ANY_ACCOUNT = {
    # One's own account, sessions and tokens.
    "accounts.ask_to_confirm_address",
    "accounts.account",
    "accounts.change_address",
    "accounts.change_password",
    "accounts.confirm_second_factor",
    "accounts.edit_profile",
    "accounts.end_other_sessions",
    "accounts.end_session",
    "accounts.new_token",
    "accounts.renew_recovery_codes",
    "accounts.revoke_token",
    "accounts.second_factor_picture",
    "accounts.sign_out",
    "accounts.start_second_factor",
    "accounts.turn_off_second_factor",
    "api_accounts.me",
    "api_accounts.my_tokens",
    "api_accounts.put_me",
    "api_accounts.revoke_token",
    # One's own record as an alumna or alumnus.
    "api_my_record.add_availability",
    "api_my_record.confirm",
    "api_my_record.get_record",
    "api_my_record.put_consent",
    "api_my_record.remove_availability",
    "my_record.confirm",
    "my_record.consent",
    "my_record.record",
    "my_record.remove_availability",
    # Placements are published to every account, anybody may apply, and an application is one's own.
    "api_applications.get_own",
    "api_applications.list_own",
    "api_applications.withdraw",
    "api_placements.get_eligibility",
    "api_placements.get_vacancy",
    "api_placements.list_vacancies",
    "api_placements.put_application",
    "api_placements.submit_application",
    "applications.application",
    "applications.index",
    "applications.withdraw",
    "placements.apply",
    "placements.index",
    "placements.review",
    "placements.vacancy",
    # One's own certificates; an officer's are checked in the service.
    "api_certificate.get_document",
    "api_certificate.my_certificates",
    "certificate.document",
    # What each page shows depends on who asks.
    "api_search.count",
    "api_search.find",
    "api_search.suggest",
    "api_waiting.list_waiting",
    "home.index",
    "search.index",
    # The style guide: invented data, not in production.
    "styleguide.conflict",
    "styleguide.error",
    "styleguide.index",
    "styleguide.pictures",
    "styleguide.plain_form",
}


def undeclared(app):
    return {e for e in app.view_functions if permission_of(app, e) is None}


def unknown(app):
    """Endpoints asking for a permission that nobody registered, or that no role carries."""
    carried = {p for role in known_roles().values() for p in role.permissions}
    return {
        endpoint: permission
        for endpoint in app.view_functions
        if (permission := permission_of(app, endpoint)) not in (PUBLIC, SIGNED_IN)
        and (permission not in known_permissions() or permission not in carried)
    }


def open_to(app, whom):
    return {e for e in app.view_functions if permission_of(app, e) == whom}


def test_every_route_declares_its_permission(app):
    assert undeclared(app) == set()


def test_every_permission_is_known_and_some_role_carries_it(app):
    assert unknown(app) == {}


def test_what_is_open_to_anybody_was_reviewed(app):
    assert open_to(app, PUBLIC) == OPEN_TO_ANYBODY


def test_what_is_open_to_any_account_was_reviewed(app):
    assert open_to(app, SIGNED_IN) == OPEN_TO_ANY_ACCOUNT


def test_no_two_routes_share_an_address(app):
    seen, doubled = set(), set()
    for rule, method in routes(app):
        address = (rule.rule, method)
        (doubled if address in seen else seen).add(address)
    assert doubled == set()


def test_the_walk_sees_a_route_that_forgot():
    careless = Flask("careless")
    careless.add_url_rule("/a", "forgot", lambda: "")
    careless.add_url_rule("/b", "misspelt", declare(lambda: "", "kernel:audit:sea"))
    assert "forgot" in undeclared(careless)
    assert "misspelt" in unknown(careless)


ONE_CLICK = {"subscriptions.unsubscribe"}
"""What a mail program may send that never saw a page: its secret address says who may."""


def address(app, example, rule):
    """An address of a route; a secret that nobody has where it needs one."""
    secrets = {name: "x" for name in rule.arguments if name not in {*PLAIN, *example.ids}}
    return example.path(rule, **secrets)


def test_every_form_is_refused_without_the_token_of_its_page(app, example):
    taken, browser = [], example.visitor.browser
    for rule, method in routes(app):
        if method in UNSAFE and not is_api(rule) and rule.endpoint not in ONE_CLICK:
            page = browser.post(address(app, example, rule), data={"name": "x"})
            if page.status != 400 or "The page was open too long" not in page.text:
                taken.append((rule.rule, page.status))
    assert taken == []


class Doors:
    """The product with every view behind its guard replaced by one that hands out data."""

    def __init__(self, app, monkeypatch, example):
        self.app, self.monkeypatch, self.example = app, monkeypatch, example

    def replace(self, endpoint, permission):
        view = declare(lambda **_: Response("the data", mimetype="text/plain"), permission)
        self.monkeypatch.setitem(self.app.view_functions, endpoint, view)

    def knock(self, rule, method, visitor):
        """What somebody without any permission gets: the status, and whether it is the data."""
        answer = visitor.ask(rule, method, self.example.path(rule))
        return answer.status_code, b"the data" in answer.data


@pytest.fixture
def doors(app, monkeypatch, example):
    return Doors(app, monkeypatch, example)


def guarded(app):
    return [
        (rule, method, permission)
        for rule, method in routes(app)
        if (permission := permission_of(app, rule.endpoint)) not in (PUBLIC, SIGNED_IN)
    ]


def test_a_stranger_gets_through_no_door_but_a_public_one(app, doors, example):
    stranger, let_in = example.stranger(), []
    assert stranger.csrf_token
    for rule, method in routes(app):
        permission = permission_of(app, rule.endpoint)
        if permission != PUBLIC:
            doors.replace(rule.endpoint, permission)
            status, data = doors.knock(rule, method, stranger)
            if data or status not in (303, 401):
                let_in.append((rule.rule, method, status))
    assert let_in == []


def test_each_guard_is_what_keeps_people_without_the_permission_out(app, doors, example):
    """With the guard the view is not reached; with the guard dropped, the same request reads data."""
    nobody, failures = example.outsider(), []
    assert nobody.csrf_token
    for rule, method, permission in guarded(app):
        doors.replace(rule.endpoint, permission)
        with_guard = doors.knock(rule, method, nobody)
        doors.replace(rule.endpoint, SIGNED_IN)
        without = doors.knock(rule, method, nobody)
        if with_guard not in ((403, False), (404, False)) or without != (200, True):
            failures.append((rule.rule, method, with_guard, without))
    assert failures == []
