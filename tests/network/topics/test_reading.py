"""What is new to whom, where one goes on reading, and what a bookmark keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kernel.db import db
from kernel.errors import NotFound
from kernel.values import clock
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.models import Topic
from network.topics.queries import visible_posts
from tests.factories.network import make_topic


def listed(actor, **narrowed):
    db.session.flush()
    return {row.title: row for row in topic_page(actor, **narrowed).topics}


@pytest.fixture
def talk(inside, cast):
    """A topic of the member's with 25 answers of the chair's."""
    with inside():
        topic = make_topic(cast.member, cast.private, "Ink", body="The first")
        for number in range(1, 26):
            service.reply(cast.chair, topic.id, body=f"Answer {number}.", language="en")
    return topic


def test_a_topic_is_new_until_it_is_opened_and_counts_what_came_since(
    browser_for, inside, cast, talk
):
    with inside():
        row = listed(cast.member)["Ink"]
        assert (row.unread, row.new) == (True, 25)
        assert not listed(cast.chair)["Ink"].unread, "who wrote last has read it"
        fresh = make_topic(cast.member, cast.private, "Paper")
        assert (listed(cast.chair)["Paper"].unread, listed(cast.chair)["Paper"].new) == (True, None)
        assert fresh.replies == 0
    browser = browser_for(cast.member)
    browser.get(f"/network/discussions/{talk.id}")
    with inside():
        assert listed(cast.member)["Ink"].new == 6, "twenty posts fill a page"
    browser.get(f"/network/discussions/{talk.id}")
    with inside():
        row = listed(cast.member)["Ink"]
        assert (row.unread, row.new) == (False, None)


def test_a_topic_opens_where_its_reader_goes_on(browser_for, inside, cast, talk):
    browser = browser_for(cast.member)
    assert "The first" in browser.get(f"/network/discussions/{talk.id}").text
    second = browser.get(f"/network/discussions/{talk.id}")
    assert "Answer 25." in second.text
    assert "New since you were here" in second.text
    assert "The first" not in second.text
    with inside():
        service.reply(cast.chair, talk.id, body="One more.", language="en")
    page = browser.get("/network/discussions")
    assert page.links()["1 new"].endswith(f"{talk.id}#new")
    again = browser.get(f"/network/discussions/{talk.id}")
    assert again.html.count('id="new"') == 1
    assert "The first" in browser.get(f"/network/discussions/{talk.id}?page=1").text
    assert "One more." in browser.get(f"/network/discussions/{talk.id}?page=last").text


def test_an_old_topic_that_one_never_opened_is_not_new(inside, cast):
    with inside():
        make_topic(cast.member, cast.private, "Old")
        old = clock.now() - timedelta(days=15)
        db.session.execute(update(Topic).values(last_post_at=old))
        assert not listed(cast.chair)["Old"].unread


def test_a_group_is_marked_as_read_in_one_go(browser_for, inside, cast, talk):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions?group={cast.private.id}")
    assert "New" in page.text
    after = browser.submit(page, "Mark all as read")
    assert "25 new" not in after.text
    with inside():
        assert not listed(cast.member)["Ink"].unread
        with pytest.raises(NotFound):
            service.mark_group_read(cast.stranger, cast.private.id)


def test_reading_never_takes_one_back(inside, cast, talk):
    with inside():
        first, *_, last = visible_posts(talk.id)
        service.mark_read(cast.member, last.id)
        service.mark_read(cast.member, first.id)
        assert not listed(cast.member)["Ink"].unread


def test_a_topic_read_again_writes_nothing(browser_for, cast, talk, queries):
    browser = browser_for(cast.member)
    for _ in range(2):
        browser.get(f"/network/discussions/{talk.id}")
    with queries() as seen:
        browser.get(f"/network/discussions/{talk.id}")
    assert not [sql for sql in seen if sql.startswith("INSERT")]


def test_bookmarks_are_ones_own_and_end_with_sight_of_the_post(
    browser_for, api_for, inside, cast, talk
):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{talk.id}")
    with inside():
        post = queries.first_post_id(talk.id)
        service.set_bookmark(cast.member, post)
        service.set_bookmark(cast.member, post)
    assert "The first" in browser.get("/network/discussions/bookmarks").text
    assert "No bookmarks yet" in browser_for(cast.chair).get("/network/discussions/bookmarks").text
    assert len(api_for(cast.member).get("/topics/bookmarks").json["bookmarks"]) == 1
    assert "Remove the bookmark" in browser.get(page.path + "?page=1").text
    with inside():
        service.remove_post(cast.member, post)
    assert api_for(cast.member).get("/topics/bookmarks").json["bookmarks"] == []
    assert api_for(cast.stranger).open("PUT", f"/topics/posts/{post}/bookmark").status_code == 404
