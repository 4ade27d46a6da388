"""Rate limits, counted in PostgreSQL so that every web process sees the same number.

A counter lives under a keyed digest of what it counts: the table names neither addresses nor sources.
Counting happens before the attempt and in a transaction of its own, so that neither a rollback nor
many attempts at once get past the limit.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID

from flask import Flask, current_app, request
from sqlalchemy import Index, bindparam, case, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from kernel.db import Tenanted, Timestamp, own_transaction, table
from kernel.db.hot import HotStatement
from kernel.db.scope import require_scope
from kernel.errors import TooMany
from kernel.values import clock
from kernel.web.visitors import actor_or_none, is_api_request


@dataclass(frozen=True)
class Limit:
    """At most `attempts` of one kind from one subject within a window that begins with the first."""

    name: str
    attempts: int
    window: timedelta


class RateCounter(Tenanted):
    """How often something was tried since its window began; its id is the digest of what."""

    __tablename__ = "rate_counter"
    __table_args__ = table("kernel", Index("ix_rate_counter_resets_at", "tenant_id", "resets_at"))

    hits: Mapped[int]
    resets_at: Mapped[datetime]


API_LIMIT = Limit("api", 600, timedelta(minutes=1))
"""Requests of one account's programs."""


def init_limits(app: Flask) -> None:
    """Hold back programs that ask too fast; checked once it is known whose they are."""
    app.before_request(_count_api_request)


def _count_api_request() -> None:
    actor = actor_or_none() if is_api_request() else None
    if actor is not None:
        count(API_LIMIT, str(actor.account_id))


def count(limit: Limit, subject: str) -> None:
    """Count one attempt; raises TooMany once more than the limit's attempts were made in its window."""
    now = clock.now()
    [counted] = _COUNT.alone(
        tenant=require_scope().tenant,
        counter=_counter_id(limit, subject),
        now=now,
        resets_at=now + limit.window,
    )
    if counted.hits > limit.attempts:
        raise TooMany(retry_after=max(1, int((counted.resets_at - now).total_seconds())))


def forgive(limit: Limit, subject: str) -> None:
    """Take one attempt back, because it succeeded: successes fill no counter of failures."""
    with own_transaction() as session:
        session.execute(
            update(RateCounter)
            .where(RateCounter.id == _counter_id(limit, subject), RateCounter.hits > 0)
            .values(hits=RateCounter.hits - 1)
        )


def clear(limit: Limit, subject: str) -> None:
    """Forget every attempt of the subject."""
    with own_transaction() as session:
        session.execute(delete(RateCounter).where(RateCounter.id == _counter_id(limit, subject)))


def source() -> str:
    """Where the request comes from; it is counted under a digest and never kept.

    Of an IPv6 address only the network counts: one line has as many addresses as it likes.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(address)


def sweep() -> int:
    """Delete the counters of the tenant whose window is over; returns how many there were."""
    with own_transaction() as session:
        gone = session.execute(delete(RateCounter).where(RateCounter.resets_at < clock.now()))
        return int(gone.rowcount)  # type: ignore[attr-defined]


def _counted() -> Any:
    """Begin a window or count within the running one, in one statement."""
    now: Any = bindparam("now", type_=Timestamp())
    fresh = insert(RateCounter).values(
        tenant_id=bindparam("tenant"),
        id=bindparam("counter"),
        hits=1,
        resets_at=bindparam("resets_at", type_=Timestamp()),
    )
    over = RateCounter.resets_at <= now
    return fresh.on_conflict_do_update(
        index_elements=[RateCounter.tenant_id, RateCounter.id],
        set_={
            "hits": case((over, 1), else_=RateCounter.hits + 1),
            "resets_at": case((over, fresh.excluded.resets_at), else_=RateCounter.resets_at),
        },
    ).returning(RateCounter.hits, RateCounter.resets_at)


_COUNT = HotStatement(_counted())


def _counter_id(limit: Limit, subject: str) -> UUID:
    key = str(current_app.config["SECRET_KEY"]).encode()
    text = f"{limit.name}\0{subject}".encode()
    return UUID(bytes=hmac.digest(key, text, hashlib.sha256)[:16])
