"""The addresses by which topics are answered and opened."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kernel.db import db
from kernel.values import clock
from network.replies import rules, service
from network.replies.models import ReplyToken
from network.replies.queries import token_by_text
from network.topics import service as topics
from tests.factories.network import make_group, make_topic


@pytest.fixture
def topic(inside, cast):
    with inside():
        return make_topic(cast.member, cast.private)


def later(monkeypatch, **by):
    """Move the clock."""
    moment = clock.now() + timedelta(**by)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_person_has_one_address_for_a_topic_however_often_it_is_asked_for(
    inside, tenant, cast, topic
):
    with inside():
        first = service.reply_address(cast.chair.person_id, topic.id)
    with inside():
        assert service.reply_address(cast.chair.person_id, topic.id) == first
        assert re.fullmatch(rf"reply\+[a-z2-7]{{24}}@reply\.{re.escape(tenant.host)}", first)
        assert service.reply_address(cast.member.person_id, topic.id) != first


def test_the_database_holds_the_digest_of_a_token_and_not_the_token(inside, cast, topic):
    with inside():
        address = service.reply_address(cast.chair.person_id, topic.id)
        token = rules.token_in(address.partition("@")[0])
        row = token_by_text(token.upper())
        assert (row.person_id, row.topic_id) == (cast.chair.person_id, topic.id)
        kept = db.session.execute(select(*ReplyToken.__table__.c)).one()
        assert token not in repr(kept)


def test_many_addresses_cost_as_many_statements_as_one(inside, factory, queries, topic):
    people = [factory.actor().person_id for _ in range(5)]
    with inside():
        with queries() as for_one:
            service.reply_addresses(topic.id, people[:1])
        with queries() as for_others:
            made = service.reply_addresses(topic.id, people)
    assert len(set(made.values())) == 5
    assert len(for_others) <= len(for_one)


def test_an_address_is_replaced_long_before_it_expires_and_stays_good_until_then(
    inside, cast, topic, monkeypatch
):
    with inside():
        old = service.reply_address(cast.chair.person_id, topic.id)
    later(monkeypatch, days=89)
    with inside():
        assert service.reply_address(cast.chair.person_id, topic.id) == old
    later(monkeypatch, days=2)
    with inside():
        new = service.reply_address(cast.chair.person_id, topic.id)
        assert new != old
        still = token_by_text(rules.token_in(old.partition("@")[0]))
        assert still.expires_at > clock.now() + timedelta(days=80)


def test_an_address_made_under_an_older_key_is_told_while_the_key_is_kept(
    app, inside, cast, topic, monkeypatch
):
    with inside():
        old = service.reply_address(cast.chair.person_id, topic.id)
    keys = app.config["KEYS"]
    monkeypatch.setitem(app.config, "KEYS", ["another-key-0123456789abcdef0123", *keys])
    with inside():
        assert service.reply_address(cast.chair.person_id, topic.id) == old
    monkeypatch.setitem(app.config, "KEYS", ["another-key-0123456789abcdef0123"])
    with inside():
        assert service.reply_address(cast.chair.person_id, topic.id) != old
        assert token_by_text(rules.token_in(old.partition("@")[0])) is not None


def test_tokens_are_forgotten_a_year_after_they_expired(inside, cast, topic, monkeypatch):
    with inside():
        service.reply_address(cast.chair.person_id, topic.id)
    for days, left in ((180 + 364, 1), (2, 0)):
        later(monkeypatch, days=days)
        with inside():
            service.forget_expired()
            assert db.session.scalar(select(func.count()).select_from(ReplyToken)) == left


def test_there_are_no_addresses_where_no_mail_comes_in(app, inside, cast, topic, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_IN_DOMAIN", "")
    with inside():
        assert service.reply_address(cast.chair.person_id, topic.id) is None
        assert service.group_address(cast.open.id) is None


def test_a_group_made_before_mail_comes_in_has_its_address_once_it_does(
    app, inside, cast, monkeypatch
):
    with monkeypatch.context() as without:
        without.setitem(app.config, "MAIL_IN_DOMAIN", "")
        with inside():
            group = make_group(cast.administrator, cast.chair, name="Inks", visibility="open")
    with inside():
        assert service.group_address(group.id).startswith("inks@")


def test_an_open_group_has_a_readable_address_that_it_keeps(inside, tenant, cast):
    with inside():
        address = service.group_address(cast.open.id)
        assert address == f"small-states@reply.{tenant.host}"
        assert service.group_address(cast.open.id) == address


def test_nobody_guesses_the_address_of_a_group_that_is_not_open_to_all(inside, tenant, cast):
    with inside():
        address = service.group_address(cast.private.id)
    assert re.fullmatch(rf"voter-registration-\w{{8}}@reply\.{re.escape(tenant.host)}", address)


def test_two_groups_never_share_an_address(inside, cast):
    with inside():
        other = make_group(
            cast.administrator, cast.chair, name="Small: states!", visibility="open", joining="open"
        )
        first, second = service.group_address(cast.open.id), service.group_address(other.id)
    assert first.startswith("small-states@")
    assert re.match(r"small-states-\w{8}@", second)


@pytest.mark.parametrize(
    ("name", "local_part"),
    [
        ("Pacific and small states", "pacific-and-small-states"),
        ("Évaluation & règles", "evaluation-regles"),
        ("  2027 — Results  ", "2027-results"),
        ("فريق التسجيل", "group"),
        ("Postmaster", "group"),
        ("Reply", "group"),
        ("A very long name of a group that goes on and on", "a-very-long-name-of-a-group-that-goes-on"),
    ],
)  # fmt: skip
def test_the_local_part_of_a_group_is_readable(name, local_part):
    assert rules.slug(name) == local_part


@pytest.mark.parametrize(
    ("local_part", "token"),
    [
        ("reply+abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwx"),
        ("Reply+ABCDEFGHIJKLMNOPQRSTUVWX", "abcdefghijklmnopqrstuvwx"),
        ("reply+abc", None),
        ("reply+abcdefghijklmnopqrstuvw1", None),
        ("abcdefghijklmnopqrstuvwx", None),
        ("small-states", None),
        ("reply+", None),
    ],
)
def test_only_a_whole_token_is_read_from_a_local_part(local_part, token):
    assert rules.token_in(local_part) == token


def test_the_api_tells_who_may_write_where_she_writes_by_mail(inside, cast, topic, api_for):
    group, own = f"/groups/{cast.private.id}/mail-address", f"/topics/{topic.id}/mail-address"
    with inside():
        expected = service.group_address(cast.private.id)
    for actor in (cast.member, cast.chair):
        api = api_for(actor)
        assert api.get(group).json == {"address": expected}
        with inside():
            hers = service.reply_address(actor.person_id, topic.id)
        assert api.post(own).json == {"address": hers}
    stranger = api_for(cast.stranger)
    assert stranger.get(group).json == {"address": None}
    assert stranger.post(own).status_code == 404
    with inside():
        topics.close_topic(cast.chair, topic.id)
    assert api_for(cast.member).post(own).json == {"address": None}


def test_without_mail_in_the_api_tells_no_address(app, cast, topic, api_for, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_IN_DOMAIN", "")
    api = api_for(cast.member)
    assert api.get(f"/groups/{cast.private.id}/mail-address").json == {"address": None}
    assert api.post(f"/topics/{topic.id}/mail-address").json == {"address": None}
