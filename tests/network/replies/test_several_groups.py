"""One mail to several addresses of a network: what it becomes at each of them."""

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.inbound.models import IncomingMail
from network.groups import service as groups
from network.topics import queries
from network.topics.models import Post, Topic
from tests.factories.network import make_group
from tests.kernel.inbound.conftest import listening
from tests.network.replies.test_incoming import (
    address_of,
    answers,
    group_to,
    reply_to,
    send,
    topic,
)

__all__ = ["address_of", "answers", "group_to", "listening", "reply_to", "send", "topic"]

BOTH = "<both@example.net>"


@pytest.fixture
def states(inside):
    """`states()` is what became of each mail that came in, in the order of its addresses."""

    def ask():
        with inside():
            rows = db.session.scalars(select(IncomingMail).order_by(IncomingMail.id))
            return [(row.state, row.reason) for row in rows]

    return ask


def topics_by_group():
    rows = db.session.scalars(select(Topic).order_by(Topic.id)).all()
    return {row.group_id: row for row in rows}


def test_a_mail_to_two_groups_opens_a_topic_in_each(
    inside, cast, group_to, send, address_of, states
):
    to = group_to(cast.open), group_to(cast.private)
    for _ in range(2):  # the second time its server only asks again
        send(address_of(cast.member), *to, subject="Ink?", Message_ID=BOTH)
    assert states() == [("done", None)] * 2
    with inside():
        made = topics_by_group()
        assert set(made) == {cast.open.id, cast.private.id}
        assert {row.title for row in made.values()} == {"Ink?"}
        posts = db.session.scalars(select(Post).order_by(Post.id)).all()
        assert [post.topic_id for post in posts] == [
            made[cast.open.id].id,
            made[cast.private.id].id,
        ]
        assert len({post.message_id for post in posts}) == 2


def test_who_is_in_both_groups_is_told_of_both_topics_and_answers_each_apart(
    inside, cast, smtp, group_to, send, address_of
):
    to = group_to(cast.open), group_to(cast.private)
    send(address_of(cast.member), *to, subject="Ink?", Message_ID=BOTH)
    told = [mail for mail in smtp.messages if "Ink?" in mail["Subject"]]
    assert {str(mail["Subject"]) for mail in told} == {
        "[Small states] Ink?",
        "[Voter registration] Ink?",
    }
    assert len({str(mail["Reply-To"]) for mail in told}) == len(told) == 2


def test_an_answer_to_the_mail_itself_goes_to_the_topic_of_each_group(
    inside, cast, group_to, send, address_of
):
    to = group_to(cast.open), group_to(cast.private)
    send(address_of(cast.member), *to, subject="Ink?", Message_ID=BOTH)
    send(address_of(cast.chair), *to, subject="Re: Ink?", In_Reply_To=BOTH)
    with inside():
        made = topics_by_group()
        assert len(made) == 2
        for one in made.values():
            asked, answer = queries.visible_posts(one.id)
            assert answer.in_reply_to_id == asked.id


def test_a_mail_to_a_reply_address_and_its_group_is_one_post(
    inside, cast, topic, reply_to, group_to, send, address_of, states
):
    with inside():
        first = queries.visible_posts(topic.id)[0]
    to = reply_to(cast.chair), group_to(cast.private)
    send(address_of(cast.chair), *to, In_Reply_To=f"<{first.message_id}>")
    assert states() == [("done", None), ("ignored", "posted before")]
    with inside():
        assert len(queries.visible_posts(topic.id)) == 2


def test_a_mail_is_posted_where_its_sender_may_write_and_refused_where_not(
    inside, cast, group_to, send, address_of, answers, states
):
    with inside():
        groups.archive_group(cast.chair, cast.private.id)
    to = group_to(cast.private), group_to(cast.open)
    send(address_of(cast.member), *to, subject="Ink?")
    assert states() == [("refused", "forbidden"), ("done", None)]
    (mail,) = answers()
    assert "In “Voter registration”:" in mail.get_content()
    assert "Small states" not in mail.get_content()
    with inside():
        assert set(topics_by_group()) == {cast.open.id}


def test_all_refusals_of_one_mail_come_in_one_mail_with_her_text_once(
    cast, group_to, send, address_of, answers
):
    to = group_to(cast.open), group_to(cast.private)
    send(address_of(cast.member), *to, subject="Re:", text="It holds.")
    (mail,) = answers()
    text = mail.get_content()
    assert text.count("Your mail has no subject.") == 2
    assert "In “Small states”:" in text
    assert "In “Voter registration”:" in text
    assert text.count("> It holds.") == 1


def test_a_group_she_may_not_know_of_is_not_named_to_her(
    inside, cast, group_to, send, address_of, answers, states
):
    with inside():
        secret = make_group(cast.administrator, cast.chair, name="Secret")
    send(address_of(cast.member), group_to(secret), group_to(cast.open), subject="Re:")
    assert states() == [("ignored", "not visible"), ("refused", "refused")]
    (mail,) = answers()
    assert "Secret" not in mail.get_content()
