"""Five thousand daily digests in one job, beside rendering the same mails from ready data."""

import gc
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import Engine, event, text

from benchmarks.stage import Stage
from kernel.db import db, scoped
from kernel.mail import Mail, queue_many
from kernel.mail.letters import write
from kernel.mail.network import mail_network
from kernel.values import clock
from network.subscriptions import service

PEOPLE: Final = 5_000
QUERIES: Final = 9
"""At most, however many people there are; tests see to it that three cost as many as thirty."""
AT_MOST: Final = 3
MORNINGS: Final = 3

_ROWS = """
create temporary table reader on commit drop as
select uuidv7() as id, n, (select id from kernel.organisation where tenant_id = :tenant
                           and kind = 'emb' order by id limit 1) as organisation_id
from generate_series(1, :people) n;
insert into kernel.person (tenant_id, id, name, sort_key, version)
select :tenant, id, 'Digest Reader ' || n || ' Fictional', 'digest reader ' || n, 1 from reader;
insert into kernel.account (tenant_id, id, person_id, address, confirmed_at, totp_counter, theme,
                            created_at, version)
select :tenant, uuidv7(), id, 'digest' || n || '@example.org', :before, 0, 'auto', :before, 1 from reader;
insert into kernel.affiliation (tenant_id, id, person_id, organisation_id, role, began_on)
select :tenant, uuidv7(), id, organisation_id, '', '2020-01-01' from reader;
insert into network.group_membership (tenant_id, id, group_id, person_id, organisation_id, added_by,
                                      joined_at)
select :tenant, uuidv7(), g.id, r.id, r.organisation_id, r.id, :before
from reader r cross join network."group" g where g.tenant_id = :tenant;
insert into network.subscription (tenant_id, id, person_id, group_id, level, told_until)
select :tenant, uuidv7(), r.id, g.id, 'daily', :before
from reader r cross join network."group" g where g.tenant_id = :tenant
"""
_POSTS = """
with fresh as (
    select t.* from network."group" g cross join lateral (
        select * from network.topic t where t.tenant_id = g.tenant_id and t.group_id = g.id
        order by t.last_post_at desc limit 2) t
    where g.tenant_id = :tenant
), moved as (
    update network.topic t set last_post_at = :written from fresh
    where t.tenant_id = fresh.tenant_id and t.id = fresh.id
)
insert into network.post (tenant_id, id, topic_id, author_id, organisation_id, body, language, status, via,
                          message_id, created_at, version)
select tenant_id, uuidv7(), id, author_id, organisation_id,
       'We store it at **fifteen degrees** and test a drop from each batch every month.', 'en', 'visible',
       'web', gen_random_uuid() || '@example.org', :written, 1
from fresh cross join generate_series(1, 2)
"""


@dataclass(frozen=True)
class Measured:
    """Seconds of CPU and in all, of the job and of rendering alone, and the job's queries."""

    ours: float
    floor: float
    whole: float
    whole_floor: float
    queries: int

    @property
    def ratio(self) -> float:
        """How many times the time of rendering the job takes."""
        return self.ours / self.floor

    @property
    def whole_ratio(self) -> float:
        """The same of all the time that passed, the database's work among it."""
        return self.whole / self.whole_floor


def measure(on: Stage, days: int) -> Measured:
    """The best of some mornings, the first after so many days: what disturbs a single long run only adds."""
    found = [_one_morning(on, days + more) for more in range(MORNINGS)]
    return Measured(
        ours=min(one.ours for one in found),
        floor=min(one.floor for one in found),
        whole=min(one.whole for one in found),
        whole_floor=min(one.whole_floor for one in found),
        queries=max(one.queries for one in found),
    )


def _one_morning(on: Stage, days: int) -> Measured:
    """Make everybody's digest, then render the same mails once more; raises SystemExit if any is missing.

    On the morning after so many days, when two topics of every group were answered.
    """
    morning = _morning(days)
    on.execute(_POSTS, tenant=on.tenant.id, written=morning - timedelta(hours=3))
    on.settle()
    mails: list[Mail] = []

    def keep(made: Iterable[Mail]) -> list[str]:
        mails.extend(made)
        return queue_many(mails)

    with on.app.app_context(), scoped(on.tenant.id), clock.frozen(morning):
        mail_network()
        _as_the_worker()
        with patch("network.subscriptions.service.digests.queue_many", keep), _Counted() as seen:
            ours, whole = _timed(lambda: (service.send_digests(), db.session.commit()))
        if len(mails) != PEOPLE:
            raise SystemExit(f"the job made {len(mails)} digests and not {PEOPLE:,}")
        network = mail_network()
        floor, whole_floor = _timed(
            lambda: [write(m.template, m.to, network, m.context) for m in mails]
        )
    return Measured(ours, floor, whole, whole_floor, len(seen.statements))


def populate(on: Stage) -> None:
    """Five thousand members of every group of the network."""
    before = _morning(1)
    on.execute_all(_ROWS, tenant=on.tenant.id, people=PEOPLE, before=before)


def _morning(days: int) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=9, minute=5)


def _as_the_worker() -> None:
    """The limits of the role that runs jobs, for the transaction at hand."""
    for name, limit in (
        ("statement_timeout", "5min"),
        ("idle_in_transaction_session_timeout", "10min"),
    ):
        db.session.execute(text(f"set local {name} = '{limit}'"))


class _Counted:
    """The statements sent within a block, but for those that only name the scope."""

    def __enter__(self) -> "_Counted":
        self.statements: list[str] = []
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "set_config(" not in statement:
            self.statements.append(statement)


def _timed(work: Any) -> tuple[float, float]:
    """Seconds of CPU and in all; without the collector of garbage, as `compare` measures too."""
    gc.collect()
    gc.disable()
    try:
        began, began_in_all = time.process_time(), time.perf_counter()
        work()
        return time.process_time() - began, time.perf_counter() - began_in_all
    finally:
        gc.enable()
