"""Commands that run a worker and look after the queue."""

import os
from collections.abc import Callable

import click
import sqlalchemy as sa
from flask import Flask
from prometheus_client import start_http_server
from sqlalchemy.pool import NullPool

from kernel.jobs.worker import run_worker

_FAILED = sa.text(
    "select j.id, j.task_name, j.attempts, max(e.at) as at"
    " from jobs.procrastinate_jobs j join jobs.procrastinate_events e on e.job_id = j.id"
    " where j.status = 'failed' group by j.id order by j.id"
)
_RETRY = sa.text(
    "select jobs.procrastinate_retry_job_v2(id, now(), null, null, null)"
    " from jobs.procrastinate_jobs where status = 'failed' and (:all or id = any(:ids))"
)


@click.command()
@click.option("--concurrency", default=4, show_default=True, help="Jobs run at the same time.")
@click.option("--metrics", help="Address and port to serve figures at, such as 127.0.0.1:9100.")
@click.pass_obj
def worker(make_app: Callable[[], Flask], concurrency: int, metrics: str | None) -> None:
    """Run jobs until stopped. DATABASE_URL names the database under comitia_worker."""
    if metrics:
        address, _, port = metrics.rpartition(":")
        start_http_server(int(port), address or "127.0.0.1")
    run_worker(make_app(), concurrency)


@click.group("jobs")
def jobs() -> None:
    """Jobs that failed for good. DATABASE_URL names the database under comitia_worker."""


@jobs.command()
def failed() -> None:
    """List them: number, name, attempts, last failure."""
    with _queue() as connection:
        for row in connection.execute(_FAILED):
            click.echo(f"{row.id}\t{row.task_name}\t{row.attempts}\t{row.at:%Y-%m-%d %H:%M} UTC")


@jobs.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All that failed.")
def retry(numbers: tuple[int, ...], everything: bool) -> None:
    """Put them back into the queue; an effect that happened already does not happen again."""
    if not numbers and not everything:
        raise click.UsageError("Name the numbers of jobs, or --all.")
    with _queue() as connection:
        tried = connection.execute(_RETRY, {"ids": list(numbers), "all": everything})
        click.echo(f"Jobs put back into the queue: {len(tried.all())}")


def _queue() -> sa.Connection:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise click.UsageError(
            "DATABASE_URL is empty: set it to the database, under comitia_worker."
        )
    engine = sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()
