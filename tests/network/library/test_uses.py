"""Where an item is used: in topics whose posts name it by its address, as long as they do."""

import pytest

from kernel.db import db
from network.library.queries import uses
from network.topics import queries as topic_queries
from network.topics import service as topics
from tests.factories.library import make_published
from tests.factories.network import make_topic


@pytest.fixture
def posted(inside, cast):
    """A published item, and a post that does not name it yet: their ids."""
    with inside():
        item, _ = make_published(cast.author, cast.librarian, title="Ink")
        topic = make_topic(cast.author, cast.group, "Halls", body="Which ink?")
        db.session.flush()
        return item.id, topic_queries.first_post_id(topic.id)


@pytest.fixture
def says(inside, cast, posted, run_jobs):
    """`says(text)`: the post is changed to say it, and what follows is done."""
    _, post_id = posted

    def change(text):
        with inside():
            post = topic_queries.post_seen_by(cast.author, post_id).post
            topics.edit_post(cast.author, post_id, version=post.version, body=text, language="en")
        run_jobs()

    return change


def test_a_post_that_is_changed_uses_what_it_names_now(inside, cast, posted, says):
    item_id, _ = posted
    told = []
    named = f"See [the list](/network/library/{item_id})"
    for text in (named, f"{named}, twice: /network/library/{item_id}", "See none.", named):
        says(text)
        with inside():
            told.append([topic.title for topic in uses.uses_of(cast.member, item_id)])
    assert told == [["Halls"], ["Halls"], [], ["Halls"]]
    with inside():
        assert uses.uses_of(cast.stranger, item_id) == []


def test_a_removed_post_uses_nothing(inside, cast, posted, says):
    item_id, post_id = posted
    says(f"See /network/library/{item_id}")
    with inside():
        topics.remove_post(cast.author, post_id)
        assert uses.uses_of(cast.member, item_id) == []
