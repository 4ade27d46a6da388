"""Signed links: one purpose, one tenant, one state of one account."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.accounts import links
from kernel.accounts.links import Purpose
from kernel.db import db, scoped
from kernel.identity.models import Account
from kernel.values import clock

HOUR = timedelta(hours=1)


@pytest.fixture
def account(person, inside):
    person()
    with inside():
        return db.session.scalars(select(Account)).one()


def test_a_link_says_whose_it_is_and_what_it_was_made_for(account, inside):
    with inside():
        claim = links.read(Purpose.ADDRESS, links.sign(Purpose.ADDRESS, account, HOUR, "x@y.org"))
    assert claim == links.Claim(account.id, links.stamp(account, Purpose.ADDRESS), "x@y.org")


def test_a_link_is_read_in_its_own_network_only(account, inside, app, make_tenant):
    with inside():
        token = links.sign(Purpose.RESET, account, HOUR)
    with app.app_context(), scoped(make_tenant().id):
        assert links.read(Purpose.RESET, token) is None


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.RESET])
def test_a_link_of_one_purpose_is_none_of_another(account, inside, purpose):
    with inside():
        assert links.read(purpose, links.sign(Purpose.RESET, account, HOUR)) is None


def test_a_link_ends_when_its_time_is_over(account, inside):
    with inside():
        token = links.sign(Purpose.RESET, account, HOUR)
        with clock.frozen(clock.now() + HOUR):
            assert links.read(Purpose.RESET, token) is None


@pytest.mark.parametrize("token", ["", "x", "a.b", "\u0661.\u0662", "." * 500])
def test_nonsense_is_no_link(inside, token):
    with inside():
        assert links.read(Purpose.RESET, token) is None


@pytest.mark.parametrize(
    "change", [{"password_hash": "$new"}, {"address": "new@example.org"}, {"confirmed_at": None}]
)
def test_the_stamp_changes_with_what_a_link_depends_on(account, change):
    before = links.stamp(account, Purpose.RESET)
    for name, value in change.items():
        setattr(account, name, value)
    assert links.stamp(account, Purpose.RESET) != before


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        ({"password_hash": "$new"}, True),
        ({"confirmed_at": None}, True),
        ({"address": "new@example.org"}, False),
    ],
)
def test_an_invitation_stands_until_the_address_changes(account, change, stands):
    before = links.stamp(account, Purpose.INVITATION)
    for name, value in change.items():
        setattr(account, name, value)
    assert (links.stamp(account, Purpose.INVITATION) == before) is stands


def test_links_survive_a_new_key_and_die_with_the_old_one(account, inside, app, monkeypatch):
    with inside():
        token = links.sign(Purpose.RESET, account, HOUR)
        old = app.config["KEYS"]
        monkeypatch.setitem(app.config, "KEYS", ["a newer key", *old])
        assert links.read(Purpose.RESET, token) is not None
        newer = links.sign(Purpose.RESET, account, HOUR)
        monkeypatch.setitem(app.config, "KEYS", ["a newer key"])
        assert links.read(Purpose.RESET, token) is None
        assert links.read(Purpose.RESET, newer) is not None
