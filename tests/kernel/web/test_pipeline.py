"""Every request: tenant, visitor, permission, view, one commit."""

import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask, Response, request
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from kernel.db import db
from kernel.errors import NotNow
from kernel.identity.models import Person
from kernel.web import PUBLIC, SIGNED_IN, Api, Pages, actor, register
from kernel.web.app import create_app
from tests.pages import Browser

pages = Pages("probe", __name__, url_prefix="/probe")
api = Api("probe", __name__, url_prefix="/probe", description="For tests.")


def plain(text):
    return Response(text, mimetype="text/plain")


@pages.page("/public", permission=PUBLIC)
def public():
    return plain("open")


@pages.page("/mine", permission=SIGNED_IN)
def mine():
    return plain(actor().name)


@pages.page("/admin", permission="kernel:audit:see")
def admin():
    return plain("trail")


@pages.page("/csrf", permission=SIGNED_IN)
def token():
    return plain(generate_csrf())


@pages.action("/person", permission=SIGNED_IN)
def add_person():
    name = request.form["name"]
    db.session.add(Person(name=name, sort_key=name))
    db.session.flush()
    if name == "refuse":
        raise NotNow("no")
    return "", 303, {"Location": "/probe/mine"}


@pages.action("/late", permission=SIGNED_IN)
def keep_late():
    read.append(request.files["file"].read())
    if len(read) < 2:
        raise StaleDataError("somebody saved meanwhile")
    return "", 303, {"Location": "/probe/mine"}


read: list[bytes] = []


pages.add_url_rule("/undeclared", view_func=lambda: "secret", endpoint="undeclared")


quiet = Pages("quiet", __name__, url_prefix="/quiet", known_to="kernel:members:see")


@quiet.page("/", permission="kernel:audit:see")
def quiet_page():
    return plain("trail")


@api.endpoint("/person", permission=SIGNED_IN, method="POST")
def api_person():
    db.session.add(Person(name="api", sort_key="api"))
    return {"name": "api"}, 201


@pytest.fixture(scope="module")
def probe(app_config) -> Flask:
    module = SimpleNamespace(init_module=lambda app: register(app, pages, quiet, api))
    return create_app([module], app_config)


@pytest.fixture
def visit(probe, tenant):
    return lambda actor=None, host=tenant.host: Browser.at(probe, host, actor)


def test_who_saves_a_moment_later_starts_again_with_the_whole_file(visit, factory):
    browser = visit(factory.actor())
    csrf = browser.get("/probe/csrf").html
    data = {
        "file": (BytesIO(b"all of it"), "file.txt"),
        "csrf_token": csrf,
        "_key": str(uuid.uuid4()),
    }
    assert browser.post("/probe/late", data=data).status == 303
    assert read == [b"all of it", b"all of it"]


def people(inside, name):
    with inside():
        return db.session.scalar(select(func.count()).where(Person.name == name))


def test_unknown_host_gets_a_neutral_404(visit):
    page = visit(host="nobody.example.org").get("/probe/public")
    assert page.status == 404
    assert page.response.data == b"Not found\n"


def test_public_page_needs_no_account(visit):
    assert visit().get("/probe/public").response.data == b"open"


def test_signed_in_page_knows_its_visitor(visit, factory):
    assert visit(factory.actor("Ama Fictional")).get("/probe/mine").html == "Ama Fictional"


def test_cookie_of_another_network_opens_nothing(visit, factory, make_tenant, probe):
    visitor = factory.actor()
    stolen = visit(visitor)
    with stolen.client.session_transaction(base_url=stolen.base_url) as session:
        token = session["_user_id"]
    other = Browser.at(probe, make_tenant().host)
    with other.client.session_transaction(base_url=other.base_url) as session:
        session["_user_id"] = token
    assert other.client.get("/probe/csrf", base_url=other.base_url).status_code != 200
    assert stolen.get("/probe/mine").status == 200


def test_permission_is_refused_without_the_role(visit, factory):
    assert visit(factory.actor()).get("/probe/admin").status == 403
    administrator = factory.actor(roles=["network_administrator"])
    assert visit(administrator).get("/probe/admin").status == 200


def test_page_known_to_some_does_not_exist_for_others(visit, factory):
    applicant = factory.actor(organisation=factory.organisation(membership="applied"))
    assert visit(applicant).get("/quiet/").status == 404
    assert visit(factory.actor()).get("/quiet/").status == 403
    assert visit(factory.actor(roles=["network_administrator"])).get("/quiet/").status == 200


def test_undeclared_route_opens_to_nobody(visit, factory):
    administrator = factory.actor(roles=["network_administrator"])
    assert visit(administrator).get("/probe/undeclared").status == 403


def post(browser, name, key=None):
    csrf = browser.get("/probe/csrf").html
    data = {"name": name, "csrf_token": csrf, "_key": key or str(uuid.uuid4())}
    return browser.post("/probe/person", data=data)


def test_a_view_is_committed_once_it_returns(visit, factory, inside):
    assert post(visit(factory.actor()), "kept").status == 303
    assert people(inside, "kept") == 1


def test_a_refused_view_leaves_nothing(visit, factory, inside):
    assert post(visit(factory.actor()), "refuse").status == 422
    assert people(inside, "refuse") == 0


def test_a_form_sent_twice_works_once(visit, factory, inside):
    browser, key = visit(factory.actor()), str(uuid.uuid4())
    answers = [post(browser, "twice", key) for _ in range(2)]
    assert [a.status for a in answers] == [303, 303]
    assert answers[1].location == answers[0].location
    assert people(inside, "twice") == 1


def test_something_else_sent_from_the_same_page_is_not_taken_for_a_repetition(
    visit, factory, inside
):
    browser, key = visit(factory.actor()), str(uuid.uuid4())
    answers = [post(browser, name, key) for name in ("first", "went back", "went back")]
    assert [answer.status for answer in answers] == [303, 303, 303]
    assert (people(inside, "first"), people(inside, "went back")) == (1, 1)


def test_a_form_without_csrf_token_is_refused(visit, factory, inside):
    browser = visit(factory.actor())
    assert browser.post("/probe/person", data={"name": "forged"}).status == 400
    assert people(inside, "forged") == 0


def test_api_knows_no_cookies(visit, factory):
    answer = visit(factory.actor()).post("/api/v1/probe/person", json={})
    assert answer.status == 401
    assert answer.response.mimetype == "application/problem+json"


def test_a_refusal_of_the_shell_has_the_code_of_a_services(browser_for, factory, api_token):
    headers = {"Authorization": f"Bearer {api_token(factory.actor())}"}
    for path, status, code in [
        ("/api/v1/nowhere", 404, "not-found"),
        ("/api/v1/settings", 403, "forbidden"),
    ]:
        answer = browser_for().get(path, headers=headers)
        assert (answer.status, answer.response.json["code"]) == (status, code)


def test_api_call_repeated_with_its_key_works_once(visit, factory, inside, api_token):
    browser = visit()
    headers = {
        "Authorization": f"Bearer {api_token(factory.actor())}",
        "Idempotency-Key": str(uuid.uuid4()),
    }
    answers = [browser.post("/api/v1/probe/person", json={}, headers=headers) for _ in range(2)]
    assert [a.status for a in answers] == [201, 201]
    assert answers[0].response.json == answers[1].response.json
    assert people(inside, "api") == 1


def test_signed_in_page_costs_one_query(visit, factory, queries):
    browser = visit(factory.actor())
    with queries() as seen:
        browser.get("/probe/mine")
    about_visitor = [s for s in seen if "sign_in_session" in s]
    assert len(about_visitor) == 1
    assert all("tenant" in s for s in seen if s not in about_visitor)
