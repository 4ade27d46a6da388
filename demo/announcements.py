"""What was announced in the demo: one to be acknowledged, one of a chair, one that waits to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from demo.documents import NOTES
from demo.groups import GROUPS
from demo.world import World
from kernel.db import db
from kernel.values import clock
from network.announcements import service
from network.announcements.rules import Audience, Content, Text
from network.groups.models import Group

TEXTS: Final = Path(__file__).with_name("data") / "announcements"
WAITS: Final = timedelta(days=3)


@dataclass(frozen=True)
class DemoAnnouncement:
    """An announcement by the name of its texts, `name.language.md`, each a heading and what is said.

    It was sent `days_ago`, or is scheduled where that is None. `due_in` are the days from today until which
    it is to be acknowledged; `acknowledged` are the keys of who did.
    """

    name: str
    by: str
    days_ago: int | None
    regions: tuple[str, ...] = ()
    group: str | None = None
    due_in: int | None = None
    acknowledged: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[Text, ...]:
        """Its texts, English first where there is one."""
        files = sorted(TEXTS.glob(f"{self.name}.*.md"), key=_english_first)
        return tuple(_read(file) for file in files)


ANNOUNCEMENTS: Final = (
    DemoAnnouncement(
        "focal-points",
        "administrator",
        days_ago=5,
        due_in=9,
        acknowledged=("ghana_admin", "fiji_focal", "jamaica_member", "cameroon_member"),
    ),
    DemoAnnouncement("satellite", "fiji_focal", days_ago=12, group="small"),
    DemoAnnouncement(
        "ballot-paper", "announcer", days_ago=None, regions=("Africa", "Caribbean and Americas")
    ),
)


def load(world: World) -> None:
    """Let each be written, sent at its moment, and acknowledged a day later by some."""
    for each in ANNOUNCEMENTS:
        if each.days_ago is None:
            _write(world, each, clock.now(), at=clock.now() + WAITS)
            continue
        moment = clock.now() - timedelta(days=each.days_ago)
        announcement_id = _write(world, each, moment)
        with clock.frozen(moment), world.inside():
            service.send(announcement_id)
        for key in each.acknowledged:
            with world.acting_at(key, moment + timedelta(days=1)) as reader:
                service.acknowledge(reader, announcement_id)


def _write(
    world: World, each: DemoAnnouncement, moment: datetime, at: datetime | None = None
) -> UUID:
    with world.acting_at(each.by, moment) as author:
        days = None if each.due_in is None else timedelta(days=each.due_in)
        content = Content(
            texts=each.texts,
            audience=_audience(each),
            must_acknowledge=days is not None,
            due_on=None if days is None else world.today + days,
        )
        made = service.draft(author, content)
        service.schedule(author, made.id, version=made.version, at=at)
        return made.id


def _audience(each: DemoAnnouncement) -> Audience:
    if each.group is not None:
        name = next(group.name for group in GROUPS if group.key == each.group)
        return Audience(
            group_ids=(db.session.scalars(select(Group.id).filter_by(name=name)).one(),)
        )
    return Audience(everybody=not each.regions, regions=each.regions)


def _english_first(file: Path) -> tuple[bool, str]:
    return not file.stem.endswith(".en"), file.name


def _read(file: Path) -> Text:
    language = file.stem.rpartition(".")[2]
    heading, _, body = file.read_text(encoding="utf-8").partition("\n")
    return Text(
        language, heading.removeprefix("# ").strip(), f"{body.strip()}\n\n*{NOTES[language]}*"
    )
