"""Signing in, out, and everything somebody else might try."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from kernel.accounts import passwords
from kernel.accounts.services.sign_in import ADDRESS_LIMIT
from kernel.db import db
from kernel.identity.models import Account, SignInSession
from kernel.values import clock
from kernel.web import limits
from tests.kernel.accounts.conftest import PASSWORD
from tests.pages import Browser

WRONG = "The address or the password is not right. Check both and try again."


@pytest.fixture
def closed(inside):
    """`closed(actor)` has an account that was closed."""

    def close(actor):
        with inside():
            found = select(Account).where(Account.id == actor.account_id)
            db.session.scalars(found).one().disabled_at = clock.now()

    return close


def cookie(browser):
    with browser.client.session_transaction(base_url=browser.base_url) as session:
        return dict(session)


def test_a_person_signs_in_and_out(person, sign_in):
    person()
    browser, page = sign_in("Ama@Example.org")
    assert page.status == 200
    account = browser.get("/account")
    assert "Ama Fictional" in account.text
    browser.submit(account, "Sign out")
    assert browser.get("/account").location.startswith("/sign-in")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(person, sign_in):
    person()
    _, known = sign_in(password="not the password")
    _, unknown = sign_in("nobody@example.org")
    assert known.status == unknown.status == 422
    assert known.errors == unknown.errors == [WRONG]
    assert "not the password" not in known.html


def statements(seen):
    """What was asked of the database, without what differs from call to call."""
    return [" ".join(statement.split()) for statement in seen]


def test_whoever_an_address_belongs_to_it_costs_the_same_queries_and_hashes(
    person, factory, closed, sign_in, queries, monkeypatch, browser_for
):
    person()
    closed(person("closed@example.org"))
    factory.actor(address="invited@example.org")
    verified = []
    verify = PasswordHasher.verify

    def counted(self, *args):
        verified.append(args)
        return verify(self, *args)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    sign_in("warm.up@example.org")
    seen = {}
    for whose in ("ama", "closed", "invited", "nobody"):
        browser = browser_for()
        page = browser.get("/sign-in")
        verified.clear()
        with queries() as asked:
            browser.submit(
                page, "Sign in", address=f"{whose}@example.org", password="not the password"
            )
        seen[whose] = (statements(asked), len(verified))
    assert all(each == seen["nobody"] for each in seen.values())
    assert seen["nobody"][1] == 1
    assert len(seen["nobody"][0]) >= 3


def test_asking_for_a_reset_costs_the_same_for_all_and_hashes_nothing(
    person, browser_for, queries, monkeypatch
):
    person()
    monkeypatch.setattr(passwords, "_hasher", lambda: pytest.fail("a reset hashed a password"))
    seen = {}
    for address in ("ama@example.org", "nobody@example.org"):
        browser = browser_for()
        page = browser.get("/reset")
        with queries() as asked:
            answer = browser.submit(page, "Send the link", address=address)
        seen[address] = (statements(asked), answer.text)
    assert seen["ama@example.org"] == seen["nobody@example.org"]


def test_a_copied_cookie_opens_nothing_after_sign_out(person, sign_in, browser_for):
    person()
    browser, _ = sign_in()
    thief = browser_for()
    with thief.client.session_transaction(base_url=thief.base_url) as session:
        session.update(cookie(browser))
    assert thief.get("/account").status == 200
    browser.submit(browser.get("/account"), "Sign out")
    assert thief.get("/account").status == 303


def test_a_cookie_planted_before_sign_in_is_worthless_afterwards(person, sign_in, browser_for):
    person()
    browser = browser_for()
    browser.get("/sign-in")
    planted = cookie(browser)
    sign_in(browser=browser)
    browser.get("/account")
    after = cookie(browser)
    assert "_user_id" not in planted
    assert planted["csrf_token"] != after["csrf_token"]
    attacker = browser_for()
    with attacker.client.session_transaction(base_url=attacker.base_url) as session:
        session.update(planted)
    assert attacker.get("/account").status == 303


def test_a_signed_in_cookie_is_replaced_when_somebody_else_signs_in(person, sign_in):
    person()
    person("ben@example.org")
    browser, _ = sign_in()
    first = cookie(browser)["_user_id"]
    browser.submit(browser.get("/account"), "Sign out")
    sign_in("ben@example.org", browser=browser)
    assert cookie(browser)["_user_id"] != first


def test_the_database_keeps_no_token_that_opens_a_session(person, sign_in, inside):
    person()
    browser, _ = sign_in()
    token = cookie(browser)["_user_id"]
    with inside():
        (row,) = db.session.scalars(select(SignInSession)).all()
        assert token.encode() not in row.digest
        assert row.expires_at - row.created_at == timedelta(hours=12)


def test_a_session_ends_by_itself(person, sign_in):
    person()
    browser, _ = sign_in()
    with clock.frozen(clock.now() + timedelta(hours=12, seconds=1)):
        assert browser.get("/account").status == 303


def test_ten_failures_lock_the_address_for_a_while_known_or_not(person, sign_in, app, tenant):
    person()
    for address in ("ama@example.org", "nobody@example.org"):
        client = app.test_client()
        for attempt in range(11):
            browser = Browser(client, f"http://{tenant.host}")
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{attempt}"
            _, page = sign_in(address, "wrong password", browser=browser)
            assert page.status == (422 if attempt < 10 else 429)
        assert int(page.response.headers["Retry-After"]) > 0
        _, page = sign_in(address, PASSWORD, browser=browser)
        assert page.status == 429
    with clock.frozen(clock.now() + timedelta(minutes=15, seconds=1)):
        assert sign_in()[1].status == 200


def test_ten_failures_lock_where_they_come_from(person, sign_in):
    person()
    for number in range(10):
        assert sign_in(f"guess{number}@example.org")[1].status == 422
    assert sign_in()[1].status == 429


def test_all_addresses_of_one_ipv6_line_count_together(person, sign_in, app, tenant):
    person()
    client = app.test_client()
    browser = Browser(client, f"http://{tenant.host}")
    for number in range(11):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:7::{number:x}"
        _, page = sign_in(f"guess{number}@example.org", browser=browser)
    assert page.status == 429
    client.environ_base["REMOTE_ADDR"] = "2001:db8:0:8::1"
    assert sign_in(browser=browser)[1].status == 200


def test_successes_fill_no_counter(person, sign_in):
    person()
    for _ in range(12):
        assert sign_in()[1].status == 200


def test_a_success_clears_the_failures_before_it(person, sign_in, inside):
    person()
    for _ in range(5):
        sign_in(password="wrong password")
    sign_in()
    with inside():
        for _ in range(ADDRESS_LIMIT.attempts):
            limits.count(ADDRESS_LIMIT, "ama@example.org")


def test_a_disabled_account_is_refused_like_an_unknown_one(person, closed, sign_in):
    closed(person())
    assert sign_in()[1].errors == [WRONG]


def test_an_account_without_a_password_cannot_sign_in(factory, sign_in):
    factory.actor(address="invited@example.org")
    for password in ("nobody has this password", "None", "some password"):
        assert sign_in("invited@example.org", password)[1].errors == [WRONG]


def test_an_account_of_another_network_is_unknown(person, sign_in, make_tenant, app):
    person()
    other = Browser.at(app, make_tenant().host)
    assert sign_in(browser=other)[1].errors == [WRONG]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/account/profile", "/account/profile"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_sign_in_leads_on_within_this_host_only(person, browser_for, asked, given):
    person()
    browser = browser_for()
    page = browser.get("/sign-in", query_string={"next": asked})
    form, _ = page.form("Sign in")
    token = next(e.get("value") for e in form.iter() if e.get("name") == "csrf_token")
    answer = browser.post(
        "/sign-in",
        query_string={"next": asked},
        data={"address": "ama@example.org", "password": PASSWORD, "csrf_token": token},
    )
    assert answer.location == given


def test_a_form_without_csrf_token_signs_nobody_in(person, browser_for):
    person()
    browser = browser_for()
    answer = browser.post("/sign-in", data={"address": "ama@example.org", "password": PASSWORD})
    assert answer.status == 400
    assert browser.get("/account").status == 303


def test_a_hash_of_another_cost_is_renewed_at_sign_in(person, sign_in, app, inside, monkeypatch):
    ama = person()
    monkeypatch.setitem(app.config, "PASSWORD_COST", (2, 16, 1))
    sign_in()
    with inside():
        account = db.session.scalars(select(Account).where(Account.id == ama.account_id)).one()
        assert "$m=16,t=2," in account.password_hash
    assert sign_in()[1].status == 200


def test_the_language_is_chosen_by_a_link_before_sign_in(browser_for):
    browser = browser_for()
    assert 'lang="ar" dir="rtl"' in browser.get("/sign-in", query_string={"language": "ar"}).html
    assert 'lang="ar" dir="rtl"' in browser.get("/sign-in").html
    assert 'lang="ar"' in browser.get("/sign-in", query_string={"language": "xx"}).html
