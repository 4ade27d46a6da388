"""Choosing what comes by mail, and when."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, Conflict, NotNow
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import queries as groups
from network.groups import service as managing
from network.subscriptions import queries
from network.subscriptions.models import GroupMail, MailRhythm, Subscription, TopicWatch
from network.subscriptions.rules import (
    Day,
    DigestKind,
    Level,
    Rhythm,
    Watch,
    check_rhythm,
    in_order,
)
from network.topics import queries as topics

if TYPE_CHECKING:
    from network.groups.models import Group

for _twice in (
    "uq_mail_rhythm_tenant_id_person_id",
    "uq_subscription_tenant_id_group_id_person_id",
    "uq_topic_watch_tenant_id_topic_id_person_id",
):
    explain(
        _twice, N_("You saved this in another window a moment ago. Open the page again to see it.")
    )
explain(
    "uq_group_mail_tenant_id_group_id",
    N_("Somebody else decided this at the same moment. Look at what stands now."),
)


def set_level(actor: Actor, group_id: UUID, *, level: Level | None) -> None:
    """Choose how much of a group comes by mail; None: as usual.

    Raises NotFound for a group the actor may not read, Refused where she is no member.
    """
    standing = groups.standing_in(actor, group_id)
    if not standing.is_member:
        raise NotNow(N_("Join the group first: its posts are mailed to its members."))
    kept = queries.subscription_of(actor.person_id, group_id)
    before = kept.level if kept is not None else None
    if before == level:
        return
    if kept is None:
        kept = Subscription(id=new_id(), person_id=actor.person_id, group_id=group_id)
    if level is None:
        db.session.delete(kept)
    else:
        usual = queries.rhythm_of(actor.person_id).default_level
        kept.told_until = _told_until(actor, Level(before or usual))
        kept.level = level.value
        db.session.add(kept)
    audit.record(
        actor,
        "subscription.changed",
        kept,
        before={"level": before},
        after={"level": level},
        label=standing.name,
    )


def set_levels(actor: Actor, levels: Mapping[UUID, Level | None]) -> None:
    """Choose for several groups at once. Raises as `set_level` does."""
    for group_id, level in levels.items():
        set_level(actor, group_id, level=level)


def set_watch(actor: Actor, topic_id: UUID, *, mode: Watch | None) -> None:
    """Ask for every post of a topic, or for none; None: as its group.

    Raises NotFound for a topic the actor may not read.
    """
    seen = topics.topic_seen_by(actor, topic_id)
    kept = queries.watch_of(actor.person_id, topic_id)
    before = kept.mode if kept is not None else None
    if before == mode:
        return
    if kept is None:
        kept = TopicWatch(id=new_id(), person_id=actor.person_id, topic_id=topic_id)
    if mode is None:
        db.session.delete(kept)
    else:
        kept.mode = mode.value
        db.session.add(kept)
    audit.record(
        actor,
        "topic_watch.changed",
        kept,
        before={"mode": before},
        after={"mode": mode},
        label=seen.standing.name,
    )


def save_rhythm(
    actor: Actor, *, version: int | None, working_days: Collection[Day], **chosen: Any
) -> MailRhythm:
    """Say when mail may come, in one's own time zone; `chosen` are the other fields of `Rhythm`.

    `version` is 0 while nothing was saved yet. Raises Refused for hours or days that cannot be kept, and
    Conflict when `version` is not the one that stands.
    """
    rhythm = Rhythm(working_days=frozenset(working_days), **chosen)
    kept = queries.kept_rhythm(actor.person_id)
    before = _facts(queries.rhythm_of_row(kept)) if kept is not None else None
    current = kept.version if kept is not None else 0
    if current != version:
        raise Conflict(current={**(before or _facts(Rhythm())), "version": current})
    check_rhythm(rhythm, clock.today(actor.time_zone or mail_network().time_zone))
    if kept is None:
        kept = MailRhythm(id=new_id(), person_id=actor.person_id, told_until=clock.now())
        db.session.add(kept)
    elif kept.default_level != rhythm.default_level:
        kept.told_until = _told_until(actor, Level(kept.default_level))
    for field, value in _facts(rhythm).items():
        setattr(kept, field, value)
    after = _told(_facts(rhythm))
    audit.record(
        actor, "mail_rhythm.changed", kept, before=_told(before) if before else None, after=after
    )
    return kept


def group_to_manage(actor: Actor, group_id: UUID) -> "tuple[Group, GroupMail | None]":
    """A group whose mails the actor decides on, and what was said of them. Raises NotFound and Forbidden."""
    return managing.group_to_manage(actor, group_id), queries.group_mail(group_id)


def set_content_free(
    actor: Actor, group_id: UUID, *, version: int | None, content_free: bool
) -> GroupMail:
    """Let the mails of a group say nothing of what is written in it, or let them say it again.

    Its chair and the administrators may. `version` is 0 while nothing was ever said. Raises NotFound,
    Forbidden, and Conflict when `version` is not the one that stands.
    """
    group, kept = group_to_manage(actor, group_id)
    current = kept.version if kept is not None else 0
    before = kept.content_free if kept is not None else False
    if current != version:
        raise Conflict(current={"content_free": before, "version": current})
    if kept is None:
        kept = GroupMail(id=new_id(), group_id=group_id)
        db.session.add(kept)
    kept.content_free = content_free
    audit.record(
        actor,
        "group_mail.changed",
        kept,
        before={"content_free": before},
        after={"content_free": content_free},
        label=group.name,
    )
    return kept


def _told_until(actor: Actor, level: Level) -> datetime:
    """Up to when the actor has been told of a group in the way of a level: what comes after is new."""
    if level not in {Level.DAILY, Level.WEEKLY}:
        return clock.now()
    return queries.last_digest(actor.person_id, DigestKind(level.value)) or clock.now()


def _facts(rhythm: Rhythm) -> dict[str, Any]:
    """The rhythm as its columns hold it."""
    return {
        **asdict(rhythm),
        "default_level": rhythm.default_level.value,
        "working_days": [day.value for day in in_order(rhythm.working_days)],
        "weekly_on": rhythm.weekly_on.value,
    }


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the trail keeps them: it knows no time of day."""
    return {
        field: f"{value:%H:%M}" if isinstance(value, time) else value
        for field, value in facts.items()
    }
