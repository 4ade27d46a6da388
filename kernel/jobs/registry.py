"""Declaring jobs, and putting them into the queue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector

from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.jobs.arguments import encode

ATTEMPTS = 12
"""With the waits of the worker's back-off, about eight hours."""
PATIENT = -1
"""The priority of jobs that let others pass; that of others is 0."""

# Never opened: jobs are always added on the connection of the business transaction.
_queue = App(connector=SyncPsycopgConnector())
_jobs: dict[str, "Job"] = {}


@dataclass(frozen=True)
class Job:
    """A declared job. `function` takes named arguments, annotated, of kinds JSON can carry.

    It answers True when there is more to do: what it did is committed, and it is called again.
    """

    name: str
    function: Callable[..., bool | None]
    attempts: int = ATTEMPTS
    every: str | None = None

    def enqueue(self, **arguments: Any) -> None:
        """Have the job run once the transaction at hand commits; not at all if it rolls back."""
        self._add(new_id(), arguments)

    def enqueue_at(self, moment: datetime, **arguments: Any) -> None:
        """Have the job run at `moment` or as soon after it as a worker is free."""
        self._add(new_id(), arguments, moment)

    def enqueue_once(self, key: UUID, **arguments: Any) -> None:
        """Have the job take effect once for all that is enqueued under this key."""
        self._add(key, arguments)

    def enqueue_many(self, each: Iterable[Mapping[str, Any]]) -> None:
        """Have the job run for each of these arguments; one statement, however many they are.

        Several let single jobs pass: somebody may wait for one, nobody for the last of a thousand.
        """
        scope = require_scope()
        same = {"tenant": scope.tenant, "person": encode(scope.person)}
        jobs = [
            {**same, "key": encode(new_id()), "arguments": encode(arguments)} for arguments in each
        ]
        if jobs:
            connection = db.session.connection().connection.driver_connection
            task = _queue.configure_task(
                self.name, connection=connection, priority=PATIENT if len(jobs) > 1 else None
            )
            task.batch_defer(*jobs)

    def _add(self, key: UUID, arguments: dict[str, Any], moment: datetime | None = None) -> None:
        scope = require_scope()
        connection = db.session.connection().connection.driver_connection
        _queue.configure_task(self.name, connection=connection, schedule_at=moment).defer(
            tenant=scope.tenant,
            person=encode(scope.person),
            key=encode(key),
            arguments=encode(arguments),
        )


def job(
    name: str, *, attempts: int = ATTEMPTS, every: str | None = None
) -> Callable[[Callable[..., bool | None]], Job]:
    """Declare a function as a job called `name`, for example `network.notify`.

    It runs in one transaction, in the tenant and for the person in whose scope it was enqueued, and its
    database effect happens once. One that answers True is done in steps: each is a transaction of its own,
    and a run that was cut short goes on after the last that was committed. A failure is tried again, ever
    later, `attempts` times in all. `every` is a cron line in UTC: the job, which then takes no arguments,
    runs at those times in each active network.
    """

    def declare(function: Callable[..., bool | None]) -> Job:
        if name in _jobs:
            raise RuntimeError(f"there is already a job called {name}")
        _jobs[name] = declared = Job(name, function, attempts, every)
        return declared

    return declare


def known_jobs() -> list[Job]:
    """Every declared job."""
    return list(_jobs.values())


def job_named(name: str) -> Job:
    """The job of a name. Raises KeyError for a name nobody declared."""
    return _jobs[name]
