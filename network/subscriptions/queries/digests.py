"""Whose digest is due, and what is new for each: one statement for everybody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    Row,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    true,
    values,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.types import DateTime

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.identity.models import Account, Person
from kernel.mail import Recipient
from kernel.mail.network import mail_network
from kernel.mail.queue import is_suspended
from kernel.values import clock
from network.groups.queries import current_members
from network.subscriptions.models import DigestRun, MailRhythm, Subscription, TopicWatch
from network.subscriptions.rules import DigestKind, Level, Rhythm, in_order
from network.topics.queries import has_read, mailable_posts, posts_since

LATE: Final = 6
"""Hours after hers in which somebody's digest is still made, should the worker have been away."""
OLDEST: Final = timedelta(days=31)
"""How far back a digest reaches at most, after a pause for example."""
_USUAL: Final = Rhythm()
_NOW: Final = bindparam("now", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class DigestDue:
    """Somebody's digest: what is new for her since the last one, oldest first."""

    recipient: Recipient
    kind: DigestKind
    period: date
    post_ids: list[UUID]


def claim_due_digests() -> list[DigestDue]:
    """The digests due now that have something new in them. One query for everybody.

    It also writes down for each person whose hour has come that her digest of the day or week is made, so
    that asking again finds nothing.
    """
    parameters = {
        "now": clock.now(),
        "tenant": require_scope().tenant,
        "zone": mail_network().time_zone,
    }
    return [
        DigestDue(
            Recipient(row.address, row.name, row.language, row.time_zone, row.person_id),
            DigestKind(row.kind),
            row.period,
            list(row.post_ids),
        )
        for row in db.session.execute(_DUE, parameters)
    ]


def last_digest(person_id: UUID, kind: DigestKind) -> datetime | None:
    """Up to when somebody was told by digests of a kind."""
    statement = select(func.max(DigestRun.until_at)).where(
        DigestRun.person_id == person_id, DigestRun.kind == kind
    )
    return db.session.scalar(statement)


def left_out(post_ids: Collection[UUID], hidden_at: datetime) -> Sequence[Row[UUID, UUID]]:
    """Whose digests left out which of the posts because they were hidden from a moment on: person, post."""
    run = select(DigestRun.person_id, DigestRun.kind, DigestRun.period, DigestRun.from_at)
    wanted = _wanted(run.where(DigestRun.until_at >= hidden_at).cte("run"))
    post = mailable_posts().subquery("post")
    statement = (
        select(wanted.c.person_id, post.c.id)
        .join(post, post.c.group_id == wanted.c.group_id)
        .outerjoin(TopicWatch, _is_watch(post, wanted))
        .where(
            post.c.id.in_(post_ids),
            post.c.created_at > wanted.c.since,
            post.c.author_id != wanted.c.person_id,
            TopicWatch.id.is_(None),
        )
        .distinct()
    )
    return db.session.execute(statement, {"now": clock.now()}).all()


def _clocks() -> Any:
    """What time it is for everybody with an account, and what she wants of it; both kinds of digest."""
    kinds = values(column("kind", Text), name="kinds").data([(kind.value,) for kind in DigestKind])
    zone = func.coalesce(Person.time_zone, bindparam("zone", type_=Text()))
    every_day = literal([day.value for day in in_order(_USUAL.working_days)], ARRAY(Text()))
    return (
        select(
            Person.id.label("person_id"),
            kinds.c.kind,
            func.timezone(zone, _NOW).label("local"),
            func.coalesce(MailRhythm.default_level, _USUAL.default_level.value).label("usual"),
            func.coalesce(MailRhythm.digest_hour, _USUAL.digest_hour).label("hour"),
            func.coalesce(MailRhythm.working_days, every_day).label("working_days"),
            func.coalesce(MailRhythm.weekly_on, _USUAL.weekly_on.value).label("weekly_on"),
            MailRhythm.paused_until,
        )
        .join(Account, Account.person_id == Person.id)
        .outerjoin(MailRhythm, MailRhythm.person_id == Person.id)
        .join(kinds, true())
        .where(
            Account.confirmed_at.is_not(None),
            Account.disabled_at.is_(None),
            ~is_suspended(Account.id),
        )
        .subquery("clocks")
    )


def _runs() -> Any:
    """Write down the digests that are due, and answer them: who, which, since when."""
    clocks = _clocks()
    today, hour = sql_cast(clocks.c.local, Date), func.extract("hour", clocks.c.local)
    weekday = func.to_char(clocks.c.local, "dy")
    last = (
        select(func.max(DigestRun.until_at))
        .where(DigestRun.person_id == clocks.c.person_id, DigestRun.kind == clocks.c.kind)
        .scalar_subquery()
    )
    since = func.greatest(last, _NOW - OLDEST)
    due = select(
        bindparam("tenant", type_=Integer()),
        func.gen_random_uuid(),
        clocks.c.person_id,
        clocks.c.kind,
        today,
        since,
        _NOW,
    ).where(
        hour >= clocks.c.hour,
        hour < clocks.c.hour + LATE,
        weekday == any_(clocks.c.working_days),
        or_(clocks.c.kind == DigestKind.DAILY.value, weekday == clocks.c.weekly_on),
        or_(clocks.c.paused_until.is_(None), clocks.c.paused_until <= today),
        _is_subscribed(clocks),
    )
    runs = cast(Table, DigestRun.__table__)
    names = ["tenant_id", "id", "person_id", "kind", "period", "from_at", "until_at"]
    return (
        insert(runs)
        .from_select(names, due)
        .on_conflict_do_nothing(index_elements=["tenant_id", "person_id", "kind", "period"])
        .returning(runs.c.person_id, runs.c.kind, runs.c.period, runs.c.from_at)
        .cte("run")
    )


def _is_subscribed(clocks: Any) -> Any:
    """Whether somebody is in any group that she wants a digest of this kind of."""
    member = current_members().subquery("subscribed")
    return (
        select(member.c.group_id)
        .outerjoin(
            Subscription,
            and_(
                Subscription.person_id == member.c.person_id,
                Subscription.group_id == member.c.group_id,
            ),
        )
        .where(
            member.c.person_id == clocks.c.person_id,
            func.coalesce(Subscription.level, clocks.c.usual) == clocks.c.kind,
        )
        .correlate(clocks)
        .exists()
    )


def _wanted(run: Any) -> Any:
    """The groups that those who have a digest want in it, and since when; each row worked out once.

    Only a plain column is compared within an index of a table with row level security.
    """
    member = current_members().subquery("member")
    usual = func.coalesce(MailRhythm.default_level, Level.EVERY_POST.value)
    told = func.coalesce(Subscription.told_until, MailRhythm.told_until)
    return (
        select(
            run.c.person_id,
            run.c.kind,
            run.c.period,
            member.c.group_id,
            func.greatest(run.c.from_at, told, member.c.joined_at).label("since"),
        )
        .select_from(run)
        .join(member, member.c.person_id == run.c.person_id)
        .outerjoin(MailRhythm, MailRhythm.person_id == run.c.person_id)
        .outerjoin(
            Subscription,
            and_(
                Subscription.person_id == run.c.person_id,
                Subscription.group_id == member.c.group_id,
            ),
        )
        .where(func.coalesce(Subscription.level, usual) == run.c.kind)
        .cte("wanted")
        .prefix_with("MATERIALIZED")
    )


def _news() -> Any:
    """What is new for each of them: posts of others that they may read, have not, and want in a digest."""
    wanted = _wanted(_runs())
    post = posts_since(wanted.c.group_id, wanted.c.since, _NOW)
    person = (wanted.c.person_id, wanted.c.kind, wanted.c.period)
    return (
        select(*person, func.array_agg(aggregate_order_by(post.c.id, post.c.id)).label("post_ids"))
        .select_from(wanted)
        .join(post, post.c.author_id != wanted.c.person_id)
        .outerjoin(TopicWatch, _is_watch(post, wanted))
        .where(TopicWatch.id.is_(None), ~has_read(wanted.c.person_id, post.c))
        .group_by(*person)
        .subquery("news")
    )


def _is_watch(post: Any, wanted: Any) -> Any:
    """Whether a watch is somebody's of the topic of a post: such posts come at once or not at all."""
    return and_(TopicWatch.topic_id == post.c.topic_id, TopicWatch.person_id == wanted.c.person_id)


def _due() -> Any:
    """The digests that have something in them, and whom they go to: looked up once for all her posts."""
    news = _news()
    return (
        select(news, Person.name, Person.language, Person.time_zone, Account.address)
        .join(Person, Person.id == news.c.person_id)
        .join(Account, Account.person_id == news.c.person_id)
        .order_by(news.c.person_id, news.c.kind)
    )


_DUE: Final = _due()
