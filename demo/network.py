"""The groups of the demo and what is said in them: invented people, problems that electoral bodies have.

Told from the day of loading, so that the newest talk is always of this week.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO, Final
from uuid import UUID

from sqlalchemy import select

from demo import cast, mail, moderation, people
from demo.groups import GROUPS, DemoGroup
from demo.threads import TEXTS, DemoPost, DemoThread, threads
from demo.world import World
from kernel.accounts.models import Invitation
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from kernel.values import clock
from network.groups import service as groups
from network.topics import queries, service


@dataclass
class DemoFile:
    """A file as a form would hand it over."""

    filename: str | None
    stream: BinaryIO


BEGUN: Final = timedelta(days=60)
"""The groups are so old: older than what is said in them."""
GUEST_OF: Final = "education"
GUEST_FOR: Final = timedelta(days=90)


def load(world: World) -> None:
    """Make the groups, let people say what they want by mail, then let them talk."""
    with clock.frozen(clock.now() - BEGUN):
        made = {group.key: _make(world, group) for group in GROUPS}
        mail.choose(world, made)
    for thread in threads():
        _tell(world, made[thread.group], thread)
    mail.choose_topics(world)
    moderation.load(world)
    _let_guest_in(world, made[GUEST_OF])


def _make(world: World, group: DemoGroup) -> UUID:
    chair, *others = [world.people[key] for key in group.members]
    with world.acting("administrator") as administrator:
        made = groups.create_group(
            administrator,
            name=group.name,
            purpose=group.purpose,
            kind=group.kind,
            joining=group.joining,
            visibility=group.visibility,
            chair_id=chair,
        )
        for person_id in others:
            groups.add_member(administrator, made.id, person_id=person_id)
    return made.id


def _let_guest_in(world: World, group_id: UUID) -> None:
    """The chair of a group lets somebody of no organisation see it for some weeks."""
    chair = next(group.members[0] for group in GROUPS if group.key == GUEST_OF)
    with world.acting(chair) as actor:
        last_day = world.today + GUEST_FOR
        groups.invite_guest(
            actor, group_id, name=cast.GUEST.name, address=cast.GUEST.address, last_day=last_day
        )
        account = db.session.scalars(select(Account).filter_by(address=cast.GUEST.address)).one()
        offer = db.session.scalars(select(Invitation).filter_by(account_id=account.id)).one()
        people.accept(world, cast.GUEST, account, offer)


def _tell(world: World, group_id: UUID, thread: DemoThread) -> None:
    first, *answers = thread.posts
    moment = clock.now() - timedelta(days=thread.days_ago)

    def begin(actor: Actor) -> UUID:
        topic = service.create_topic(
            actor,
            group_id=group_id,
            kind=thread.kind,
            title=thread.title,
            body=first.text,
            language=_language(first),
            files=_files(first),
        )
        return topic.id

    topic_id: UUID = _at(world, first.by, moment, begin)
    for post in answers:
        moment += timedelta(hours=post.hours)
        _at(world, post.by, moment, partial(_answer, topic_id, post))
    accepted = [number for number, post in enumerate(thread.posts) if post.accepted]
    if accepted:
        with world.acting(first.by) as actor:
            written = queries.visible_posts(topic_id)[accepted[0]]
            service.accept_answer(actor, written.id)


def _answer(topic_id: UUID, post: DemoPost, actor: Actor) -> UUID:
    written = service.reply(
        actor, topic_id, body=post.text, language=_language(post), files=_files(post)
    )
    return written.id


def _language(post: DemoPost) -> str:
    return post.language or cast.language_of(post.by)


def _at(world: World, key: str, moment: datetime, act: Callable[[Actor], UUID]) -> UUID:
    with world.acting_at(key, moment) as actor:
        return act(actor)


def _files(post: DemoPost) -> Sequence[DemoFile]:
    if not post.file:
        return ()
    return [DemoFile(post.file, io.BytesIO((TEXTS / post.file).read_bytes()))]
