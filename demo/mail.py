"""How some people of the demo want their mail, so that digests and pages about it have something to show."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from demo.world import World
from kernel.db import db
from network.subscriptions import service
from network.subscriptions.rules import Day, Level, Rhythm, Watch
from network.topics.models import Topic

WEEK: Final = [Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI]
PAUSE: Final = timedelta(days=10)


@dataclass(frozen=True)
class DemoChoice:
    """What somebody wants: fields of `Rhythm`, levels by the key of a group, topics by title."""

    rhythm: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    topics: Mapping[str, Watch] = field(default_factory=dict)
    is_away: bool = False


CHOICES: Final[Mapping[str, DemoChoice]] = {
    "kenya_focal": DemoChoice(
        {"quiet_from": time(20), "quiet_to": time(6, 30), "working_days": WEEK},
        {"operations": Level.DAILY, "education": Level.WEEKLY, "observation": Level.NOTHING},
        {
            "Indelible ink that holds in humid heat": Watch.WATCH,
            "Advance voting for nurses and police: one day or a week?": Watch.MUTE,
        },
    ),
    "officer": DemoChoice(levels={"registration": Level.DAILY}),
    "jamaica_member": DemoChoice(
        {"default_level": Level.DAILY, "digest_hour": 6},
        topics={"Deaths that nobody reports": Watch.WATCH},
    ),
    # A slow and costly link: one mail a week.
    "tuvalu_member": DemoChoice({"default_level": Level.WEEKLY, "weekly_on": Day.FRI}),
    # The week there is from Sunday to Thursday.
    "maldives_focal": DemoChoice(
        {
            "quiet_from": time(19),
            "quiet_to": time(7),
            "working_days": [Day.SUN, *WEEK[:4]],
            "weekly_on": Day.SUN,
        },
        {"inclusion": Level.WEEKLY},
    ),
    "canada_member": DemoChoice(is_away=True),
}


def choose(world: World, groups: Mapping[str, UUID]) -> None:
    """Let people say what they want of which group, and when."""
    for key, choice in CHOICES.items():
        with world.acting(key) as actor:
            if choice.rhythm:
                service.save_rhythm(actor, version=0, **{**asdict(Rhythm()), **choice.rhythm})
            service.set_levels(
                actor, {groups[group]: level for group, level in choice.levels.items()}
            )


def choose_topics(world: World) -> None:
    """Let people watch and mute topics, and one of them go on leave."""
    for key, choice in CHOICES.items():
        with world.acting(key) as actor:
            for title, mode in choice.topics.items():
                service.set_watch(actor, topic_called(title), mode=mode)
            if choice.is_away:
                away = asdict(Rhythm()) | {"paused_until": world.today + PAUSE}
                service.save_rhythm(actor, version=0, **away)


def topic_called(title: str) -> UUID:
    """The topic of the demo with a title."""
    return db.session.scalars(select(Topic.id).where(Topic.title == title)).one()
