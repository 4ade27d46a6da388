"""Choosing what comes by mail, ending it by the link in a mail, and a feed, in a browser."""

import pytest

from network.subscriptions import queries
from network.subscriptions.rules import Ends, Level
from network.subscriptions.service.links import LinkFor, unsubscribe_links
from tests.browser.steps import choose, fill, look_in_every_mode, press, read
from tests.factories.network import make_group


@pytest.fixture
def member(factory, inside):
    """Somebody in a group, and the group."""
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
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
