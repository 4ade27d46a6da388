"""Choosing what comes by mail, answering and ending it from there, and a feed, in a browser."""

import smtplib

import pytest
from playwright.sync_api import expect

from kernel.web.mailbox_answers import answer
from network.subscriptions import queries
from network.subscriptions.rules import Ends, Level
from network.subscriptions.service.links import LinkFor, unsubscribe_links
from tests.browser.steps import choose, fill, follow, look_in_every_mode, press, read
from tests.factories.network import make_group, make_topic
from tests.kernel.inbound.conftest import listening
from tests.network.replies.conftest import smtp

__all__ = ["listening", "smtp"]


@pytest.fixture
def administrator(factory):
    """Who chairs the group."""
    return factory.actor("Nia Admin", roles=["network_administrator"])


@pytest.fixture
def member(administrator, factory, inside):
    """Somebody in a group, and the group."""
    member = factory.actor("Lepule Member")
    with inside():
        group = make_group(administrator, administrator, [member], name="Voter registration")
    return member, group


def path_of_link(inside, actor, group):
    """The path of the link in a mail of the group."""
    asked = LinkFor(actor.person_id, Ends.GROUP, group.id)
    with inside():
        return unsubscribe_links([asked])[asked].partition(".example.org")[2]


def test_a_level_is_chosen_hours_are_set_and_a_link_ends_the_mails(people, member, inside):
    actor, group = member
    page = people.page(actor)
    page.goto("/account/mail")
    choose(page, "Voter registration", "One mail a day")
    press(page, "Save")
    read(page, "Your choices are saved.")
    page.goto("/account/mail/times")
    fill(page, quiet_from="20:00", quiet_to="07:00")
    press(page, "Save")
    read(page, "from 20:00 until 07:00")
    stranger = people.page(None)
    stranger.goto(path_of_link(inside, actor, group))
    read(stranger, "You will get no more mail from the group “Voter registration”.")
    press(stranger, "End these mails")
    read(stranger, "These mails have ended")
    with inside():
        assert queries.own_level(actor.person_id, group.id).chosen is Level.NOTHING


def test_an_answer_by_mail_stands_in_the_topic_that_another_has_open(
    people, administrator, member, inside, smtp, listening, run_jobs
):
    with inside():
        topic = make_topic(administrator, member[1], "Ink on order")
    page = people.page(administrator)
    page.goto(f"/network/discussions/{topic.id}")
    run_jobs()
    (mail,) = smtp.messages
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as door:
        door.send_message(answer(mail, "Nine days, measured in Ho."))
    run_jobs()
    page.goto("/network/discussions")
    follow(page, "Ink on order")
    post = page.get_by_role("article", name="Lepule Member")
    expect(post).to_contain_text("Nine days, measured in Ho.")
    expect(post).to_contain_text("by mail")
    post.get_by_text("Show quoted text").click()
    expect(post).to_contain_text("Does it hold in the")


@pytest.mark.slow
def test_mail_and_feeds_in_every_mode(people, member, inside):
    actor, group = member
    addresses = [
        "/account/mail",
        "/account/mail/times",
        "/account/feeds",
        "/account/feeds/new",
        f"/network/groups/{group.id}",
    ]
    look_in_every_mode(people, actor, addresses, "mail")
    look_in_every_mode(people, None, [path_of_link(inside, actor, group)], "unsubscribe")
