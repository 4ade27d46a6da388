"""The worker: runs jobs as they come, periodic ones on their time, and those a dead worker left."""

import asyncio
import signal
import time
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from flask import Flask
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.worker import Worker
from prometheus_client import Histogram
from sqlalchemy import make_url

from kernel.jobs import housekeeping  # noqa: F401 - declares the queue's own job
from kernel.jobs.execution import execute, execute_period
from kernel.jobs.registry import Job, known_jobs
from kernel.values import clock

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=5)
SECONDS = Histogram(
    "comitia_job_seconds",
    "Time a run of a job took.",
    ("job", "outcome"),
    buckets=(0.05, 0.25, 1, 5, 30, 120, 600),
)
LONGEST_WAIT = timedelta(hours=2)
HEARTBEAT_SECONDS = 3.0
STALLED_SECONDS = 10.0
"""A worker silent for so long is dead: its jobs are given to others."""
RESCUE_SECONDS = 5.0
RECONNECT_SECONDS = 3.0


class Backoff(BaseRetryStrategy):
    """Try again after 5 s, 10 s, 20 s …, at most 2 h apart, so many times in all."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        """When the job that failed is tried again; None when it has failed for good."""
        if job.attempts + 1 >= self.attempts:
            return None
        wait = min(FIRST_WAIT * 2 ** min(job.attempts, 20), LONGEST_WAIT)
        return RetryDecision(retry_at=clock.now() + wait)


def build_queue(app: Flask) -> App:
    """The queue with every declared job, working on the application's database."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    connector = PsycopgConnector(
        conninfo=url.render_as_string(hide_password=False), min_size=1, max_size=4
    )
    queue = App(connector=connector)
    for job in known_jobs():
        task = queue.task(name=job.name, retry=Backoff(job.attempts))
        task(partial(_run, app, job))
        if job.every is not None:
            _add_period(queue, app, job, job.every)
    return queue


def _add_period(queue: App, app: Flask, job: Job, cron: str) -> None:
    name = f"every:{job.name}"
    task = queue.task(name=name, retry=Backoff(job.attempts))(partial(execute_period, app, job))
    queue.periodic_registry.register_task(task, cron, periodic_id="", configure_kwargs={})


def _run(app: Flask, job: Job, **enqueued: Any) -> None:
    """Run a job, measure and log it; the queue decides what a failure means."""
    began = time.perf_counter()
    try:
        execute(app, job, **enqueued)
    except Exception as error:
        SECONDS.labels(job.name, "failed").observe(time.perf_counter() - began)
        log.warning("job_failed", job=job.name, key=enqueued["key"], exc_info=error)
        raise
    seconds = time.perf_counter() - began
    SECONDS.labels(job.name, "done").observe(seconds)
    log.info("job_done", job=job.name, key=enqueued["key"], ms=round(seconds * 1000, 1))


async def rescue(queue: App) -> int:
    """Put jobs of dead workers back into the queue; how many they were."""
    stalled = list(
        await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    )
    for job in stalled:
        log.warning("job_rescued", job=job.task_name, id=job.id)
        await queue.job_manager.retry_job(job, retry_at=clock.now())
    return len(stalled)


async def _rescue_for_ever(queue: App) -> None:
    while True:
        try:
            await rescue(queue)
        except ConnectorException:  # another worker was quicker, or the database is away
            log.warning("rescue_failed")
        await asyncio.sleep(RESCUE_SECONDS)


class _Shift:
    """A worker's time from start to signal, over however many lost connections."""

    def __init__(self, app: Flask, concurrency: int) -> None:
        self.app = app
        self.concurrency = concurrency
        self.over = asyncio.Event()
        self.worker: Worker | None = None

    def end(self) -> None:
        """Stop after the jobs at hand."""
        self.over.set()
        if self.worker is not None:
            self.worker.stop()  # type: ignore[no-untyped-call]

    async def work(self) -> None:
        """Work, and when the database goes away, work again as soon as it is back."""
        while not self.over.is_set():
            try:
                await self._work_on_connection()
            except ConnectorException:
                log.warning("database_away")
            if not self.over.is_set():
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _work_on_connection(self) -> None:
        queue = build_queue(self.app)
        async with queue.open_async():
            rescuer = asyncio.create_task(_rescue_for_ever(queue))
            self.worker = Worker(
                queue,
                concurrency=self.concurrency,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=20,
            )
            try:
                await self.worker.run()  # type: ignore[no-untyped-call]
            finally:
                rescuer.cancel()
                await asyncio.gather(rescuer, return_exceptions=True)


def run_worker(app: Flask, concurrency: int) -> None:
    """Run jobs, `concurrency` at a time, until SIGINT or SIGTERM."""

    async def work() -> None:
        shift = _Shift(app, concurrency)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, shift.end)
        await shift.work()

    asyncio.run(work())
