"""The mails about a post as a mail server receives them."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kernel.db import db
from kernel.identity.models import Person
from kernel.mail import recipient_of
from kernel.mail.transport import SmtpSettings, SmtpTransport
from kernel.values import clock
from network.groups import service as groups
from network.subscriptions import queries, service
from network.subscriptions.rules import Level, Watch
from network.topics import service as topics
from network.topics.models import Post
from network.topics.queries import visible_posts
from network.writing.rules import mention
from tests.factories.network import make_topic
from tests.kernel.mail.server import running_server


@pytest.fixture
def received(app, monkeypatch, run_jobs):
    """`received()` runs the jobs and returns what a real SMTP server took in, by address."""
    with running_server() as server:
        settings = SmtpSettings("127.0.0.1", server.port, "plain", seconds=5)
        monkeypatch.setitem(app.extensions, "comitia_mail", SmtpTransport(settings))

        def collect():
            run_jobs()
            return dict(zip(server.recipients, server.messages, strict=True))

        yield collect


@pytest.fixture
def takes_mail(app, monkeypatch):
    """The network takes mail in."""
    monkeypatch.setitem(app.config, "MAIL_IN_DOMAIN", "mail.{host}")


def text(mail):
    return mail.get_content().replace("\r\n", "\n")


def test_a_mail_can_be_answered_and_ended_and_leads_to_the_list(
    inside, cast, takes_mail, received, tenant
):
    with inside():
        make_topic(cast.member, cast.private)
    (mail,) = received().values()
    reply_to = mail["Reply-To"].addresses[0].addr_spec
    assert reply_to.endswith(f"@mail.{tenant.host}")
    assert mail["List-Post"].strip().startswith("<mailto:")
    assert f"group={cast.private.id}" in mail["List-Archive"]
    assert mail["List-Unsubscribe"].strip().startswith(f"<https://{tenant.host}/account/mail/end/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "/network/discussions/posts/" in text(mail)


def test_each_person_gets_an_address_and_a_link_of_her_own(
    inside, cast, takes_mail, received, factory
):
    colleague = factory.actor("Colleague")
    with inside():
        groups.join_group(colleague, cast.open.id)
        make_topic(cast.member, cast.open)
    mails = list(received().values())
    assert len(mails) == 2
    for header in ("Reply-To", "List-Unsubscribe"):
        assert len({str(mail[header]) for mail in mails}) == 2


def test_references_follow_what_was_answered_and_not_the_order_of_posts(inside, cast, received):
    with inside():
        topic = make_topic(cast.member, cast.private)
        first = visible_posts(topic.id)[0]
        two = topics.reply(cast.chair, topic.id, body="Two.", language="en")
        topics.reply(cast.chair, topic.id, body="Three.", language="en")
        four = topics.reply(cast.chair, topic.id, body="Four.", language="en", in_reply_to=two.id)
        topics.reply(cast.chair, topic.id, body="Five.", language="en", in_reply_to=four.id)
        expected = " ".join(f"<{post.message_id}>" for post in (first, two, four))
    last = received()[address_of(inside, cast.member)]
    assert "Five." in text(last)
    assert " ".join(last["References"].split()) == expected
    assert last["In-Reply-To"] == expected.rpartition(" ")[2]


def address_of(inside, actor):
    with inside():
        return recipient(actor).address


def recipient(actor):
    found = recipient_of(actor.person_id)
    assert found is not None
    return found


def test_a_confidential_groups_mail_says_nothing_of_what_was_written(inside, cast, received):
    with inside():
        service.set_content_free(cast.chair, cast.private.id, version=0, content_free=True)
        make_topic(cast.member, cast.private)
    (mail,) = received().values()
    assert mail["Subject"] == "Something new in a confidential group"
    assert "/network/discussions/posts/" in text(mail)
    for word in ("Indelible", "tropics", "Lepule", "Voter registration"):
        assert word not in mail.as_string() + text(mail)


def test_who_is_mentioned_is_told_at_once_whatever_her_level(inside, cast, received):
    with inside():
        service.set_level(cast.chair, cast.private.id, level=Level.WEEKLY)
        body = f"What do you say, {mention('Ama Chair', cast.chair.person_id)}?"
        topic = make_topic(cast.member, cast.private, body=body)
        service.set_watch(cast.chair, topic.id, mode=Watch.MUTE)
    mail = received()[address_of(inside, cast.chair)]
    assert "@Ama Chair" in text(mail)


def test_who_cannot_read_the_group_is_not_told_when_she_is_mentioned(inside, cast, received):
    with inside():
        body = f"Ask {mention('Sam Stranger', cast.stranger.person_id)}."
        make_topic(cast.member, cast.private, body=body)
    assert set(received()) == {address_of(inside, cast.chair)}


def test_a_post_that_waits_for_a_moderator_is_told_of_to_nobody(inside, cast, received):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.execute(update(Post).where(Post.topic_id == topic.id).values(status="pending"))
    assert received() == {}


def test_a_link_ends_the_mails_of_the_group_and_the_topics_watched_in_it(
    inside, cast, received, browser_for
):
    with inside():
        topic = make_topic(cast.member, cast.private)
        service.set_watch(cast.chair, topic.id, mode=Watch.WATCH)
    (mail,) = received().values()
    path = mail["List-Unsubscribe"].strip(" <>").partition(".example.org")[2]
    stranger = browser_for()
    page = stranger.get(path)
    assert (page.status, page.title.split(" · ")[0]) == (200, "End these mails")
    assert "“Voter registration”" in page.text
    with inside():
        assert queries.subscription_of(cast.chair.person_id, cast.private.id) is None
    # As mail programs do it: without a session, a page or a token.
    answer = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status, "no more mail" in answer.text) == (200, True)
    with inside():
        kept = queries.subscription_of(cast.chair.person_id, cast.private.id)
        assert kept is not None
        assert kept.level == Level.NOTHING
        assert queries.watch_of(cast.chair.person_id, topic.id) is None
        assert queries.mail_facts(cast.member.person_id, cast.private.id, topic.id).mailed == 0
    assert stranger.post(path).status == 200


def test_a_link_nobody_was_sent_ends_nothing(browser_for):
    assert browser_for().get("/account/mail/end/made-up").status == 404
    assert browser_for().post("/account/mail/end/made-up").status == 404


@pytest.mark.parametrize(("chosen", "shown"), [("fr", "fr"), (None, "ar")])
def test_the_page_of_a_link_is_in_her_language_and_not_in_the_browsers(
    inside, cast, received, browser_for, chosen, shown
):
    with inside():
        person = Person.id == cast.chair.person_id
        db.session.execute(update(Person).where(person).values(language=chosen))
        make_topic(cast.member, cast.private)
    (mail,) = received().values()
    path = mail["List-Unsubscribe"].strip(" <>").partition(".example.org")[2]
    asking = {"Accept-Language": "ar"}
    for page in (browser_for().get(path, headers=asking), browser_for().post(path, headers=asking)):
        assert page.document.get("lang") == shown
        assert ("العربية" in page.text) == (chosen is None)  # the menu, where she chose no language


def test_a_link_works_for_half_a_year(inside, cast, received, browser_for):
    with inside(), clock.frozen(clock.now() - timedelta(days=230)):
        topic = make_topic(cast.member, cast.private)
        service.tell_of_post(visible_posts(topic.id)[0].id)
    old = received()[address_of(inside, cast.chair)]
    path = old["List-Unsubscribe"].strip(" <>").partition(".example.org")[2]
    with inside():
        service.forget_old_links()
    assert browser_for().get(path).status == 404
