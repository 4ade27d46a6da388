"""Changing and resetting passwords, changing addresses, ending sessions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.accounts.models import ResetRequest
from kernel.accounts.services import passwords, sessions
from kernel.db import db, scoped
from kernel.errors import DomainError, NotFound
from kernel.identity.models import Account, ApiToken, SignInSession
from kernel.values import clock
from tests.kernel.accounts.conftest import PASSWORD
from tests.pages import Browser

NEW = "another long pass phrase"


def ask(browser, address="ama@example.org"):
    return browser.submit(browser.get("/reset"), "Send the link", address=address)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(
    person, browser_for, mails, sign_in, api_token, inside
):
    ama = person()
    signed_in = browser_for(ama)
    api_token(ama)
    browser = browser_for()
    ask(browser)
    link = mails.link("ama@example.org")
    done = browser.submit(browser.get(link), "Save the password", password=NEW)
    assert done.path == "/sign-in"
    assert signed_in.get("/account").status == 303
    with inside():
        assert db.session.scalars(select(ApiToken)).all() == []
    assert sign_in()[1].status == 422
    assert sign_in(password=NEW)[0].get("/account").status == 200
    assert mails.to("ama@example.org") == ["Choose a new password", "Your password was changed"]


def test_looking_at_a_link_spends_nothing(person, browser_for, mails, sign_in):
    person()
    browser = browser_for()
    ask(browser)
    link = mails.link("ama@example.org")
    for _ in range(3):
        assert browser.get(link).status == 200
    assert browser.client.head(link, base_url=browser.base_url).status_code == 200
    assert sign_in()[0].get("/account").status == 200


def test_a_reset_link_works_once(person, browser_for, mails):
    person()
    browser, thief = browser_for(), browser_for()
    ask(browser)
    link = mails.link("ama@example.org")
    stolen = thief.get(link)
    browser.submit(browser.get(link), "Save the password", password=NEW)
    assert browser.get(link).status == 404
    again = thief.submit(stolen, "Save the password", password="yet another long one")
    assert again.status == 404


def test_of_many_resets_at_once_with_one_link_one_succeeds(person, browser_for, mails, app, tenant):
    person()
    ask(browser_for())
    token = mails.link("ama@example.org").rpartition("/")[2]

    def attempt(number):
        with app.app_context(), scoped(tenant.id):
            try:
                passwords.reset_password(token, f"{NEW} {number}")
                db.session.commit()
            except DomainError:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1


def test_a_poor_new_password_leaves_the_link_unspent(person, browser_for, mails):
    person()
    browser = browser_for()
    ask(browser)
    page = browser.get(mails.link("ama@example.org"))
    refused = browser.submit(page, "Save the password", password="short")
    assert refused.status == 422
    assert browser.submit(refused, "Save the password", password=NEW).path == "/sign-in"


def test_a_reset_link_dies_with_time(person, browser_for, mails):
    person()
    browser = browser_for()
    ask(browser)
    link = mails.link("ama@example.org")
    with clock.frozen(clock.now() + timedelta(hours=2, seconds=1)):
        assert browser.get(link).status == 404


def test_a_reset_link_opens_nothing_at_another_network_or_for_another_purpose(
    person, browser_for, mails, make_tenant, app
):
    person()
    ask(browser_for())
    link = mails.link("ama@example.org")
    token = link.rpartition("/")[2]
    assert Browser.at(app, make_tenant().host).get(link).status == 404
    assert browser_for().get(f"/confirm-address/{token}").status == 404
    assert browser_for().get(f"/invitation/{token}").status == 404
    # The last sign of a signature carries bits that nobody reads; its first has none to spare.
    signed, _, signature = link.rpartition(".")
    forged = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert browser_for().get(f"{signed}.{forged}").status == 404


@pytest.mark.parametrize("address", ["nobody@example.org", "invited@example.org"])
def test_who_has_no_password_gets_no_link_and_the_wish_is_forgotten(
    factory, browser_for, mails, inside, address
):
    factory.actor(address="invited@example.org")
    assert ask(browser_for(), address).path == "/reset/asked"
    assert mails.all() == []
    with inside():
        assert db.session.scalars(select(ResetRequest)).all() == []


def test_the_wish_is_kept_sealed(browser_for, inside):
    ask(browser_for(), "nobody@example.org")
    with inside():
        (wish,) = db.session.scalars(select(ResetRequest)).all()
        assert b"nobody" not in wish.address


def test_asking_again_and_again_is_refused(browser_for):
    browser = browser_for()
    for _ in range(5):
        assert ask(browser, "nobody@example.org").status == 200
    assert ask(browser, "nobody@example.org").status == 429


def test_a_changed_password_ends_other_sessions_and_renews_this_one(
    person, browser_for, sign_in, mails
):
    person()
    elsewhere, _ = sign_in()
    browser, _ = sign_in()
    with browser.client.session_transaction(base_url=browser.base_url) as session:
        before = session["_user_id"]
    page = browser.get("/account/password")
    done = browser.submit(page, "Save", current=PASSWORD, password=NEW)
    assert done.path == "/account"
    with browser.client.session_transaction(base_url=browser.base_url) as session:
        assert session["_user_id"] != before
    assert elsewhere.get("/account").status == 303
    assert sign_in(password=NEW)[0].get("/account").status == 200
    assert mails.to("ama@example.org") == ["Your password was changed"]


def test_changing_needs_the_present_password(person, browser_for):
    browser = browser_for(person())
    page = browser.get("/account/password")
    refused = browser.submit(page, "Save", current="a wrong one", password=NEW)
    assert refused.errors == ["This is not your present password. Enter it again."]
    assert NEW not in refused.html


def test_guessing_the_present_password_is_limited(person, browser_for):
    browser = browser_for(person())
    for _ in range(10):
        browser.submit(browser.get("/account/password"), "Save", current="wrong", password=NEW)
    page = browser.get("/account/password")
    assert browser.submit(page, "Save", current=PASSWORD, password=NEW).status == 429


def change_address(browser, address="new@example.org", password=PASSWORD):
    page = browser.get("/account/address")
    return browser.submit(page, "Save", address=address, password=password)


def test_an_address_changes_when_the_new_one_confirms_and_the_old_one_is_told(
    person, browser_for, mails, sign_in
):
    browser = browser_for(person())
    change_address(browser)
    assert sign_in()[1].status == 200
    link = mails.link("new@example.org")
    assert "new@example.org" in browser_for().get(link).text
    assert sign_in("new@example.org")[1].status == 422
    browser.submit(browser.get(link), "Confirm")
    assert sign_in("new@example.org")[0].get("/account").status == 200
    assert sign_in("ama@example.org")[1].status == 422
    assert mails.to("ama@example.org") == ["Your mail address was changed"]
    assert browser.get(link).status == 404


def test_changing_the_address_needs_the_password(person, browser_for, mails):
    assert change_address(browser_for(person()), password="a wrong one").status == 422
    assert mails.all() == []


def test_an_address_somebody_has_costs_and_answers_the_same_and_is_refused_at_the_end(
    person, browser_for, mails, queries
):
    person("ben@example.org")
    browser = browser_for(person())
    told = []
    for address in ("warm.up@example.org", "nobody@example.org", "ben@example.org"):
        with queries() as asked:
            answer = change_address(browser, address)
        told.append((asked, answer.path, answer.text))
    assert told[1] == told[2]
    assert told[2][1] == "/account"
    page = browser.get(mails.link("ben@example.org"))
    assert browser.submit(page, "Confirm").status == 422


def test_a_confirmation_link_dies_when_the_password_changes(person, browser_for, mails, inside):
    ama = person()
    browser = browser_for(ama)
    change_address(browser)
    link = mails.link("new@example.org")
    with inside():
        account = db.session.scalars(select(Account).where(Account.id == ama.account_id)).one()
        account.password_hash = "$changed"
    assert browser.get(link).status == 404


def test_a_new_address_cannot_bring_a_header_along(person, browser_for, mails):
    browser = browser_for(person())
    refused = change_address(browser, "new@example.org\r\nBcc: victim@example.org")
    assert refused.status == 422
    assert mails.all() == []


def test_other_sessions_are_listed_and_ended(person, sign_in):
    person()
    elsewhere, _ = sign_in()
    browser, _ = sign_in()
    page = browser.get("/account")
    browser.submit(page, "End")
    assert elsewhere.get("/account").status == 303
    assert browser.get("/account").status == 200
    third, _ = sign_in()
    browser.submit(browser.get("/account"), "End all others")
    assert third.get("/account").status == 303
    assert browser.get("/account").status == 200


def test_nobody_ends_the_session_of_somebody_else(person, sign_in, inside):
    person()
    ben = person("ben@example.org")
    browser, _ = sign_in()
    with inside():
        sign_in_session_id = db.session.scalar(select(SignInSession.id))
        with pytest.raises(NotFound):
            sessions.revoke(ben, sign_in_session_id)
    assert browser.get("/account").status == 200


def test_details_are_changed_and_two_at_once_are_told(person, browser_for):
    browser = browser_for(person())
    first, second = browser.get("/account/profile"), browser.get("/account/profile")
    saved = browser.submit(first, "Save", name="Ama Kofi", language="fr", time_zone="Africa/Accra")
    assert "Ama Kofi" in saved.text
    assert 'lang="fr"' in browser.get("/account").html
    assert browser.submit(second, "Save", name="Ama Mensah").status == 409


def test_the_menu_changes_language_and_theme(person, browser_for):
    browser = browser_for(person())
    page = browser.get("/account")
    assert browser.submit(page, "العربية").status == 200
    assert 'dir="rtl"' in browser.get("/account").html
    dark = next(b for b in page.form("Dark")[0].iter("button") if b.get("value") == "dark")
    assert dark.get("name") == "theme"
    browser.submit(page, "Dark")
    assert 'data-theme="dark"' in browser.get("/account").html
