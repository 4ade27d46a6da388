"""The operator's commands for jobs that failed for good."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import NullPool, create_engine

from kernel.jobs.commands import jobs
from tests.kernel.jobs.partners import slow_partner


@pytest.fixture
def worker_url(server, monkeypatch):
    url = server.url("comitia_worker", "comitia")
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture
def failed_job(inside, tenant, worker_url):
    """The number of a job that failed."""
    with inside():
        slow_partner.enqueue(name="Regional Body")
    engine = create_engine(worker_url, poolclass=NullPool)
    with engine.begin() as connection:
        fail = (
            "update jobs.procrastinate_jobs set status = 'failed', attempts = 12"
            " where (args->>'tenant')::int = :tenant returning id"
        )
        return connection.scalar(sa.text(fail), {"tenant": tenant.id})


def test_failed_jobs_are_listed_by_number_and_name(failed_job):
    listed = CliRunner().invoke(jobs, ["failed"]).output
    assert f"{failed_job}\ttest.slow_partner\t12\t" in listed
    assert "Regional Body" not in listed


def test_a_failed_job_runs_again_when_it_is_put_back(failed_job, run_jobs):
    assert run_jobs() == []
    result = CliRunner().invoke(jobs, ["retry", str(failed_job)])
    assert result.output == "Jobs put back into the queue: 1\n"
    assert run_jobs() == ["test.slow_partner"]


def test_retry_asks_which_jobs(worker_url):
    result = CliRunner().invoke(jobs, ["retry"])
    assert result.exit_code == 2
    assert "--all" in result.output


def test_commands_say_which_variable_they_need(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "DATABASE_URL is empty" in CliRunner().invoke(jobs, ["failed"]).output
