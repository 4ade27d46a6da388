"""Guests: they read and write in the group they are guests of until their time is over."""

import pytest

from kernel.db import db, scoped
from kernel.search import search
from kernel.values import clock
from network.groups import queries
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.lists import topic_page
from tests.factories.network import make_group, make_guest, make_topic


@pytest.fixture
def group(inside, administrator, chair):
    with inside():
        return make_group(administrator, chair, name="Voter registration")


@pytest.fixture
def guest(inside, factory, chair, group):
    with inside():
        person_id = make_guest(chair, group)
    return factory.reload(person_id)


def test_a_guest_reads_her_group_and_no_other_not_even_an_open_one(
    inside, administrator, chair, group, guest
):
    with inside():
        for visibility in ("open", "private", "secret"):
            make_group(administrator, chair, visibility=visibility)
        assert [row.group.id for row in queries.groups_listed(guest)] == [group.id]
        assert [row.id for row in queries.groups_read_by(guest)] == [group.id]


def test_a_guest_writes_and_is_shown_as_one(inside, browser_for, chair, group, guest):
    with inside():
        topic = make_topic(chair, group)
        topics.reply(guest, topic.id, body="It does.", language="en")
        make_topic(guest, group, title="Thumb or finger?")
        db.session.flush()
        assert [row.former for row in topic_queries.posts_of(chair, topic.id)] == [False, False]
        assert {row.title for row in topic_page(chair).topics} == {
            "Indelible ink",
            "Thumb or finger?",
        }
    page = browser_for(chair).get(f"/network/discussions/{topic.id}")
    assert "Gus Guest" in page.text
    assert "Guest" in page.text.replace("Gus Guest", "")


def test_everything_ends_at_the_moment_her_time_is_over(
    app, tenant, inside, browser_for, chair, group, guest
):
    with inside():
        topic = make_topic(chair, group)
    browser = browser_for(guest)
    assert browser.get(f"/network/discussions/{topic.id}").status == 200
    with inside():
        queries.membership_of(group.id, guest.person_id).guest_until = clock.now()
    assert browser.get(f"/network/discussions/{topic.id}").status == 404
    assert browser.get(f"/network/groups/{group.id}").status == 404
    with inside():
        assert guest.person_id not in queries.readers_by_mail(group.id)
        assert queries.groups_written_in(guest) == []
    with app.app_context(), scoped(tenant.id, person=guest.person_id, organisations=()):
        assert search(guest, "tropics") == []
