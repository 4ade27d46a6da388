"""Who is told of a post, and how mail programs keep a topic together."""

from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import func, select

from kernel.db import db
from kernel.mail.delivery import transport
from kernel.mail.models import OutgoingMail
from network.topics import notices, service
from network.topics.queries import visible_posts
from tests.factories.network import end_affiliations, make_topic


@pytest.fixture
def mails(app, tenant, run_jobs):
    """`mails()` runs the jobs and returns the network's mails by the name of who gets them."""

    def collect():
        run_jobs()
        with app.app_context():
            folder = transport().folder
        messages = [
            message_from_bytes(file.read_bytes(), policy=default) for file in folder.glob("*.eml")
        ]
        return {
            message["To"].addresses[0].display_name: message
            for message in messages
            if f"@{tenant.host}" in str(message["Message-ID"])
        }

    return collect


def test_the_members_but_the_author_are_mailed(inside, cast, mails):
    with inside():
        make_topic(cast.member, cast.private, "Indelible ink")
    sent = mails()
    assert set(sent) == {"Ama Chair"}
    mail = sent["Ama Chair"]
    assert mail["Subject"] == "[Voter registration] Indelible ink"
    assert "Does it hold in the **tropics**?" in mail.get_content()
    assert mail["List-Id"].startswith(f"<{cast.private.id}.")
    assert f"/network/groups/{cast.private.id}" in mail["List-Unsubscribe"]


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
        notices.tell_members(post_id)
        assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == before == 1
