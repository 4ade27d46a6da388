"""Whoever tries to change what is not theirs to change is on the trail."""

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.web import refusals
from kernel.web.limits import Limit


@pytest.fixture
def member(factory):
    return factory.actor("Mere Fictional")


@pytest.fixture
def refused(inside):
    def entries():
        with inside():
            return db.session.execute(
                select(AuditEntry.actor_id, AuditEntry.object_id).where(
                    AuditEntry.action == "request.refused"
                )
            ).all()

    return entries


def put(app, tenant, token):
    return app.test_client().put(
        "/api/v1/settings",
        json={},
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_a_refused_change_is_on_the_trail(app, tenant, member, api_token, refused):
    assert put(app, tenant, api_token(member)).status_code == 403
    assert refused() == [(member.person_id, "api_settings.put_settings")]


def test_a_page_one_may_not_see_leaves_no_entry(browser_for, member, refused):
    assert browser_for(member).get("/admin/audit").status == 403
    assert refused() == []


def test_a_stranger_leaves_no_entry(app, tenant, refused):
    assert put(app, tenant, "none").status_code == 401
    assert refused() == []


def test_refusals_without_end_do_not_fill_the_trail(
    app, tenant, member, api_token, refused, monkeypatch
):
    monkeypatch.setattr(refusals, "KEPT", Limit("refusal", 2, refusals.KEPT.window))
    token = api_token(member)
    assert {put(app, tenant, token).status_code for _ in range(4)} == {403}
    assert len(refused()) == 2
