"""What protects every answer: its headers, the size of what is taken in, and a fault that tells nothing."""

import uuid
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

import wsgi
from kernel.db import db
from kernel.identity.models import Person
from kernel.web import SIGNED_IN, Api, Pages, register
from kernel.web.app import create_app
from tests.pages import Browser

SECRET = "the ballot of Ama Fictional"
MEGABYTE = 1024 * 1024

pages = Pages("faulty", __name__, url_prefix="/faulty")
api = Api("faulty", __name__, url_prefix="/faulty", description="For tests.")


def _write_and_fail():
    db.session.add(Person(name="Half Written", sort_key="half written"))
    db.session.flush()
    raise RuntimeError(SECRET)


@pages.page("", permission=SIGNED_IN)
def fail_as_page():
    _write_and_fail()


@api.endpoint("", permission=SIGNED_IN, method="POST")
def fail_as_api():
    _write_and_fail()


@pytest.fixture(scope="module")
def faulty(app_config):
    module = SimpleNamespace(init_module=lambda app: register(app, pages, api))
    return create_app([module], app_config)


@pytest.fixture
def headers(api_token, factory):
    administrator = factory.actor(roles=["network_administrator"])
    return {"Authorization": f"Bearer {api_token(administrator)}"}


@pytest.mark.parametrize(
    "path", ["/sign-in", "/", "/nowhere", "/api/v1/me", "/api/v1/openapi.json"]
)
def test_every_answer_carries_every_protecting_header(browser_for, path):
    said = browser_for().get(path).response.headers
    policy = {
        part.split(" ", 1)[0]: part.split(" ", 1)[1]
        for part in said["Content-Security-Policy"].split("; ")
    }
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert said["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"


def test_https_is_asked_for_over_https_alone(browser_for, tenant):
    browser = browser_for()
    assert "Strict-Transport-Security" not in browser.get("/sign-in").response.headers
    secure = browser.client.get("/sign-in", base_url=f"https://{tenant.host}")
    promise = secure.headers["Strict-Transport-Security"]
    assert promise == "max-age=31536000; includeSubDomains"


def test_no_cache_keeps_a_page_of_somebody_signed_in(browser_for, factory):
    mine = browser_for(factory.actor()).get("/account").response.headers
    assert mine["Cache-Control"] == "no-store"
    assert "Cookie" in mine["Vary"]
    assert browser_for().get("/sign-in").response.headers["Cache-Control"] == "no-cache"


def test_a_form_too_large_is_refused_on_a_page(browser_for, app):
    body = b"address=" + b"x" * app.config["MAX_CONTENT_LENGTH"]
    kind = "application/x-www-form-urlencoded"
    page = browser_for().post("/sign-in", data=body, content_type=kind)
    assert page.status == 413
    assert "That is too large" in page.text
    assert "Choose a smaller file" in page.text


def test_a_body_too_large_is_refused_as_a_problem(browser_for, app, headers):
    body = b'{"name": "' + b"x" * app.config["MAX_CONTENT_LENGTH"] + b'"}'
    answer = browser_for().post(
        "/api/v1/organisations/" + str(uuid.uuid4()) + "/invitations",
        data=body,
        content_type="application/json",
        headers=headers,
    )
    assert answer.response.mimetype == "application/problem+json"
    assert (answer.status, answer.response.json["status"]) == (413, 413)


def test_a_body_of_32_megabytes_is_taken_and_no_more(app):
    assert app.config["MAX_CONTENT_LENGTH"] == 32 * MEGABYTE


@pytest.fixture
def nothing_written(inside):
    yield
    with inside():
        assert db.session.scalar(select(func.count()).where(Person.name == "Half Written")) == 0


def test_a_fault_is_a_page_that_tells_nothing_and_leaves_nothing(
    faulty, tenant, factory, nothing_written
):
    with capture_logs() as logs:
        page = Browser.at(faulty, tenant.host, factory.actor()).get("/faulty")
    assert page.status == 500
    assert "Something went wrong on our side" in page.text
    assert SECRET not in page.html
    assert "RuntimeError" not in page.html
    assert "Half Written" not in page.html
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["unexpected"]


def test_a_fault_of_the_api_is_a_problem_that_tells_nothing_and_leaves_nothing(
    faulty, tenant, headers, nothing_written
):
    answer = Browser.at(faulty, tenant.host).post("/api/v1/faulty", json={}, headers=headers)
    assert answer.status == 500
    assert answer.response.mimetype == "application/problem+json"
    said = answer.response.json
    assert (said["status"], said["title"]) == (500, "Something went wrong on our side")
    assert set(said) == {"type", "title", "status", "detail", "code"}
    assert SECRET not in answer.html


@pytest.mark.parametrize("path", ["/dev/mail", "/dev/mail/", "/dev/ui", "/dev/ui/"])
def test_what_is_for_developers_does_not_exist_in_production(app_config, tenant, factory, path):
    live = wsgi.make_app(app_config | {"TESTING": False, "DEMO": False})
    administrator = factory.actor(roles=["network_administrator"])
    browser = Browser.at(live, tenant.host, administrator)
    assert browser.get("/account").status == 200
    assert browser.get(path).status == 404
    assert not [rule for rule in live.url_map.iter_rules() if rule.rule.startswith("/dev/")]


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"text": ' + "1" * 5_000 + "}"], ids=["deep", "long"]
)
def test_a_body_no_program_can_read_is_a_bad_request(browser_for, factory, api_token, body):
    headers = {"Authorization": f"Bearer {api_token(factory.actor())}"}
    answer = browser_for().client.post(
        "/api/v1/feeds",
        data=body,
        headers=headers,
        content_type="application/json",
        base_url=browser_for().base_url,
    )
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_host_name_is_kept_once_however_it_is_written(app, browser_for, tenant):
    client = browser_for().client
    for host in (tenant.host, tenant.host.upper(), tenant.host.title()):
        assert client.get("/sign-in", base_url=f"http://{host}").status_code == 200
    known = app.extensions["comitia_hosts"]._known
    assert [name for name in known if name.lower() == tenant.host] == [tenant.host]
