"""Choosing what comes by mail, and when."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, Conflict, Refused
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import queries as groups
from network.subscriptions import queries
from network.subscriptions.models import MailRhythm, Subscription, TopicWatch
from network.subscriptions.rules import Day, Level, Rhythm, Watch, check_rhythm, in_order
from network.topics import queries as topics

explain(
    "uq_mail_rhythm_tenant_id_person_id",
    N_("You saved this in another window a moment ago. Open the page again to see it."),
)


def set_level(actor: Actor, group_id: UUID, *, level: Level | None) -> None:
    """Choose how much of a group comes by mail; None: as usual.

    Raises NotFound for a group the actor may not read, Refused where she is no member.
    """
    standing = groups.standing_in(actor, group_id)
    if not standing.is_member:
        raise Refused(N_("Join the group first: its posts are mailed to its members."))
    kept = queries.subscription_of(actor.person_id, group_id)
    before = kept.level if kept is not None else None
    if before == level:
        return
    if kept is None:
        kept = Subscription(id=new_id(), person_id=actor.person_id, group_id=group_id)
    if level is None:
        db.session.delete(kept)
    else:
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
    actor: Actor,
    *,
    version: int | None,
    default_level: Level,
    quiet_from: time | None,
    quiet_to: time | None,
    working_days: list[Day],
    digest_hour: int,
    weekly_on: Day,
    paused_until: date | None,
) -> MailRhythm:
    """Say when mail may come, in one's own time zone.

    `version` is 0 while nothing was saved yet. Raises Refused for hours or days that cannot be kept, and
    Conflict when `version` is not the one that stands.
    """
    rhythm = Rhythm(
        default_level=default_level,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        working_days=frozenset(working_days),
        digest_hour=digest_hour,
        weekly_on=weekly_on,
        paused_until=paused_until,
    )
    kept = queries.kept_rhythm(actor.person_id)
    before = _facts(queries.rhythm_of_row(kept)) if kept is not None else None
    if (kept.version if kept is not None else 0) != version:
        raise Conflict(current={**(before or _facts(Rhythm())), "version": _version(kept)})
    check_rhythm(rhythm, clock.today(actor.time_zone or mail_network().time_zone))
    if kept is None:
        kept = MailRhythm(id=new_id(), person_id=actor.person_id)
        db.session.add(kept)
    for field, value in _facts(rhythm).items():
        setattr(kept, field, value)
    audit.record(actor, "mail_rhythm.changed", kept, before=before, after=_facts(rhythm))
    return kept


def _version(kept: MailRhythm | None) -> int:
    return kept.version if kept is not None else 0


def _facts(rhythm: Rhythm) -> dict[str, Any]:
    """The rhythm as its columns hold it."""
    return {
        **asdict(rhythm),
        "default_level": rhythm.default_level.value,
        "working_days": [day.value for day in in_order(rhythm.working_days)],
        "weekly_on": rhythm.weekly_on.value,
    }
