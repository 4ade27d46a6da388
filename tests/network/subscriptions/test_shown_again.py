"""Posts that were hidden when they were to be told of, and shown again later."""

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.values import clock
from network.moderation import service as moderation
from network.subscriptions import service
from network.subscriptions.models import HeldPost
from network.subscriptions.rules import Level, Rhythm
from network.topics import queries
from network.topics import service as topics
from network.writing.rules import mention
from tests.factories.network import make_topic

WRITTEN = datetime(2035, 2, 4, 22, 0, tzinfo=UTC)
HIDDEN = WRITTEN + timedelta(hours=1)
MORNING = datetime(2035, 2, 5, 7, 5, tzinfo=UTC)
"""Monday, when digests are made and quiet hours are over in London, where the tests' networks are."""
SHOWN = MORNING + timedelta(hours=4)


def rhythm(who, **given):
    service.save_rhythm(who, version=0, **(asdict(Rhythm()) | given))


@pytest.fixture
def do(inside, run_jobs):
    """`do(moment, work, …)` does something at a moment, and the jobs that follow from it."""

    def work(moment, what, *given, **named):
        with clock.frozen(moment):
            with inside():
                found = what(*given, **named)
            run_jobs()
        return found

    return work


@pytest.fixture
def first_of(inside, do, cast):
    """`first_of(body)` writes a topic in the open group; the id of its post."""

    def write(body="It holds at sea.", replies=0):
        topic = do(WRITTEN, make_topic, cast.member, cast.open, "Indelible ink", body=body)
        for number in range(replies):
            said = {"body": f"Reply {number}.", "language": "en"}
            do(WRITTEN, topics.reply, cast.member, topic.id, **said)
        with inside():
            return queries.first_post_id(topic.id)

    return write


@pytest.fixture
def hide_and_show(do, cast):
    """`hide_and_show(post_id)` hides a post before the morning's mails and shows it after them."""

    def decide(post_id, morning=MORNING):
        do(HIDDEN, moderation.hide_post, cast.administrator, post_id, reason="It names a voter.")
        do(morning, service.release_held)
        do(morning, service.send_digests)
        do(SHOWN, moderation.approve_post, cast.administrator, post_id)

    return decide


@pytest.fixture
def told_to(mailbox):
    """`told_to(name)` is what groups mailed to somebody, oldest first."""

    def subjects(name):
        return [
            str(mail["Subject"]) for to, mail in mailbox() if to == name and mail["List-Archive"]
        ]

    return subjects


ONE = ["[Small states] Indelible ink"]


def test_what_waited_for_a_morning_comes_once_its_topic_is_shown_again(
    do, cast, first_of, hide_and_show, told_to
):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, quiet_from=time(20), quiet_to=time(7))
    hide_and_show(first_of())
    assert told_to("Ama Chair") == ONE


def test_a_topic_with_many_posts_comes_as_one_mail(do, cast, first_of, hide_and_show, told_to):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, quiet_from=time(20), quiet_to=time(7))
    hide_and_show(first_of(replies=4))
    assert told_to("Ama Chair") == ["5 new posts in your groups"]


def test_what_a_digest_left_out_comes_once_it_is_shown_again(
    do, cast, first_of, hide_and_show, told_to
):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, default_level=Level.DAILY)
    hide_and_show(first_of())
    assert told_to("Ama Chair") == ONE
    do(MORNING + timedelta(days=1), service.send_digests)
    assert told_to("Ama Chair") == ONE


def test_in_quiet_hours_also_that_waits(do, inside, cast, first_of, hide_and_show, told_to):
    quiet = {"quiet_from": time(9), "quiet_to": time(13), "default_level": Level.DAILY}
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, **quiet)
    hide_and_show(first_of())
    assert told_to("Ama Chair") == []
    do(MORNING + timedelta(hours=6), service.release_held)
    assert told_to("Ama Chair") == ONE


def test_whom_it_had_reached_is_not_told_again(do, cast, first_of, hide_and_show, told_to):
    post_id = first_of()
    assert told_to("Ama Chair") == ONE
    hide_and_show(post_id)
    assert told_to("Ama Chair") == ONE


def test_whom_a_digest_had_told_before_it_was_hidden_is_not_told_again(
    do, cast, first_of, told_to, hide_and_show
):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, default_level=Level.DAILY, digest_hour=22)
    post_id = first_of()
    do(WRITTEN + timedelta(minutes=5), service.send_digests)
    once = told_to("Ama Chair")
    assert len(once) == 1
    hide_and_show(post_id)
    do(MORNING + timedelta(days=1), service.send_digests)
    assert told_to("Ama Chair") == once


def test_who_is_mentioned_was_told_at_once(do, cast, first_of, hide_and_show, told_to):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, default_level=Level.DAILY)
    post_id = first_of(mention("Ama Chair", cast.chair.person_id) + ", what do you say?")
    assert told_to("Ama Chair") == ONE
    hide_and_show(post_id)
    assert told_to("Ama Chair") == ONE


def test_answers_of_a_hidden_topic_come_when_they_are_merged_into_another(
    inside, do, cast, first_of, told_to
):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, default_level=Level.DAILY)
    with inside(), clock.frozen(WRITTEN - timedelta(days=9)):
        other = make_topic(cast.chair, cast.open, "Ink in the tropics")
    post_id = first_of(replies=1)
    do(HIDDEN, moderation.hide_post, cast.administrator, post_id, reason="It names a voter.")
    do(MORNING, service.send_digests)
    with inside():
        topic_id = queries.post_whatever_the_group(post_id).topic.id
    do(SHOWN, topics.merge_topic, cast.administrator, topic_id, into_id=other.id)
    assert told_to("Ama Chair") == ["Re: [Small states] Ink in the tropics"]


def test_what_stays_hidden_is_forgotten_after_a_month(do, inside, cast, first_of):
    do(HIDDEN - timedelta(days=9), rhythm, cast.chair, quiet_from=time(20), quiet_to=time(7))
    post_id = first_of()
    do(HIDDEN, moderation.hide_post, cast.administrator, post_id, reason="It names a voter.")
    for days, waiting in ((30, 1), (32, 0)):
        do(MORNING + timedelta(days=days), service.forget_old_held)
        with inside():
            assert len(db.session.scalars(select(HeldPost)).all()) == waiting
