"""The public page: what a code stands for, in whatever state, and never whose it is."""

import re

import pytest
from flask import template_rendered

from kernel.values import clock
from tests.training.certificates.conftest import FULL
from training.certificates import rules, service
from training.certificates.limits import LOOK_UPS

NAME = "Amina Unmistakable-Fictional"
NOTHING = "2222-3333-4444-5555"


@pytest.fixture
def certificate(workshop_id, register, lock, issued, certificates):
    register(workshop_id, NAME, FULL)
    lock(workshop_id)
    issued(workshop_id)
    return certificates()[0]


@pytest.fixture
def put(inside, officer, certificate):
    """`put("revoked")` brings the certificate into a state and returns its printed code."""
    verbs = {"suspended": service.suspend, "revoked": service.revoke, "superseded": service.replace}

    def act(state):
        if state != "issued":
            with inside():
                verbs[state](officer, certificate.id, reason=f"{NAME} asked", version=1)
        return rules.grouped(certificate.code)

    return act


def look_up(browser, typed):
    """The page one is led to after typing a code into the form."""
    page = browser.submit(browser.get("/verify"), "Verify", code=typed)
    return browser.get(page.location) if page.status == 303 else page


def own_words(html):
    """What a page is made of without what differs by chance: tokens, times, the code asked for."""
    html = re.sub(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", "CODE", html)
    return re.sub(r"<time.*?</time>", "TIME", html)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("issued", "This certificate stands"),
        ("suspended", "This certificate is suspended"),
        ("revoked", "This certificate was revoked"),
        ("superseded", "This certificate was replaced by another one"),
    ],
)
def test_the_page_says_what_a_code_stands_for_and_never_a_name(put, browser_for, state, says):
    page = browser_for().get(f"/verify/{put(state)}")
    assert page.status == 200
    assert says in page.title
    for fact in ("Africa region workshop", "JEP", "Gaborone", "Botswana", "August 2015"):
        assert fact in page.text
    assert "Test Network" in page.text
    for part in NAME.replace("-", " ").split():
        assert part not in page.html


def test_the_page_is_offered_in_the_languages_of_the_network(put, browser_for):
    page = browser_for().get(f"/verify/{put('issued')}")
    french = browser_for().get(page.links()["Français"])
    assert "Gaborone" in french.text
    assert {"English", "العربية"} <= set(french.links())


def test_a_code_of_nothing_gets_another_text_than_a_revoked_ones(put, browser_for):
    revoked = browser_for().get(f"/verify/{put('revoked')}")
    unknown = browser_for().get(f"/verify/{NOTHING}")
    assert "There is no certificate with this code" in unknown.text
    assert "There is no certificate with this code" not in revoked.text
    assert revoked.status == unknown.status == 200


def test_a_code_of_nothing_costs_the_same_queries_and_the_same_template(
    put, browser_for, queries, app
):
    known, browser = put("revoked"), browser_for()
    drawn = []

    def note(_app, template, **_):
        drawn.append(template.name)

    work = []
    with template_rendered.connected_to(note, app):
        for code in (known, NOTHING):
            with queries() as seen:
                browser.get(f"/verify/{code}")
            work.append(seen)
    assert work[0] == work[1]
    mine = [statement for statement in work[0] if "tenant_host" not in statement]
    assert len([each for each in mine if "certificate" in each]) == 1
    assert drawn == ["verify/index.html"] * 2


def test_answers_about_two_codes_of_nothing_are_the_same(browser_for):
    pages = [browser_for().get(f"/verify/{code}") for code in (NOTHING, "9999-8888-7777-6666")]
    assert own_words(pages[0].html) == own_words(pages[1].html)


@pytest.mark.parametrize("dress", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_the_code_may_be_typed_as_one_likes(put, browser_for, dress):
    page = look_up(browser_for(), dress(put("issued")))
    assert "This certificate stands" in page.text


@pytest.mark.parametrize("typed", ["", "   ", "..", "/", "-", "\x00"])
def test_no_code_is_a_problem_that_names_the_field(browser_for, typed):
    page = look_up(browser_for(), typed)
    assert page.status == 422
    assert page.errors == ["Enter the code of the certificate."]
    assert page.title.startswith("Error:")


@pytest.mark.parametrize("typed", ["%00", "<b>x</b>", "a/../b", "é" * 300, "٣" * 20])
def test_whatever_is_typed_is_answered(browser_for, typed):
    page = look_up(browser_for(), typed)
    assert page.status == 200
    assert "There is no certificate with this code" in page.text
    assert "<b>x</b>" not in page.html


@pytest.mark.parametrize(
    ("language", "says", "month"),
    [("fr-FR,fr;q=0.9", "août 2015", "Botswana"), ("ar", "أغسطس 2015", "بوتسوانا")],
)
def test_it_speaks_the_visitors_language(put, browser_for, language, says, month):
    page = browser_for().get(f"/verify/{put('issued')}", headers={"Accept-Language": language})
    assert page.document.get("lang") == language[:2]
    assert page.document.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert says in page.text
    assert month in page.text


def test_a_visitor_who_only_verifies_gets_no_cookie(put, browser_for):
    answer = browser_for().get(f"/verify/{put('issued')}").response
    assert "Set-Cookie" not in answer.headers


def test_looking_up_too_many_codes_is_held_back_page_and_api_together(browser_for, put):
    code, browser = put("issued"), browser_for()
    with clock.frozen(clock.now()):
        for number in range(LOOK_UPS.attempts):
            door = "/verify" if number % 2 else "/api/v1/verify"
            assert browser.get(f"{door}/{code}").status == 200
        assert browser.get(f"/verify/{code}").status == 429
        assert browser.get(f"/api/v1/verify/{NOTHING}").status == 429
    assert "Retry-After" in browser.get(f"/verify/{code}").response.headers


@pytest.mark.parametrize("state", ["issued", "suspended", "revoked", "superseded"])
def test_the_api_tells_the_same_to_anybody(put, browser_for, state):
    answer = browser_for().get(f"/api/v1/verify/{put(state)}")
    told = answer.response.get_json()
    assert (answer.status, told["exists"], told["state"]) == (200, True, state)
    assert told["stands"] is (state == "issued")
    assert told["event"]["held"] == "2015-08"
    assert "Unmistakable" not in answer.response.get_data(as_text=True)


def test_the_api_answers_a_code_of_nothing_with_the_same_status(browser_for):
    answer = browser_for().get(f"/api/v1/verify/{NOTHING}")
    told = answer.response.get_json()
    assert (answer.status, told["exists"], told["stands"]) == (200, False, False)
    assert told["state"] is None
    assert told["event"] is None


def test_another_network_knows_nothing_of_the_code(put, browser_for, make_tenant):
    page = browser_for(host=make_tenant().host).get(f"/verify/{put('issued')}")
    assert "There is no certificate with this code" in page.text
