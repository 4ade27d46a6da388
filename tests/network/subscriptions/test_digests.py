"""Digests: whose hour it is, what is in them, and what is not."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from kernel.db import db
from kernel.identity.models import Person
from kernel.values import clock
from network.groups import service as groups
from network.subscriptions import queries, service
from network.subscriptions.models import DigestRun
from network.subscriptions.rules import Day, Level, Rhythm, Watch
from network.topics import service as topics
from network.topics.models import GroupReading, Post, TopicReading
from network.topics.queries import visible_posts
from network.writing.rules import mention
from tests.factories.network import end_affiliations, make_topic

MONDAY = datetime(2035, 2, 5, 7, 5, tzinfo=UTC)
"""Seven in the morning in London, where the tests' networks are."""


def at(moment, work, *given, **named):
    with clock.frozen(moment):
        return work(*given, **named)


def chosen(who, group, level, moment=MONDAY - timedelta(days=40)):
    at(moment, service.set_level, who, group.id, level=level)


def rhythm(who, **given):
    return at(
        MONDAY - timedelta(days=40),
        service.save_rhythm,
        who,
        version=0,
        **(asdict(Rhythm()) | given),
    )


def written(who, group, title="Indelible ink", moment=MONDAY - timedelta(hours=10), **given):
    return at(moment, make_topic, who, group, title, **given)


def digests(mailbox):
    return [(name, mail) for name, mail in mailbox() if "digest" in str(mail["List-Id"])]


@pytest.fixture
def daily(inside, cast):
    """The chair of both groups wants them once a day."""
    with inside():
        chosen(cast.chair, cast.private, Level.DAILY)
        chosen(cast.chair, cast.open, Level.DAILY)
    return cast.chair


def test_a_digest_tells_what_is_new_by_group_and_topic(inside, cast, daily, mailbox):
    with inside():
        topic = written(cast.member, cast.private)
        at(
            MONDAY - timedelta(hours=9),
            topics.reply,
            cast.member,
            topic.id,
            body="It holds **at sea** too.",
            language="en",
        )
        written(cast.member, cast.open, "Small stations")
        assert at(MONDAY, service.send_digests) == 1
    ((name, mail),) = digests(mailbox)
    assert name == "Ama Chair"
    assert mail["Subject"] == "3 new posts in your groups"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.index("== Small states ==") < text.index("== Voter registration ==")
    assert "Indelible ink\n2 new posts: " in text
    assert "/network/discussions/posts/" in text
    assert "Lepule Member: It holds at sea too." in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_of_a_topic_a_digest_shows_three_posts_and_says_how_many_there_are_more(
    inside, cast, daily, mailbox
):
    with inside():
        topic = written(cast.member, cast.private)
        for number in range(4):
            hour = MONDAY - timedelta(hours=8 - number)
            at(hour, topics.reply, cast.member, topic.id, body=f"Day {number}.", language="en")
        at(MONDAY, service.send_digests)
    ((_, mail),) = digests(mailbox)
    text = mail.get_content()
    assert "Day 1." in text
    assert "Day 2." not in text
    assert "and 2 more" in text


def test_without_news_there_is_no_digest(inside, cast, daily, mailbox):
    with inside():
        assert at(MONDAY, service.send_digests) == 0
    assert digests(mailbox) == []


def test_a_job_that_runs_twice_makes_a_digest_once(inside, cast, daily, mailbox):
    with inside():
        written(cast.member, cast.private)
        assert at(MONDAY, service.send_digests) == 1
    with inside():
        assert at(MONDAY + timedelta(minutes=30), service.send_digests) == 0
    assert len(digests(mailbox)) == 1


def test_the_next_digest_begins_where_the_last_one_ended(inside, cast, daily, mailbox):
    with inside():
        written(cast.member, cast.private, "Of Sunday")
        at(MONDAY, service.send_digests)
    with inside():
        written(cast.member, cast.private, "Of Monday", MONDAY + timedelta(hours=3))
        assert at(MONDAY + timedelta(days=1), service.send_digests) == 1
    text = digests(mailbox)[-1][1].get_content()
    assert "Of Monday" in text
    assert "Of Sunday" not in text


def removed(cast, topic):
    topics.remove_post(cast.member, visible_posts(topic.id)[0].id)


def hidden(cast, topic):
    db.session.execute(update(Post).where(Post.topic_id == topic.id).values(status="hidden"))


def pending(cast, topic):
    db.session.execute(update(Post).where(Post.topic_id == topic.id).values(status="pending"))


def read(cast, topic):
    post = visible_posts(topic.id)[-1]
    db.session.add(
        TopicReading(
            person_id=cast.chair.person_id,
            topic_id=topic.id,
            last_post_id=post.id,
            last_post_at=post.created_at,
        )
    )


def group_read(cast, topic):
    db.session.add(
        GroupReading(
            person_id=cast.chair.person_id,
            group_id=cast.private.id,
            read_at=MONDAY - timedelta(minutes=5),
        )
    )


def muted(cast, topic):
    service.set_watch(cast.chair, topic.id, mode=Watch.MUTE)


def left(cast, topic):
    at(MONDAY - timedelta(hours=1), end_affiliations, cast.chair)


def every_post(cast, topic):
    chosen(cast.chair, cast.private, Level.EVERY_POST)


@pytest.mark.parametrize(
    "what", [removed, hidden, pending, read, group_read, muted, left, every_post]
)
def test_what_may_not_be_read_was_read_or_is_not_wanted_is_in_no_digest(
    inside, cast, daily, mailbox, what
):
    with inside():
        topic = written(cast.member, cast.private)
        what(cast, topic)
        db.session.flush()
        assert at(MONDAY, service.send_digests) == 0
    assert digests(mailbox) == []


def test_who_joins_a_group_is_not_told_of_what_was_written_before(inside, cast):
    with inside():
        at(MONDAY - timedelta(days=40), rhythm, cast.stranger, default_level=Level.DAILY)
        written(cast.member, cast.open, moment=MONDAY - timedelta(hours=10))
        at(MONDAY - timedelta(hours=5), groups.join_group, cast.stranger, cast.open.id)
        assert at(MONDAY, service.send_digests) == 0


def test_a_digest_tells_nobody_of_her_own_posts(inside, cast, daily):
    with inside():
        written(cast.chair, cast.private)
        assert at(MONDAY, service.send_digests) == 0


@pytest.mark.parametrize(
    ("zone", "given", "hours_later", "made"),
    [
        ("Europe/London", {}, 0, 1),
        ("Europe/London", {}, -1, 0),
        ("Europe/London", {}, 3, 1),  # the worker was away
        ("Europe/London", {}, 7, 0),
        ("Europe/London", {"digest_hour": 9}, 0, 0),
        ("Europe/London", {"digest_hour": 9}, 2, 1),
        ("Pacific/Tongatapu", {}, 0, 0),  # eight in the evening there
        ("Pacific/Tongatapu", {}, 11, 1),
        (
            "Europe/London",
            {"working_days": [Day.TUE, Day.WED], "weekly_on": Day.TUE},
            0,
            0,
        ),
        ("Europe/London", {"paused_until": date(2035, 2, 6)}, 0, 0),
        ("Europe/London", {"paused_until": date(2035, 2, 6)}, 24, 1),
    ],
)
def test_a_digest_comes_at_the_hour_and_on_the_days_somebody_chose_where_she_is(
    inside, cast, daily, zone, given, hours_later, made
):
    with inside():
        db.session.execute(
            update(Person).where(Person.id == daily.person_id).values(time_zone=zone)
        )
        rhythm(daily, **given)
        written(cast.member, cast.private)
        assert at(MONDAY + timedelta(hours=hours_later), service.send_digests) == made


def test_a_weekly_digest_comes_on_its_day_and_tells_of_the_week(inside, cast, mailbox):
    with inside():
        chosen(cast.chair, cast.private, Level.WEEKLY)
        written(cast.member, cast.private, "Of Wednesday", MONDAY - timedelta(days=5))
        assert at(MONDAY - timedelta(days=1), service.send_digests) == 0
        assert at(MONDAY, service.send_digests) == 1
    assert "Of Wednesday" in digests(mailbox)[0][1].get_content()


def test_the_usual_level_holds_for_groups_where_nothing_was_chosen(inside, cast):
    with inside():
        rhythm(cast.chair, default_level=Level.DAILY)
        written(cast.member, cast.private)
        assert at(MONDAY, service.send_digests) == 1


def test_who_changes_to_digests_is_not_told_again_of_what_came_before(inside, cast, mailbox):
    with inside():
        written(cast.member, cast.private, "Told at once", MONDAY - timedelta(hours=10))
        chosen(cast.chair, cast.private, Level.DAILY, MONDAY - timedelta(hours=5))
        written(cast.member, cast.private, "Told by the digest", MONDAY - timedelta(hours=2))
        assert at(MONDAY, service.send_digests) == 1
    text = digests(mailbox)[0][1].get_content()
    assert "Told by the digest" in text
    assert "Told at once" not in text


def test_of_a_confidential_group_a_digest_says_only_how_much_is_new(inside, cast, daily, mailbox):
    with inside():
        service.set_content_free(cast.chair, cast.private.id, version=0, content_free=True)
        written(cast.member, cast.private)
        at(MONDAY, service.send_digests)
    raw = str(digests(mailbox)[0][1])
    assert "1 new post" in raw
    for secret in ("Indelible", "Voter registration", "Lepule", "tropics"):
        assert secret not in raw


def test_what_she_was_mentioned_in_came_at_once_and_is_in_no_digest(inside, cast, daily, mailbox):
    asked = f"What do you say, {mention('Ama Chair', cast.chair.person_id)}?"
    with inside():
        topic = written(cast.member, cast.private, "Asked of her", body=asked)
        written(cast.member, cast.open, "Quoted to her", body=f"> {asked}\n\nShe said it does.")
        edited = written(cast.member, cast.open, "Named later")
        post = visible_posts(edited.id)[0]
        topics.edit_post(cast.member, post.id, version=post.version, body=asked, language="en")
    mailbox()
    with inside():
        first = visible_posts(topic.id)[0]
        topics.edit_post(
            cast.member, first.id, version=first.version, body="Never mind.", language="en"
        )
        assert at(MONDAY, service.send_digests) == 1
    ((_, mail),) = digests(mailbox)
    text = mail.get_content()
    assert "Asked of her" not in text
    assert "Quoted to her" in text
    assert "Named later" in text
    with inside():
        written(cast.member, cast.private, moment=MONDAY + timedelta(hours=3), body=asked)
        assert at(MONDAY + timedelta(days=1), service.send_digests) == 0


def test_a_digest_is_in_the_language_of_its_reader(inside, cast, daily, mailbox):
    with inside():
        db.session.execute(update(Person).where(Person.id == daily.person_id).values(language="ar"))
        written(cast.member, cast.private)
        at(MONDAY, service.send_digests)
    assert digests(mailbox)[0][1]["Content-Language"] == "ar"


def test_digests_for_thirty_cost_as_many_queries_as_for_three(inside, cast, factory, count_queries):
    counted = []
    commission = factory.organisation()
    readers = [factory.actor(f"Reader {number}", organisation=commission) for number in range(33)]
    for some, morning in ((readers[:3], MONDAY), (readers[3:], MONDAY + timedelta(days=1))):
        with inside():
            for actor in some:
                groups.join_group(actor, cast.open.id)
                chosen(actor, cast.open, Level.DAILY)
            written(cast.member, cast.open, "Small stations", morning - timedelta(hours=4))
            written(cast.chair, cast.open, "Large stations", morning - timedelta(hours=3))
        with inside(), count_queries() as seen:
            made = at(morning, service.send_digests)
            db.session.flush()
        counted.append((made, len(seen)))
    assert [made for made, _ in counted] == [3, 33]
    assert counted[0][1] == counted[1][1] <= 9


def test_notes_of_old_digests_are_forgotten(inside, cast, daily):
    with inside():
        written(cast.member, cast.private)
        at(MONDAY, service.send_digests)
        at(MONDAY + timedelta(days=30), service.forget_old_digests)
        assert db.session.scalar(select(func.count()).select_from(DigestRun)) == 1
        at(MONDAY + timedelta(days=90), service.forget_old_digests)
        assert db.session.scalar(select(func.count()).select_from(DigestRun)) == 0


def test_the_hour_of_the_digest_is_not_asked_while_somebody_wants_none(inside, cast):
    with inside():
        rhythm(cast.chair, quiet_from=time(20), quiet_to=time(6))
        written(cast.member, cast.private)
        assert at(MONDAY, service.send_digests) == 0
        assert queries.claim_due_digests() == []
