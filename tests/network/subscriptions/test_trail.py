"""What somebody chooses of mail, and ends by the link in one, is on the trail."""

from dataclasses import asdict

from network.subscriptions import queries, service
from network.subscriptions.rules import Ends, Level, Rhythm, Watch
from network.subscriptions.service.links import LinkFor, unsubscribe_links
from tests.factories.network import make_topic
from tests.trails import NOBODY, Deed

USUAL = {
    "default_level": "every_post",
    "quiet_from": None,
    "quiet_to": None,
    "working_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "digest_hour": 7,
    "weekly_on": "mon",
    "paused_until": None,
}


def choose(who, ids):
    service.set_level(who, ids["group"], level=Level.DAILY)
    return queries.subscription_of(who.person_id, ids["group"])


def watch(who, ids):
    service.set_watch(who, ids["topic"], mode=Watch.WATCH)
    return queries.watch_of(who.person_id, ids["topic"])


def end_by_link(ends, **of):
    def follow(_nobody, ids):
        link = LinkFor(ids["member"], ends, **{name: ids[what] for name, what in of.items()})
        [address] = unsubscribe_links([link]).values()
        service.unsubscribe(address.rpartition("/")[2])

    return follow


DEEDS = [
    Deed("member", choose, "subscription.changed", "subscription",
         {"level": None}, {"level": "daily"}),
    Deed("member", watch, "topic_watch.changed", "topic_watch", {"mode": None}, {"mode": "watch"}),
    Deed("member", lambda who, _: service.save_rhythm(who, version=0, **asdict(Rhythm())),
         "mail_rhythm.changed", "mail_rhythm", None, USUAL),
    Deed("chair",
         lambda who, ids: service.set_content_free(
             who, ids["group"], version=0, content_free=True),
         "group_mail.changed", "group_mail", {"content_free": False}, {"content_free": True}),
    Deed(NOBODY, end_by_link(Ends.GROUP, group_id="group"), "subscription.ended_by_link",
         "subscription", {"level": "daily"}, {"level": "nothing"}, about="member"),
    Deed(NOBODY, end_by_link(Ends.EVERYTHING), "mail_rhythm.ended_by_link", "mail_rhythm",
         {"default_level": "every_post"}, {"default_level": "nothing"}, about="member"),
]  # fmt: skip


def test_what_is_chosen_of_mail_is_on_the_trail(untold, inside, cast):
    with inside():
        topic = make_topic(cast.chair, cast.private)
    known = {"member": cast.member, "chair": cast.chair, "group": cast.private, "topic": topic}
    assert untold(DEEDS, **known) == []
