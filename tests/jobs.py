"""Runs what a worker would run, here and now, for one network."""

import json

from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from kernel.jobs.execution import execute
from kernel.jobs.registry import job_named
from kernel.values import clock

_DUE = text(
    "select id, task_name, args from jobs.procrastinate_jobs"
    " where status = 'todo' and (args->>'tenant')::int = :tenant"
    " and (scheduled_at is null or scheduled_at <= :now) order by priority desc, id limit 1"
)
_DONE = text("delete from jobs.procrastinate_jobs where id = :id")


def run_due_jobs(app: Flask, worker_url: str, tenant: int) -> list[str]:
    """Run the network's due jobs and those they enqueue; their names, in the order they ran.

    Due by the product's clock: on one that was moved on, what was scheduled for then is run as well.
    What a job raises is raised here, and the job stays in the queue.
    """
    names = []
    engine = create_engine(worker_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as queue:
        while row := queue.execute(_DUE, {"tenant": tenant, "now": clock.now()}).one_or_none():
            execute(app, job_named(row.task_name), **row.args)
            queue.execute(_DONE, {"id": row.id})
            names.append(row.task_name)
    return names


def waiting_jobs(worker_url: str, tenant: int) -> list[tuple[str, dict[str, object]]]:
    """The names and arguments of the network's jobs, due or not, in the order they were enqueued."""
    query = text(
        "select task_name, args->'arguments' from jobs.procrastinate_jobs"
        " where status = 'todo' and (args->>'tenant')::int = :tenant order by id"
    )
    engine = create_engine(worker_url, poolclass=NullPool)
    with engine.connect() as queue:
        rows = queue.execute(query, {"tenant": tenant}).all()
    return [(name, json.loads(a) if isinstance(a, str) else a) for name, a in rows]
