"""Who hears of a post: one statement behind the count beside the box and behind the sending."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.identity.models import Account, Person
from kernel.mail import Recipient
from kernel.mail.queue import is_suspended
from kernel.values import clock
from network.groups.queries import current_members, may_read
from network.subscriptions.models import MailRhythm, Subscription, TopicWatch
from network.subscriptions.queries.choices import rhythm_of_row
from network.subscriptions.rules import Level, Rhythm, Watch, count_at_once
from network.topics.queries import has_read, mailable_posts

_GROUPS = bindparam("groups", type_=ARRAY(Uuid()))
_TOPIC = bindparam("topic", type_=Uuid())
_MENTIONED = bindparam("mentioned", type_=ARRAY(Uuid()))
_READER = bindparam("reader", type_=Uuid())
_MEMBER, _IS_MENTIONED, _WATCHES = 1, 2, 3


@dataclass(frozen=True)
class MailFacts:
    """What stands beside a box to write in.

    `mailed` people are told at once; `level` and `watch` are the reader's own, None where she has none.
    """

    mailed: int
    level: Level | None = None
    watch: Watch | None = None


@dataclass(frozen=True)
class Listener:
    """Somebody who may read a post, and what she wants of it."""

    recipient: Recipient
    person_id: UUID
    level: Level
    watch: Watch | None
    rhythm: Rhythm
    is_mentioned: bool


def count_mailed_in(group_ids: Collection[UUID], author_id: UUID) -> dict[UUID, int]:
    """How many people are told at once of a new topic of this author, by group. One query."""
    found: dict[UUID, list[tuple[Level, Watch | None, int]]] = {one: [] for one in group_ids}
    for row in _counted(group_ids, author_id, None):
        found[row.group_id].append((Level(row.level), _watch(row.mode), row.others))
    return {group_id: count_at_once(counted) for group_id, counted in found.items()}


def mail_facts(reader_id: UUID, group_id: UUID, topic_id: UUID | None = None) -> MailFacts:
    """How many others are told of what the reader writes, and what she herself chose. One query."""
    rows = [
        (Level(row.level), _watch(row.mode), row.others, row.own)
        for row in _counted([group_id], reader_id, topic_id)
    ]
    own = next(((level, watch) for level, watch, _, is_own in rows if is_own), (None, None))
    return MailFacts(count_at_once(row[:3] for row in rows), *own)


def listeners(
    group_id: UUID,
    topic_id: UUID,
    mentioned: Collection[UUID] = (),
    *,
    post_id: UUID | None = None,
    only: Collection[UUID] | None = None,
) -> list[Listener]:
    """Everybody who may read a topic and might be told of a post in it. One query.

    `only` narrows it to some people, and with `post_id` to those who have not read that post.
    """
    audience = _audience().subquery("audience")
    rhythm = [getattr(MailRhythm, field.name) for field in fields(Rhythm)]
    statement = (
        select(
            audience,
            Person.name,
            Person.language,
            Person.time_zone,
            Account.address,
            *rhythm,
        )
        .join(Person, Person.id == audience.c.person_id)
        .join(Account, Account.person_id == audience.c.person_id)
        .outerjoin(MailRhythm, MailRhythm.person_id == audience.c.person_id)
        .order_by(audience.c.person_id)
    )
    if only is not None:
        statement = statement.where(audience.c.person_id.in_(only))
    if post_id is not None:
        post = mailable_posts().subquery("post")
        statement = statement.join(post, post.c.id == post_id).where(
            ~has_read(audience.c.person_id, post.c)
        )
    rows = db.session.execute(statement, _parameters([group_id], topic_id, mentioned))
    return [
        Listener(
            Recipient(row.address, row.name, row.language, row.time_zone, row.person_id),
            row.person_id,
            Level(row.level),
            _watch(row.mode),
            rhythm_of_row(row),
            row.is_mentioned,
        )
        for row in rows
    ]


def _counted(
    group_ids: Collection[UUID], reader_id: UUID, topic_id: UUID | None
) -> Collection[Any]:
    return _COUNTED.rows(**_parameters(group_ids, topic_id), reader=reader_id)


def _parameters(
    group_ids: Collection[UUID], topic_id: UUID | None, mentioned: Collection[UUID] = ()
) -> Mapping[str, Any]:
    return {
        "groups": list(group_ids),
        "topic": topic_id,
        "mentioned": list(mentioned),
        "now": clock.now(),
    }


def _audience() -> Any:
    """People with an account who may read a group and might be told, with level and watch.

    Members have their level. Others, who read an open group without being in it, come in by watching the
    topic, and hear of nothing else, or by being mentioned. One row for each person and group.
    """
    people = _people().subquery("people")
    usual = func.coalesce(MailRhythm.default_level, Level.EVERY_POST.value)
    only_watches = people.c.standing == _WATCHES
    return (
        select(
            people.c.group_id,
            people.c.person_id,
            func.coalesce(
                Subscription.level, case((only_watches, Level.NOTHING.value), else_=usual)
            ).label("level"),
            TopicWatch.mode.label("mode"),
            (people.c.person_id == func.any(_MENTIONED)).label("is_mentioned"),
        )
        .join(Account, Account.person_id == people.c.person_id)
        .outerjoin(MailRhythm, MailRhythm.person_id == people.c.person_id)
        .outerjoin(
            Subscription,
            and_(
                Subscription.group_id == people.c.group_id,
                Subscription.person_id == people.c.person_id,
            ),
        )
        .outerjoin(
            TopicWatch,
            and_(TopicWatch.topic_id == _TOPIC, TopicWatch.person_id == people.c.person_id),
        )
        .where(
            Account.confirmed_at.is_not(None),
            Account.disabled_at.is_(None),
            ~is_suspended(Account.id),
            or_(people.c.standing == _MEMBER, may_read(people.c.person_id, people.c.group_id)),
        )
    )


def _people() -> Any:
    """Who might be told, and why: the least number counts where there are several."""
    member = current_members().subquery("member")
    group = func.unnest(_GROUPS).table_valued("group_id").render_derived()
    named = func.unnest(_MENTIONED).table_valued("person_id").render_derived()
    everyone = union_all(
        select(member.c.group_id, member.c.person_id, literal(_MEMBER).label("standing")).where(
            member.c.group_id == func.any(_GROUPS)
        ),
        select(_uuid(group.c.group_id), _uuid(named.c.person_id), literal(_IS_MENTIONED))
        .select_from(group)
        .join(named, true()),
        select(_uuid(group.c.group_id), TopicWatch.person_id, literal(_WATCHES))
        .select_from(group)
        .join(TopicWatch, and_(TopicWatch.topic_id == _TOPIC, TopicWatch.mode == Watch.WATCH)),
    ).subquery("everyone")
    key = (everyone.c.group_id, everyone.c.person_id)
    return select(*key, func.min(everyone.c.standing).label("standing")).group_by(*key)


def _uuid(column: Any) -> Any:
    return type_coerce(column, Uuid())


def _statement() -> Any:
    audience = _audience().subquery("audience")
    is_reader = audience.c.person_id == _READER
    return select(
        audience.c.group_id,
        audience.c.level,
        audience.c.mode,
        func.count().filter(~is_reader).label("others"),
        func.bool_or(is_reader).label("own"),
    ).group_by(audience.c.group_id, audience.c.level, audience.c.mode)


_COUNTED = HotStatement(_statement())


def _watch(mode: str | None) -> Watch | None:
    return Watch(mode) if mode else None
