"""First posts of new members wait: seen by author and moderators alone, on no other surface, until approved."""

import pytest

from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.search import search
from network.moderation import queries, service
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.lists import topic_page
from network.topics.models import Post
from tests.factories.network import make_group, make_topic

pytestmark = pytest.mark.usefixtures("first_post_waits")


@pytest.fixture
def found_by(app, tenant):
    """`found_by(actor)` tells how many things she finds."""

    def find(actor):
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            return len(search(actor, "tropics"))

    return find


@pytest.fixture
def held(inside, cast):
    """A newcomer's first topic, which waits; its post's id."""
    with inside():
        topic = make_topic(cast.newcomer, cast.private, body="Ink in the **tropics**?")
        return topic, topic_queries.first_post_id(topic.id)


def listed(actor):
    return [row.id for row in topic_page(actor).topics]


def test_a_topic_that_waits_is_seen_by_its_author_and_moderator_alone(
    inside, cast, held, found_by, browser_for
):
    topic, _ = held
    address = f"/network/discussions/{topic.id}"
    with inside():
        assert listed(cast.newcomer) == [topic.id]
        assert listed(cast.reader) == []
    assert "waits for a moderator" in browser_for(cast.newcomer).get(address).text
    assert "waits for a moderator" in browser_for(cast.chair).get(address).text
    assert browser_for(cast.reader).get(address).status == 404
    assert browser_for(cast.administrator).get(address).status == 404  # reads no private group
    assert [found_by(a) for a in (cast.newcomer, cast.chair, cast.reader)] == [0, 0, 0]


def test_nobody_is_mailed_but_the_moderator_until_it_is_approved(
    inside, cast, held, run_jobs, found_by, outbox
):
    topic, post_id = held
    run_jobs()

    def mailed():
        return [mail.name for mail in outbox() if not mail.subject.startswith("You chair")]

    assert mailed() == ["Ama Chair"]
    with inside():
        service.approve_post(cast.chair, post_id)
    run_jobs()
    assert sorted(mailed()[1:]) == ["Ama Chair", "Noa Newcomer", "Rita Reader"]
    with inside():
        assert listed(cast.reader) == [topic.id]
    assert found_by(cast.reader) == 1


def test_an_answer_that_waits_is_not_counted(inside, cast):
    with inside():
        topic = make_topic(cast.chair, cast.private)
        post = topics.reply(cast.newcomer, topic.id, body="It does.", language="en")
        assert post.status == "pending"
        assert topic_page(cast.reader).topics[0].replies == 0
        service.approve_post(cast.chair, post.id)
        assert topic_page(cast.reader).topics[0].replies == 1
        later = topics.reply(cast.newcomer, topic.id, body="And more.", language="en")
        assert later.status == "visible"


def test_an_answer_approved_while_its_topic_is_hidden_is_mailed_once_the_topic_is_shown(
    inside, cast, run_jobs, outbox
):
    with inside():
        topic = make_topic(cast.reader, cast.private, "Seals")
        first = topic_queries.first_post_id(topic.id)
        service.approve_post(cast.chair, first)
        answer = topics.reply(cast.newcomer, topic.id, body="Use lead.", language="en")
    run_jobs()

    def told():
        return [mail.name for mail in outbox() if "Use lead." in mail.text and mail.reply_to]

    with inside():
        service.hide_post(cast.chair, first, reason="It names a voter.")
        service.approve_post(cast.chair, answer.id)
    run_jobs()
    assert told() == ["Ama Chair"]  # the moderator, asked to decide
    written = answer.created_at
    for _ in range(2):
        with inside():
            service.approve_post(cast.chair, first)
        run_jobs()
        assert sorted(told()[1:]) == ["Ama Chair", "Rita Reader"]
        with inside():
            service.hide_post(cast.chair, first, reason="It names a voter after all.")
    with inside():
        shown = topic_queries.post_whatever_the_group(answer.id).post
        assert shown.created_at > written  # so that digests of the day tell of it, too


def test_what_a_moderator_answers_before_a_topic_is_let_go_is_mailed_with_it(
    inside, cast, held, run_jobs, outbox
):
    topic, post_id = held
    with inside():
        topics.reply(cast.chair, topic.id, body="Which ink is it?", language="en")
    run_jobs()
    assert not [mail for mail in outbox() if "Which ink" in mail.text]
    with inside():
        service.approve_post(cast.chair, post_id)
    run_jobs()
    told = sorted(mail.name for mail in outbox() if "Which ink" in mail.text)
    assert told == ["Noa Newcomer", "Rita Reader"]


def test_a_moderators_own_first_post_never_waits(inside, cast):
    with inside():
        make_topic(cast.chair, cast.private)
        make_topic(cast.administrator, make_group(cast.administrator, cast.administrator))
        assert set(db.session.scalars(db.select(Post.status))) == {"visible"}


def test_who_reads_along_decides_nothing(inside, cast, held):
    _, post_id = held
    with inside():
        with pytest.raises(NotFound):
            service.approve_post(cast.reader, post_id)
        with pytest.raises(NotFound):
            service.approve_post(cast.administrator, post_id)
        with pytest.raises(Forbidden):
            service.approve_post(cast.newcomer, post_id)


def test_the_queue_shows_what_one_moderates_and_the_home_page_tells_of_it(
    inside, cast, held, waiting
):
    _, post_id = held
    with inside():
        assert [row.id for row in queries.queue(cast.chair)] == [post_id]
        assert queries.queue(cast.reader) == []
        assert queries.queue(cast.administrator) == []
        open_one = make_topic(cast.newcomer, cast.open)
        assert [row.topic_id for row in queries.queue(cast.administrator)] == [open_one.id]
    kinds = [item["kind"] for item in waiting(cast.chair)]
    assert kinds.count("post_to_decide") == 2


def test_a_decision_by_mail_is_one(inside, cast, held):
    _, post_id = held
    with inside():
        with pytest.raises(Refused):
            service.decide_by_mail(cast.chair, post_id, "what?")
        service.decide_by_mail(cast.chair, post_id, "hide It names a voter.\n\n> quoted")
        seen = topic_queries.post_seen_by(cast.newcomer, post_id)
        assert (seen.post.status, seen.post.removed_reason) == ("hidden", "It names a voter.")
        (decision,) = queries.decisions_on(post_id)
        assert (decision.verdict, decision.via) == ("hidden", "mail")
