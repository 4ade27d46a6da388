"""What waits for the chair of a group: a newcomer's first post, and a post that somebody reported."""

from datetime import timedelta
from typing import Final

from demo.mail import topic_called
from demo.world import World
from kernel.values import clock
from network.moderation import service
from network.moderation.rules import FlagReason
from network.topics import service as topics

NEWCOMER: Final = "samoa_member"
HELD_IN: Final = "One person, two spellings: how do you find doubles?"
HELD: Final = (
    "Two clerks, and on our island the same family is written three ways.\n\n"
    "What helped us most was a field of its own for the *matai* title: half of our doubles were one person"
    " before and after a title was bestowed. Does anybody have a list of spellings that we could borrow?"
)
AUTHOR: Final = "tanzania_member"
REPORTED_IN: Final = "Registration kits that switch off at 40 °C"
REPORTED: Final = (
    "Ask for the fanless model. The supplier wrote to us: **1,140 a kit, 96 for the battery**."
    " Say that you have seen the offer and they come down by 8 %."
)
REPORTER: Final = "canada_member"
NOTE: Final = (
    "Ce prix vient d’une offre qui n’est pas encore publique :"
    " les autres fournisseurs ne doivent pas le lire."
)


def load(world: World) -> None:
    """Let first posts wait from now on, and both posts be written."""
    now = clock.now()
    with world.acting("administrator") as administrator:
        service.set_policy(administrator, version=0, first_posts_held=1)
    with world.acting_at(AUTHOR, now - timedelta(hours=20)) as actor:
        reported = topics.reply(actor, topic_called(REPORTED_IN), body=REPORTED, language="en").id
    with world.acting_at(REPORTER, now - timedelta(hours=3)) as actor:
        service.flag_post(actor, reported, reason=FlagReason.CONFIDENTIAL, note=NOTE)
    with world.acting_at(NEWCOMER, now - timedelta(hours=2)) as actor:
        topics.reply(actor, topic_called(HELD_IN), body=HELD, language="en")
