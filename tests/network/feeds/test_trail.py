"""A feed that is made and one that is revoked are on the trail, without their secret."""

from network.feeds import service
from tests.factories.network import make_group
from tests.trails import Deed

DEEDS = [
    Deed("member",
         lambda who, ids: service.create_feed(who, name="Reader", group_id=ids["group"]).row,
         "feed.created", "feed", None, {"group_id": "group"}),
    Deed("member", lambda who, ids: service.revoke_feed(who, ids["feed"]), "feed.revoked", "feed"),
]  # fmt: skip


def test_making_and_revoking_a_feed_is_on_the_trail(untold, inside, factory):
    administrator = factory.actor(roles=["network_administrator"])
    member = factory.actor()
    with inside():
        group = make_group(administrator, member)
    assert untold(DEEDS, member=member, group=group) == []
