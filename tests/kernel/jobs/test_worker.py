"""A real worker in a process of its own: it runs jobs, and takes over those of a killed one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import NullPool, create_engine, select

from kernel.db import db
from kernel.identity.models import Organisation
from tests.kernel.jobs.partners import slow_partner, slow_partners
from tests.waiting import wait_until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def queue(server):
    """Look at the queue as its owner's superuser does."""
    engine = create_engine(
        server.superuser_url("comitia"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"options": "-c search_path=jobs"},  # the queue's own triggers need it
    )
    with engine.connect() as connection:
        yield lambda query, **values: connection.execute(sa.text(query), values).all()


@pytest.fixture
def start_worker(server, tmp_path, queue):
    """Start workers; what is left of them ends with the test.

    Jobs that other tests left in the queue are taken out first: there may be thousands, and a worker
    that has them before it comes to its own job much later.
    """
    queue("delete from jobs.procrastinate_jobs returning id")
    started = []
    environment = os.environ | {
        "DATABASE_URL": server.url("comitia_worker", "comitia"),
        "COMITIA_KEYS": "k" * 32,
        "COMITIA_FILES": str(tmp_path),
    }

    def start(**pauses):
        program = [sys.executable, "-m", "tests.kernel.jobs.partners"]
        worker = subprocess.Popen(program, cwd=ROOT, env=environment | pauses)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def states(queue, tenant):
    query = "select status from jobs.procrastinate_jobs where (args->>'tenant')::int = :tenant"
    return [status for (status,) in queue(query, tenant=tenant.id)]


def partners(queue, tenant):
    query = "select name from kernel.organisation where kind = 'partner' and tenant_id = :tenant"
    return [name for (name,) in queue(query, tenant=tenant.id)]


def test_worker_runs_a_job_and_forgets_it(inside, tenant, queue, start_worker):
    worker = start_worker()
    with inside():
        slow_partner.enqueue(name="Regional Body")
    wait_until(lambda: states(queue, tenant) == [])
    assert partners(queue, tenant) == ["Regional Body"]
    worker.terminate()
    assert worker.wait(timeout=20) == 0


def test_job_of_a_worker_killed_in_the_middle_goes_on_after_its_last_step(
    inside, tenant, queue, start_worker
):
    with inside():
        slow_partners.enqueue(names=["First Body", "Second Body", "Third Body"])
    first = start_worker(PAUSE_IN_JOB="60")
    wait_until(lambda: len(partners(queue, tenant)) == 2)
    first.kill()
    first.wait()
    assert sorted(partners(queue, tenant)) == ["First Body", "Second Body"]
    start_worker()
    wait_until(lambda: states(queue, tenant) == [])
    assert sorted(partners(queue, tenant)) == ["First Body", "Second Body", "Third Body"]


def test_job_of_a_worker_killed_after_the_commit_has_its_effect_once(
    inside, tenant, queue, start_worker
):
    with inside():
        slow_partner.enqueue(name="Regional Body")
    first = start_worker(PAUSE_AFTER_COMMIT="60")
    wait_until(lambda: partners(queue, tenant) == ["Regional Body"])
    first.kill()
    first.wait()
    assert states(queue, tenant) == ["doing"]
    start_worker()
    wait_until(lambda: states(queue, tenant) == [])
    assert partners(queue, tenant) == ["Regional Body"]


def test_worker_works_again_after_its_connections_were_lost(inside, tenant, queue, start_worker):
    worker = start_worker()
    with inside():
        slow_partner.enqueue(name="Before")
    wait_until(lambda: states(queue, tenant) == [])
    cut = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'comitia_worker'"
    assert queue(cut)
    with inside():
        slow_partner.enqueue(name="After")
    wait_until(lambda: states(queue, tenant) == [])
    assert sorted(partners(queue, tenant)) == ["After", "Before"]
    assert worker.poll() is None


def test_failing_job_is_tried_again_later(inside, tenant, queue, start_worker):
    with inside():
        db.session.add(Organisation(kind="secretariat", name="One", sort_key="one"))
        slow_partner.enqueue(name=None)
    start_worker()
    wait_until(lambda: queue_times(queue, tenant) == [("todo", 1, True)])
    with inside():
        assert db.session.scalars(select(Organisation.name)).all() == ["One"]


def queue_times(queue, tenant):
    query = (
        "select status, attempts, scheduled_at > now() from jobs.procrastinate_jobs"
        " where (args->>'tenant')::int = :tenant"
    )
    return [tuple(row) for row in queue(query, tenant=tenant.id)]
