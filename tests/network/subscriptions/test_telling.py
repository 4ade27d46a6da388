"""Who is told of a post, and how mail programs keep a topic together."""

from sqlalchemy import func, select

from kernel.db import db
from kernel.mail.models import OutgoingMail
from network.groups import service as groups
from network.subscriptions import queries
from network.subscriptions import service as subscriptions
from network.subscriptions.rules import Level, Watch
from network.topics import service
from network.topics.queries import visible_posts
from tests.factories.network import end_affiliations, make_topic


def test_the_members_but_the_author_are_mailed(inside, cast, mails):
    with inside():
        make_topic(cast.member, cast.private, "Indelible ink")
    sent = mails()
    assert set(sent) == {"Ama Chair"}
    mail = sent["Ama Chair"]
    assert mail["Subject"] == "[Voter registration] Indelible ink"
    assert "Does it hold in the **tropics**?" in mail.get_content()
    assert mail["List-Id"].startswith(f"<{cast.private.id}.")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_reply_refers_to_the_posts_before_it(inside, cast, mails):
    with inside():
        topic = make_topic(cast.member, cast.private)
        service.reply(cast.chair, topic.id, body="It does.", language="en")
        first, second = [post.message_id for post in visible_posts(topic.id)]
    sent = mails()
    answer = sent["Lepule Member"]
    assert answer["Message-ID"] == f"<{second}>"
    assert answer["Subject"].startswith("Re: ")
    assert answer["In-Reply-To"] == f"<{first}>"
    assert answer["References"] == f"<{first}>"
    assert sent["Ama Chair"]["Message-ID"] == f"<{first}>"


def test_who_left_her_organisation_is_told_no_more(inside, cast, mails):
    with inside():
        make_topic(cast.member, cast.private)
        end_affiliations(cast.chair)
    assert mails() == {}


def test_a_post_removed_before_the_job_ran_is_told_of_to_nobody(inside, cast, mails):
    with inside():
        topic = make_topic(cast.member, cast.private)
        service.remove_post(cast.member, visible_posts(topic.id)[0].id)
    assert mails() == {}


def test_a_job_that_runs_twice_mails_once(inside, cast, mails):
    with inside():
        topic = make_topic(cast.member, cast.private)
        post_id = visible_posts(topic.id)[0].id
    assert len(mails()) == 1
    with inside():
        before = db.session.scalar(select(func.count()).select_from(OutgoingMail))
        subscriptions.tell_of_post(post_id)
        assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == before == 1


def level(who, group, chosen):
    subscriptions.set_level(who, group.id, level=chosen)


def test_who_chose_another_level_is_not_told_at_once(inside, cast, mails):
    with inside():
        level(cast.chair, cast.private, Level.DAILY)
        make_topic(cast.member, cast.private)
        assert queries.mail_facts(cast.member.person_id, cast.private.id).mailed == 0
    assert mails() == {}


def test_a_watched_topic_comes_at_once_and_a_muted_one_not(inside, cast, mails):
    with inside():
        topic = make_topic(cast.member, cast.private)
        level(cast.chair, cast.private, Level.NOTHING)
        subscriptions.set_watch(cast.chair, topic.id, mode=Watch.WATCH)
        service.reply(cast.member, topic.id, body="One more thing.", language="en")
        assert queries.mail_facts(cast.member.person_id, cast.private.id, topic.id).mailed == 1
    assert "One more thing." in mails()["Ama Chair"].get_content()
    with inside():
        level(cast.chair, cast.private, Level.EVERY_POST)
        subscriptions.set_watch(cast.chair, topic.id, mode=Watch.MUTE)
        service.reply(cast.member, topic.id, body="And another.", language="en")
        assert queries.mail_facts(cast.member.person_id, cast.private.id, topic.id).mailed == 0
    assert "And another." not in mails()["Ama Chair"].get_content()


def test_a_reader_who_is_no_member_hears_of_the_topics_she_watches_and_of_no_other(
    inside, cast, mails
):
    with inside():
        watched = make_topic(cast.member, cast.open, "Small stations")
        other = make_topic(cast.member, cast.open, "Large stations")
        subscriptions.set_watch(cast.stranger, watched.id, mode=Watch.WATCH)
        service.reply(cast.chair, watched.id, body="One officer will do.", language="en")
        service.reply(cast.chair, other.id, body="Ten will not.", language="en")
    assert "One officer will do." in mails()["Sam Stranger"].get_content()


def test_a_watch_ends_with_the_right_to_read(inside, cast, mails):
    with inside():
        topic = make_topic(cast.member, cast.open)
        subscriptions.set_watch(cast.stranger, topic.id, mode=Watch.WATCH)
        end_affiliations(cast.stranger)
        service.reply(cast.member, topic.id, body="It does.", language="en")
        assert queries.mail_facts(cast.member.person_id, cast.open.id, topic.id).mailed == 1
    assert set(mails()) == {"Ama Chair"}


def test_the_count_beside_the_box_is_the_number_of_mails(inside, cast, factory, mailbox):
    others = [factory.actor(f"Colleague {number}") for number in range(5)]
    chosen = [Level.EVERY_POST, Level.DAILY, Level.WEEKLY, Level.NOTHING, None]
    with inside():
        for actor, one in zip(others, chosen, strict=True):
            groups.join_group(actor, cast.open.id)
            level(actor, cast.open, one)
        topic = make_topic(cast.member, cast.open)
        subscriptions.set_watch(others[2], topic.id, mode=Watch.WATCH)
        subscriptions.set_watch(others[0], topic.id, mode=Watch.MUTE)
    before = len(mailbox())
    with inside():
        counted = queries.mail_facts(cast.member.person_id, cast.open.id, topic.id).mailed
        service.reply(cast.member, topic.id, body="It does.", language="en")
    assert len(mailbox()) - before == counted == 3


def test_the_count_of_several_groups_is_one_query(inside, cast, count_queries):
    with inside(), count_queries() as seen:
        counted = queries.count_mailed_in([cast.private.id, cast.open.id], cast.member.person_id)
    assert counted == {cast.private.id: 1, cast.open.id: 1}
    assert len(seen) == 1
