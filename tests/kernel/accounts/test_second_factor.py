"""Two-step sign-in: set up, asked for, spent once, given up."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from kernel.accounts import queries
from kernel.accounts.models import RecoveryCode, TotpEnrolment
from kernel.accounts.services import second_factor, tokens
from kernel.accounts.services import sign_in as signing_in
from kernel.db import db, scoped
from kernel.errors import NotNow
from kernel.identity.models import Account, SignInSession
from kernel.identity.permissions import known_roles
from kernel.values import clock
from kernel.web import PUBLIC
from kernel.web.routes import permission_of
from tests.contracts.routes import is_api
from tests.kernel.accounts.conftest import PASSWORD


@pytest.fixture
def enrolled(person, browser_for):
    """A person with a second factor: her browser, her app's secret, her recovery codes."""

    def make(**options):
        ama = person(**options)
        browser = browser_for(ama)
        page = browser.submit(browser.get("/account/two-step"), "Continue", password=PASSWORD)
        secret = re.search(r"<code dir=\"ltr\">([A-Z2-7 ]+)</code>", page.html)[1].replace(" ", "")
        # The step before this one: the present code stays free for the test.
        code = pyotp.TOTP(secret).at(clock.now() - timedelta(seconds=30))
        done = browser.submit(page, "Turn two-step sign-in on", code=code)
        codes = re.findall(r"<code dir=\"ltr\">([a-z0-9-]+)</code>", done.html)
        return ama, browser, secret, codes

    return make


def now_code(secret):
    return pyotp.TOTP(secret).at(clock.now())


def test_setting_up_shows_a_picture_and_ten_codes_once(enrolled, mails, inside):
    ama, browser, secret, codes = enrolled()
    assert len(codes) == 10
    assert "On" in browser.get("/account").text
    assert "10 recovery codes are left." in browser.get("/account").text
    assert browser.get("/account/two-step/confirm").status == 404
    assert mails.to("ama@example.org") == ["Two-step sign-in is on"]
    with inside():
        account = queries.account_by_id(ama.account_id)
        assert secret.encode() not in account.totp_secret
        kept = db.session.scalars(select(RecoveryCode.digest)).all()
        assert not any(codes[0].encode() in digest for digest in kept)
        assert db.session.scalars(select(TotpEnrolment)).all() == []


def test_the_picture_is_plain_svg_under_the_policy(person, browser_for):
    browser = browser_for(person())
    browser.submit(browser.get("/account/two-step"), "Continue", password=PASSWORD)
    picture = browser.get("/account/two-step/picture.svg")
    assert picture.response.mimetype == "image/svg+xml"
    assert picture.html.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style" not in picture.html
    assert "script" not in picture.html
    assert picture.response.headers["Cache-Control"] == "no-store"


def test_setting_up_needs_the_password(person, browser_for, inside):
    browser = browser_for(person())
    page = browser.submit(browser.get("/account/two-step"), "Continue", password="a wrong one")
    assert page.status == 422
    with inside():
        assert db.session.scalars(select(TotpEnrolment)).all() == []


def test_a_wrong_first_code_turns_nothing_on(person, browser_for, inside):
    ama = person()
    browser = browser_for(ama)
    page = browser.submit(browser.get("/account/two-step"), "Continue", password=PASSWORD)
    refused = browser.submit(page, "Turn two-step sign-in on", code="000000")
    assert refused.status == 422
    with inside():
        assert queries.account_by_id(ama.account_id).totp_secret is None


def test_signing_in_asks_for_the_code_and_opens_nothing_before(enrolled, sign_in, browser_for):
    _, _, secret, _ = enrolled()
    browser, page = sign_in(path="/sign-in?next=/account/profile")
    assert page.title.startswith("Enter your code")
    assert browser.get("/account").status == 303
    done = browser.submit(page, "Continue", code=now_code(secret))
    assert done.path == "/account/profile"
    assert browser.get("/account").status == 200


def test_a_code_works_once(enrolled, sign_in):
    _, _, secret, _ = enrolled()
    code = now_code(secret)
    browser, page = sign_in()
    browser.submit(page, "Continue", code=code)
    replay, page = sign_in()
    assert replay.submit(page, "Continue", code=code).status == 422
    assert replay.get("/account").status == 303


def test_the_code_that_turned_it_on_opens_nothing(enrolled, sign_in):
    with clock.frozen(clock.now()):
        _, _, secret, _ = enrolled()
        spent = pyotp.TOTP(secret).at(clock.now() - timedelta(seconds=30))
        browser, page = sign_in()
        assert browser.submit(page, "Continue", code=spent).status == 422
        assert browser.submit(page, "Continue", code=now_code(secret)).status == 200


def test_a_recovery_code_works_once_however_it_is_typed(enrolled, sign_in):
    _, _, _, codes = enrolled()
    browser, page = sign_in()
    browser.submit(page, "Continue", code=codes[0].upper().replace("-", " "))
    assert "9 recovery codes are left." in browser.get("/account").text
    replay, page = sign_in()
    assert replay.submit(page, "Continue", code=codes[0]).status == 422


def race(app, tenant, account_id, code, attempts=8):
    """How many of many attempts at once with one code succeed."""

    def attempt(_number):
        with app.app_context(), scoped(tenant.id):
            spent = signing_in.spend_code(queries.account_by_id(account_id), code)
            db.session.commit()
            return spent

    with ThreadPoolExecutor(attempts) as pool:
        return sum(pool.map(attempt, range(attempts)))


def test_of_many_attempts_at_once_with_one_code_one_succeeds(enrolled, app, tenant):
    ama, _, secret, codes = enrolled()
    assert race(app, tenant, ama.account_id, now_code(secret)) == 1
    assert race(app, tenant, ama.account_id, codes[0]) == 1


def test_ten_wrong_codes_lock_the_second_step(enrolled, sign_in):
    _, _, secret, _ = enrolled()
    browser, page = sign_in()
    for _ in range(10):
        assert browser.submit(page, "Continue", code="000000").status == 422
    assert browser.submit(page, "Continue", code=now_code(secret)).status == 429


def test_the_ticket_between_the_steps_dies_with_time_and_with_the_password(
    enrolled, sign_in, inside
):
    ama, _, secret, _ = enrolled()
    browser, page = sign_in()
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert browser.submit(page, "Continue", code=now_code(secret)).path == "/sign-in"
    browser, page = sign_in()
    with inside():
        queries.account_by_id(ama.account_id).password_hash = "$changed"
    assert browser.submit(page, "Continue", code=now_code(secret)).path == "/sign-in"


def test_the_ticket_alone_is_not_a_session(enrolled, sign_in, inside):
    ama, _, _, _ = enrolled()
    sign_in()
    with inside():
        found = select(SignInSession).where(SignInSession.account_id == ama.account_id)
        assert len(db.session.scalars(found).all()) == 1


def test_new_recovery_codes_replace_the_old(enrolled):
    _, browser, secret, codes = enrolled()
    page = browser.submit(
        browser.get("/account/two-step/codes"), "Make new codes", code=now_code(secret)
    )
    fresh = re.findall(r"<code dir=\"ltr\">([a-z0-9-]+)</code>", page.html)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    refused = browser.submit(
        browser.get("/account/two-step/off"), "Turn two-step sign-in off", code=codes[1]
    )
    assert refused.status == 422
    assert (
        browser.submit(
            browser.get("/account/two-step/off"), "Turn two-step sign-in off", code=fresh[0]
        ).status
        == 200
    )


def test_turning_off_needs_a_code_and_is_told_by_mail(enrolled, sign_in, mails):
    _, browser, secret, _ = enrolled()
    off = browser.get("/account/two-step/off")
    assert browser.submit(off, "Turn two-step sign-in off", code="000000").status == 422
    browser.submit(off, "Turn two-step sign-in off", code=now_code(secret))
    assert sign_in()[0].get("/account").status == 200
    assert mails.to("ama@example.org")[-1] == "Two-step sign-in is off"


@pytest.fixture
def strict(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_TOTP", True)


@pytest.mark.parametrize("role", ["network_administrator", "planner", "approver"])
def test_a_role_that_needs_it_gets_nowhere_without_it(strict, person, browser_for, api_token, role):
    boss = person(roles=[role])
    browser = browser_for(boss)
    assert browser.get("/account").location == "/account/two-step"
    assert browser.get("/").location == "/account/two-step"
    headers = {"Authorization": f"Bearer {api_token(boss)}"}
    answer = browser_for().get("/api/v1/me", headers=headers)
    assert answer.status == 403
    assert "two-step" in answer.html


def test_whoever_needs_it_and_has_none_opens_nothing_but_its_setting_up(
    strict, app, person, browser_for, api_token
):
    boss = person(roles=["network_administrator", "planner", "approver"])
    browser, headers = browser_for(boss), {"Authorization": f"Bearer {api_token(boss)}"}
    walked = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.arguments
        and permission_of(app, rule.endpoint) != PUBLIC
    ]
    opened = {
        rule.endpoint
        for rule in walked
        if (page := browser.get(rule.rule, headers=headers if is_api(rule) else {})).status < 400
        and page.location != "/account/two-step"
    }
    assert opened == {"accounts.start_second_factor"}
    assert len([rule for rule in walked if is_api(rule)]) > 20


def test_whoever_needs_it_and_has_none_makes_no_token(strict, person, inside):
    boss = person(roles=["network_administrator"])
    with inside(), pytest.raises(NotNow, match="two-step"):
        tokens.create(boss, name="Reports", scopes=["kernel:own:use"], days=1)


def test_a_role_that_needs_it_passes_with_it_and_cannot_turn_it_off(strict, enrolled):
    _, browser, secret, _ = enrolled(roles=["network_administrator"])
    assert browser.get("/account").status == 200
    page = browser.submit(
        browser.get("/account/two-step/off"), "Turn two-step sign-in off", code=now_code(secret)
    )
    assert page.errors == [
        "Your role needs two-step sign-in: it stays on as long as you have that role."
    ]


def test_other_roles_choose_for_themselves(strict, person, browser_for):
    needing = {role.name for role in known_roles().values() if role.needs_totp}
    assert needing == {"network_administrator", "planner", "approver"}
    others = person(roles=sorted(known_roles().keys() - needing))
    assert browser_for(others).get("/account").status == 200


def test_a_second_confirmation_does_not_replace_the_secret(enrolled, inside, app):
    ama, _, _, _ = enrolled()
    with inside():
        before = db.session.scalar(select(Account.totp_secret))
        with pytest.raises(second_factor.Refused, match="on already"):
            second_factor._set_secret(ama, b"another", 1)
        db.session.rollback()
        assert db.session.scalar(select(Account.totp_secret)) == before
