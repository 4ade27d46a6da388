"""Posts that wait for the end of quiet hours, and how they come then."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.values import clock
from network.subscriptions import service
from network.subscriptions.models import HeldPost
from network.subscriptions.rules import Day, Level
from network.topics import service as topics
from network.topics.models import TopicReading
from network.topics.queries import visible_posts
from tests.factories.network import make_topic

NIGHT = datetime(2035, 2, 5, 23, 0, tzinfo=UTC)
MORNING = datetime(2035, 2, 6, 7, 0, tzinfo=UTC)


@pytest.fixture
def sleeper(inside, cast):
    """The chair wants no mail at night."""
    with inside():
        service.save_rhythm(
            cast.chair,
            version=0,
            default_level=Level.EVERY_POST,
            quiet_from=time(20),
            quiet_to=time(7),
            working_days=list(Day),
            digest_hour=7,
            weekly_on=Day.MON,
            paused_until=None,
        )
    return cast.chair


@pytest.fixture
def told_at_night(inside, cast, sleeper, run_jobs):
    """A topic with some replies, written and told while she sleeps; the id of the topic."""

    def write(replies=0):
        with clock.frozen(NIGHT):
            with inside():
                topic = make_topic(cast.member, cast.private)
                for number in range(replies):
                    topics.reply(cast.member, topic.id, body=f"Reply {number}.", language="en")
            run_jobs()
            return topic.id

    return write


def release(inside, moment=MORNING):
    with inside(), clock.frozen(moment):
        service.release_held()


def held():
    return db.session.scalars(select(HeldPost)).all()


def test_a_post_of_the_night_comes_in_the_morning_as_itself(inside, cast, told_at_night, mailbox):
    topic_id = told_at_night()
    with inside():
        assert [row.release_at for row in held()] == [MORNING]
    assert mailbox() == []
    release(inside, MORNING - timedelta(minutes=1))
    assert mailbox() == []
    release(inside)
    ((name, mail),) = mailbox()
    with inside():
        assert mail["Message-ID"] == f"<{visible_posts(topic_id)[0].message_id}>"
        assert held() == []
    assert name == "Ama Chair"


def test_many_posts_of_a_night_come_as_one_mail(inside, told_at_night, mailbox):
    told_at_night(replies=4)
    release(inside)
    ((_, mail),) = mailbox()
    assert mail["Subject"] == "5 new posts in your groups"
    assert "Reply 1." in mail.get_content()


def test_the_end_of_the_quiet_hours_is_waited_for_by_a_job(
    inside, told_at_night, queued_jobs, run_jobs
):
    told_at_night()
    run_jobs()
    assert "network.release_held_posts" in [name for name, _ in queued_jobs()]


def removed(cast, topic_id):
    topics.remove_post(cast.member, visible_posts(topic_id)[0].id)


def read(cast, topic_id):
    post = visible_posts(topic_id)[-1]
    db.session.add(
        TopicReading(
            person_id=cast.chair.person_id,
            topic_id=topic_id,
            last_post_id=post.id,
            last_post_at=post.created_at,
        )
    )


def unwanted(cast, topic_id):
    service.set_level(cast.chair, cast.private.id, level=Level.NOTHING)


@pytest.mark.parametrize("what", [removed, read, unwanted])
def test_what_was_removed_read_or_is_no_longer_wanted_by_then_does_not_come(
    inside, cast, told_at_night, mailbox, what
):
    topic_id = told_at_night()
    with inside():
        what(cast, topic_id)
    release(inside)
    assert mailbox() == []


def test_who_is_quiet_for_longer_by_then_waits_on(inside, cast, told_at_night, mailbox):
    told_at_night()
    with inside(), clock.frozen(NIGHT):
        service.save_rhythm(
            cast.chair,
            version=1,
            default_level=Level.EVERY_POST,
            quiet_from=time(20),
            quiet_to=time(9),
            working_days=list(Day),
            digest_hour=7,
            weekly_on=Day.MON,
            paused_until=None,
        )
    release(inside)
    assert mailbox() == []
    with inside():
        assert [row.release_at for row in held()] == [MORNING + timedelta(hours=2)]
