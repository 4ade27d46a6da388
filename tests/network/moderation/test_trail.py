"""Whatever is decided on posts, and on whose first ones wait, is on the trail."""

from network.moderation import service
from network.moderation.rules import FlagReason
from network.topics import service as topics
from tests.factories.network import make_topic
from tests.trails import Deed


def write(newcomer, ids):
    return topics.reply(newcomer, ids["topic"], body="Buy now.", language="en")


DEEDS = [
    Deed("administrator",
         lambda who, _: service.set_policy(who, version=0, first_posts_held=1),
         "posting_policy.changed", "posting_policy",
         {"first_posts_held": 0}, {"first_posts_held": 1}),
    Deed("newcomer", write, "post.written", "post", None, {"topic_id": "topic"}),
    Deed("chair", lambda who, ids: service.approve_post(who, ids["post"]),
         "post.approved", "post", {"status": "pending"}, {"status": "visible"}),
    Deed("reader",
         lambda who, ids: service.flag_post(who, ids["post"], reason=FlagReason.OTHER),
         "post.flagged", "post", None, {"reason": "other", "to_network": False}),
    Deed("chair",
         lambda who, ids: service.hide_post(who, ids["post"], reason="An advertisement."),
         "post.hidden", "post", {"status": "visible"}, {"status": "hidden", "via": "web"}),
]  # fmt: skip


def test_whatever_a_moderator_decides_is_on_the_trail(untold, inside, cast):
    with inside():
        topic = make_topic(cast.chair, cast.open)
    known = {name: getattr(cast, name) for name in ("administrator", "chair", "newcomer", "reader")}
    assert untold(DEEDS, topic=topic, **known) == []
