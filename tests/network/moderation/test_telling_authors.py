"""What the author of a post is told by mail of a decision on it."""

import pytest
from sqlalchemy import update

from kernel.db import db
from kernel.identity.models import Person
from network.moderation import service
from network.moderation.rules import FlagReason
from network.subscriptions import service as subscriptions
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.service import Via
from tests.factories.network import make_topic

pytestmark = pytest.mark.usefixtures("first_post_waits")


@pytest.fixture
def told(run_jobs, outbox):
    """`told(actor's name)` are the mails she got about decisions."""

    def ask(name):
        run_jobs()
        return [mail for mail in outbox() if mail.name == name]

    return ask


@pytest.fixture
def post_id(inside, cast):
    """A newcomer's first post in the private group, which waits."""
    with inside():
        return topic_queries.first_post_id(make_topic(cast.newcomer, cast.private).id)


def test_the_author_of_a_post_that_waited_is_told_once_it_is_published(inside, cast, post_id, told):
    with inside():
        service.approve_post(cast.chair, post_id)
    (mail,) = told("Noa Newcomer")
    assert mail.subject == "Your post in “Voter registration” was published"
    assert "“Indelible ink”" in mail.text
    assert f"#post-{post_id}" in mail.text


def test_who_wrote_by_mail_is_told_that_her_post_waits_and_on_the_web_not(inside, cast, told):
    with inside():
        topic = make_topic(cast.chair, cast.private)
        for via in (Via.MAIL, Via.WEB):
            topics.reply(cast.newcomer, topic.id, body=f"By {via}.", language="en", via=via)
    waits = [mail for mail in told("Noa Newcomer") if "waits" in mail.subject]
    assert [mail.subject for mail in waits] == [
        "Your post in “Voter registration” waits for a moderator"
    ]
    assert "You need not send it again" in waits[0].text


def test_each_decision_is_told_in_the_authors_language(inside, cast, post_id, told):
    with inside():
        own = Person.id == cast.newcomer.person_id
        db.session.execute(update(Person).where(own).values(language="fr"))
        service.approve_post(cast.chair, post_id)
    told("Noa Newcomer")
    with inside():
        service.hide_post(cast.chair, post_id, reason="It names a voter.")
    published, hidden = told("Noa Newcomer")
    assert (published.language, hidden.language) == ("fr", "fr")
    assert "It names a voter." in hidden.text


def test_who_wrote_a_hidden_post_is_told_that_it_is_shown_again(inside, cast, post_id, told):
    for decide in (
        lambda: service.hide_post(cast.chair, post_id, reason="It names a voter."),
        lambda: service.approve_post(cast.chair, post_id),
    ):
        with inside():
            decide()
        told("Noa Newcomer")
    hidden, again = told("Noa Newcomer")
    assert hidden.subject == "Your post in “Voter registration” was hidden"
    assert again.subject == "Your post in “Voter registration” is shown again"


def test_nobody_is_told_of_a_report_that_came_to_nothing(inside, cast, told):
    with inside():
        topic = make_topic(cast.chair, cast.open)
        answer = topics.reply(cast.newcomer, topic.id, body="It does.", language="en")
        service.approve_post(cast.chair, answer.id)
    before = len(told("Noa Newcomer"))
    with inside():
        service.flag_post(cast.reader, answer.id, reason=FlagReason.OTHER)
        service.approve_post(cast.chair, answer.id)
    assert len(told("Noa Newcomer")) == before


def test_of_a_confidential_group_no_mail_of_moderation_says_anything(
    inside, cast, told, run_jobs, outbox
):
    with inside():
        subscriptions.set_content_free(cast.chair, cast.private.id, version=0, content_free=True)
        topic = make_topic(cast.newcomer, cast.private)
        post_id = topic_queries.first_post_id(topic.id)
    run_jobs()
    with inside():
        service.approve_post(cast.chair, post_id)
        service.flag_post(
            cast.reader, post_id, reason=FlagReason.CONFIDENTIAL, note="It names a voter."
        )
    run_jobs()
    with inside():
        service.hide_post(cast.chair, post_id, reason="It names a voter.")
    run_jobs()
    subjects = {mail.subject for mail in outbox()}
    assert subjects == {
        "A post waits for you in a confidential group",
        "A post in a confidential group was reported",
        "Your post in a confidential group can be read now",
        "Your post in a confidential group was hidden",
        "Something new in a confidential group",
    }
    for mail in outbox():
        for secret in ("Indelible", "Voter registration", "names a voter", "Noa wrote"):
            assert secret not in mail.subject + mail.text
