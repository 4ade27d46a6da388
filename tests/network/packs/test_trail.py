"""Asking for a pack, making it and its end are on the trail; what is in it is not."""

from datetime import timedelta
from unittest.mock import ANY

from kernel.values import clock
from network.groups import service as groups
from network.packs import service
from network.packs.rules import Delivery
from tests.factories.network import make_group, make_topic
from tests.trails import NOBODY, Deed


def ask(who, ids):
    service.choose(who, topics=[ids["topic"]])
    return service.ask(who, delivery=Delivery.LINK)


def make(name):
    return lambda _nobody, ids: service.make(ids[name])


def expire(_nobody, _ids):
    with clock.frozen(clock.now() + timedelta(days=60)):
        service.expire_packs()


def leave(reader, ids):
    groups.remove_member(reader, ids["group"], person_id=reader.person_id)


DEEDS = [
    Deed("reader", ask, "pack.asked", "pack", None, {"delivery": "link"}),
    Deed(NOBODY, make("pack"), "pack.made", "pack", None, {"size": ANY}),
    Deed(NOBODY, expire, "pack.expired", "pack"),
    Deed("reader", ask, "pack.asked", "pack of nothing", None, {"delivery": "link"}),
    Deed("reader", leave, "group.member_removed", "group", {"person_id": "reader"}),
    Deed(NOBODY, make("pack of nothing"), "pack.failed", "pack of nothing"),
]


def test_what_becomes_of_a_pack_is_on_the_trail(untold, inside, factory):
    administrator = factory.actor(roles=["network_administrator"])
    chair, reader = factory.actor("Ama Chair"), factory.actor("Rita Reader")
    with inside():
        group = make_group(administrator, chair, [reader])
        topic = make_topic(chair, group)
    assert untold(DEEDS, reader=reader, group=group, topic=topic) == []
