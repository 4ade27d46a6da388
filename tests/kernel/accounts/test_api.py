"""The JSON API of accounts, and the tokens that open it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.accounts.services import tokens
from kernel.db import db
from kernel.errors import NotFound, Refused
from kernel.identity.models import ApiToken
from kernel.values import clock
from kernel.web import limits
from tests.pages import Browser


@pytest.fixture
def emb(factory):
    return factory.organisation("Electoral Commission of Ghana", country="GH")


@pytest.fixture
def focal_point(factory, emb):
    return factory.actor("Efua Fictional", organisation=emb, roles=["focal_point"])


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


SCOPES = ("kernel:members:see", "kernel:own:use")


def make_token(browser, scopes=SCOPES, days="90"):
    page = browser.get("/account/tokens/new")
    made = browser.submit(page, "Save", name="Reports", days=days, scopes=list(scopes))
    found = re.search(r"comitia_[A-Za-z0-9_-]+", made.html)
    return made, found and found.group()


def test_a_token_is_shown_once_and_opens_what_it_is_for(focal_point, browser_for, inside):
    browser = browser_for(focal_point)
    _, token = make_token(browser)
    assert token not in browser.get("/account").html
    me = browser_for().get("/api/v1/me", headers=bearer(token)).response.json
    assert me["name"] == "Efua Fictional"
    assert me["permissions"] == [*SCOPES]
    with inside():
        row = db.session.scalars(select(ApiToken)).one()
        assert token.encode() not in row.digest


def test_what_a_token_may_do_is_said_in_words(focal_point, browser_for):
    browser = browser_for(focal_point)
    form = browser.get("/account/tokens/new")
    assert "See the members of the network" in form.text
    assert "kernel:members:see" in form.text
    make_token(browser)
    page = browser.get("/account")
    assert "See the members of the network" in page.text
    assert "kernel:members:see" not in page.text


def test_a_token_does_not_reach_beyond_its_scopes(focal_point, emb, browser_for):
    _, token = make_token(browser_for(focal_point))
    path = f"/api/v1/organisations/{emb.id}/invitations"
    assert browser_for().get(path, headers=bearer(token)).status == 403


def test_a_token_for_one_thing_does_not_act_in_what_is_its_makers_own(focal_point, browser_for):
    _, token = make_token(browser_for(focal_point), scopes=["kernel:members:see"])
    program = browser_for()
    assert program.get("/api/v1/members", headers=bearer(token)).status == 200
    for path in ("me", "me/tokens", "search?q=ink", "training/applications"):
        assert program.get(f"/api/v1/{path}", headers=bearer(token)).status == 403, path


def test_a_token_at_another_network_is_unknown(focal_point, browser_for, make_tenant, app):
    _, token = make_token(browser_for(focal_point))
    other = Browser.at(app, make_tenant().host)
    answer = other.get("/api/v1/me", headers=bearer(token))
    assert answer.status == 401
    assert answer.response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_dies_on_its_day_and_when_it_is_revoked(focal_point, browser_for):
    browser, program = browser_for(focal_point), browser_for()
    _, token = make_token(browser, days="1")
    with clock.frozen(clock.now() + timedelta(days=1, seconds=1)):
        assert program.get("/api/v1/me", headers=bearer(token)).status == 401
    assert program.get("/api/v1/me", headers=bearer(token)).status == 200
    browser.submit(browser.get("/account"), "Revoke")
    assert program.get("/api/v1/me", headers=bearer(token)).status == 401


@pytest.mark.parametrize("days", ["0", "366", "", "many"])
def test_a_token_has_an_end(focal_point, browser_for, days):
    page, token = make_token(browser_for(focal_point), days=days)
    assert page.status == 422
    assert token is None


def test_a_program_that_asks_too_fast_is_held_back(
    focal_point, browser_for, api_token, monkeypatch
):
    monkeypatch.setattr(limits, "API_LIMIT", replace(limits.API_LIMIT, attempts=3))
    headers = bearer(api_token(focal_point))
    for _ in range(3):
        assert browser_for().get("/api/v1/me", headers=headers).status == 200
    answer = browser_for().get("/api/v1/me", headers=headers)
    assert answer.status == 429
    assert int(answer.response.headers["Retry-After"]) > 0
    assert answer.response.mimetype == "application/problem+json"


def test_a_token_gets_no_permission_its_maker_lacks(focal_point, browser_for, inside):
    page, token = make_token(browser_for(focal_point), scopes=["kernel:roles:manage"])
    assert page.status == 422
    assert token is None
    with inside(), pytest.raises(Refused, match="at least one"):
        tokens.create(focal_point, name="x", scopes=[], days=1)


def test_a_cookie_opens_no_api_and_a_token_no_page(focal_point, browser_for, api_token):
    assert browser_for(focal_point).get("/api/v1/me").status == 401
    stranger = browser_for()
    assert stranger.get("/account", headers=bearer(api_token(focal_point))).status == 303


def test_tokens_are_listed_and_revoked_by_their_owner_only(
    focal_point, factory, browser_for, api_token, inside
):
    token, program = api_token(focal_point), browser_for()
    (listed,) = program.get("/api/v1/me/tokens", headers=bearer(token)).response.json
    assert listed["name"] == "test"
    assert "digest" not in listed
    other = bearer(api_token(factory.actor()))
    path = f"/api/v1/me/tokens/{listed['id']}"
    with inside(), pytest.raises(NotFound):
        tokens.revoke(factory.actor(), listed["id"])
    assert program.client.delete(path, headers=other, base_url=program.base_url).status_code == 404
    gone = program.client.delete(path, headers=bearer(token), base_url=program.base_url)
    assert gone.status_code == 204
    assert program.get("/api/v1/me", headers=bearer(token)).status == 401


def test_invitations_go_through_the_same_rules(focal_point, emb, browser_for, api_token, mails):
    headers, program = bearer(api_token(focal_point)), browser_for()
    path = f"/api/v1/organisations/{emb.id}/invitations"
    body = {"name": "Kofi Fictional", "address": "Kofi@Example.org", "role": "member"}
    made = program.post(path, json=body, headers=headers)
    assert made.status == 201
    assert made.response.json["address"] == "kofi@example.org"
    assert mails.to("kofi@example.org") == [
        "Invitation to " + mails.all()[0]["From"].addresses[0].display_name
    ]
    (listed,) = program.get(path, headers=headers).response.json
    assert listed["state"] == "invited"
    refused = program.post(path, json={**body, "role": "emb_administrator"}, headers=headers)
    assert refused.status == 422
    assert list(refused.response.json["errors"]) == ["role"]
    bad = program.post(path, json={"name": "", "address": "nonsense"}, headers=headers)
    assert set(bad.response.json["errors"]) == {"name", "address", "role"}
    gone = program.client.delete(
        f"/api/v1/invitations/{listed['id']}", headers=headers, base_url=program.base_url
    )
    assert gone.status_code == 204
    assert program.get(path, headers=headers).response.json == []


def test_programs_change_the_details_of_their_own_person_on_the_version_they_read(
    app, tenant, focal_point, api_token
):
    client, options = app.test_client(), {"base_url": f"http://{tenant.host}"}
    options["headers"] = bearer(api_token(focal_point))
    read = client.get("/api/v1/me", **options)
    typed = {"name": "Efua Renamed", "language": "fr", "time_zone": "Africa/Accra", "theme": "dark"}
    assert client.put("/api/v1/me", json=typed, **options).status_code == 428
    options["headers"]["If-Match"] = read.headers["ETag"]
    changed = client.put("/api/v1/me", json=typed, **options)
    assert {name: changed.json[name] for name in typed} == typed
    assert client.put("/api/v1/me", json=typed, **options).status_code == 409
    options["headers"]["If-Match"] = changed.headers["ETag"]
    assert client.put("/api/v1/me", json=typed | {"name": ""}, **options).status_code == 422
    assert client.put("/api/v1/me", json=typed, **options).status_code == 200


def test_programs_send_an_invitation_again_and_the_earlier_one_is_gone(
    app, tenant, focal_point, emb, api_token
):
    client, options = app.test_client(), {"base_url": f"http://{tenant.host}"}
    options["headers"] = bearer(api_token(focal_point))
    path = f"/api/v1/organisations/{emb.id}/invitations"
    invited = {"name": "Ana Fictional", "address": "ana@example.org", "role": "member"}
    first = client.post(path, json=invited | {"job_title": "Clerk"}, **options)
    again = client.post(f"/api/v1/invitations/{first.json['id']}/resend", **options)
    assert again.status_code == 201
    assert again.json["id"] != first.json["id"]
    assert {name: again.json[name] for name in invited} == invited
    listed = client.get(path, **options).json
    assert [one["id"] for one in listed] == [again.json["id"]]
    gone = client.post(f"/api/v1/invitations/{first.json['id']}/resend", **options)
    assert gone.status_code in (404, 409, 422)
