"""What is new to whom, where one goes on reading, and what a bookmark keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kernel.db import db, new_id
from kernel.errors import NotFound
from kernel.values import clock
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.models import Post, Topic
from network.topics.queries import visible_posts
from network.topics.rules import reads_on
from network.topics.service import release_post
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


READ_ON = [
    # (posts read without a gap, the first one shown, whether that goes on), twenty posts to a page.
    (0, 1, True),  # never opened, from the start
    (0, 41, False),  # never opened, straight to the end
    (20, 21, True),  # the next page
    (20, 41, False),  # over a page
    (25, 21, True),  # in the middle of a page
    (15, 21, False),  # five came on the page before
    (45, 1, True),  # looking back
]


@pytest.mark.parametrize(("read", "first", "goes_on"), READ_ON)
def test_one_goes_on_reading_where_nothing_is_left_out(read, first, goes_on):
    assert reads_on(read, first) is goes_on


VISITED = [
    # (pages opened one after the other, the page where one goes on)
    ((), 1),
    ((3,), 1),
    ((1,), 2),
    ((1, 3), 2),
    ((3, 1), 2),
    ((3, 2, 1), 2),
    ((1, 2), 3),
    ((1, 2, 3), 3),
    ((2, 1, 2, 1), 3),
]


def test_looking_at_the_last_page_leaves_what_comes_before_it_unread(
    browser_for, factory, inside, cast
):
    with inside():
        topic = make_topic(cast.member, cast.open, "Long")
        db.session.add_all(post_of(topic, number) for number in range(44))
        db.session.flush()
        topic_id = topic.id
    for pages, goes_on in VISITED:
        reader = factory.actor(f"Reader {len(pages)} Fictional")
        browser = browser_for(reader)
        for page in pages:
            browser.get(f"/network/discussions/{topic_id}?page={page}")
        with inside():
            assert queries.topic_shown_to(reader, topic_id).unread_page == goes_on, pages


def post_of(topic, number):
    """An answer as it is kept, without what answering does beside it."""
    return Post(
        id=new_id(),
        topic_id=topic.id,
        author_id=topic.author_id,
        organisation_id=topic.organisation_id,
        body=f"Answer {number}.",
        language="en",
        via="web",
        message_id=f"{number}@example.org",
    )


def test_a_page_after_a_gap_says_so_and_marks_all_up_to_it_as_read(browser_for, inside, cast, talk):
    browser = browser_for(cast.member)
    with inside():
        service.reply(cast.member, talk.id, body="Mine.", language="en")
        assert listed(cast.member)["Ink"].new == 25, "hers is not among them"
    last = browser.get(f"/network/discussions/{talk.id}?page=last")
    assert last.links()["Go on where you were"] == f"/network/discussions/{talk.id}#new"
    done = browser.submit(last, "Mark all up to here as read")
    assert "Go on where you were" not in done.text
    with inside():
        row = listed(cast.member)["Ink"]
        assert (row.unread, row.new) == (False, None)


def test_an_answer_counts_as_read_with_what_was_read_before_it(inside, cast, talk):
    with inside():
        first = visible_posts(talk.id)[0]
        service.mark_read(cast.member, first.id)
        service.reply(cast.member, talk.id, body="Mine.", language="en")
        assert listed(cast.member)["Ink"].new == 25, "hers is not among them"
        service.mark_read(cast.member, visible_posts(talk.id)[-1].id)
        service.reply(cast.member, talk.id, body="Mine again.", language="en")
        assert not listed(cast.member)["Ink"].unread


def test_a_post_that_waited_is_read_where_it_stands(browser_for, inside, cast, talk):
    browser = browser_for(cast.member)
    with inside():
        early = visible_posts(talk.id)[2]
        early.status = "pending"
    for _ in range(2):
        browser.get(f"/network/discussions/{talk.id}")
    with inside():
        post, topic = db.session.get_one(Post, (early.tenant_id, early.id)), talk.id
        release_post(post, db.session.get_one(Topic, (talk.tenant_id, topic)))
    page = browser.get(f"/network/discussions/{talk.id}")
    assert "Answer 2." in page.text
    assert "New since you were here" in page.text
    with inside():
        assert not listed(cast.member)["Ink"].unread


def test_what_is_marked_as_read_in_a_group_is_read_in_its_topics(browser_for, inside, cast, talk):
    with inside():
        service.mark_group_read(cast.member, cast.private.id)
        service.reply(cast.chair, talk.id, body="Since then.", language="en")
    page = browser_for(cast.member).get(f"/network/discussions/{talk.id}")
    assert "Since then." in page.text
    assert page.html.count('id="new"') == 1


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
