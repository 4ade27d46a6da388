"""Running one job: its scope, the transaction of each of its steps, its effect once."""

from typing import Any
from uuid import UUID, uuid5

import structlog
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, scoped
from kernel.db.scope import become
from kernel.identity.queries import actor_by_person
from kernel.jobs.arguments import decode_all
from kernel.jobs.models import JobEffect
from kernel.jobs.registry import Job
from kernel.tenancy.models import TenantState
from kernel.tenancy.modules import is_on, module_of
from kernel.tenancy.queries import current_tenant, every_tenant_id
from kernel.values import clock

log = structlog.get_logger(__name__)

_PERIODS = UUID("6c0f3b0e-2f0a-4c0e-9d64-0b7f1f0f7c11")
"""Namespace of the keys of periodic jobs: name, tenant and time make the key."""


def execute(
    app: Flask, job: Job, *, tenant: int, person: str | None, key: str, arguments: dict[str, Any]
) -> None:
    """Run a job as it was enqueued; nothing happens if it had its effect before.

    Whatever the job raises is raised, and nothing of the step at hand stays in the database.
    """
    with app.app_context(), scoped(tenant):
        if person is not None:
            _act_as(UUID(person))
        given = decode_all(job.function, arguments)
        while _claim(job, UUID(key)):
            if not job.function(**given):
                db.session.commit()
                return
            _release(UUID(key))
            db.session.commit()
        log.info("job_done_before", job=job.name, key=key)


def execute_period(app: Flask, job: Job, timestamp: int) -> None:
    """Enqueue a periodic job in every active network for the time `timestamp` (Unix, seconds).

    A network that has switched off the job's module is passed over.

    Times missed are caught up and may come twice: the key sees to one effect per network and time.
    """
    with app.app_context():
        tenants = every_tenant_id()
        db.session.rollback()
    for tenant in tenants:
        with app.app_context(), scoped(tenant):
            module = module_of(job.function.__module__)
            if current_tenant().state == TenantState.ACTIVE and is_on(module):
                job.enqueue_once(uuid5(_PERIODS, f"{job.name} {tenant} {timestamp}"))
            db.session.commit()


def _act_as(person_id: UUID) -> None:
    """Put the person in scope with the organisations she belongs to now, not when it was enqueued."""
    actor = actor_by_person(person_id, clock.now())
    become(db.session(), person_id, actor.organisation_ids if actor else ())


def _claim(job: Job, key: UUID) -> bool:
    """Whether the job still has to run. A second run at the same time waits here for the first's step."""
    statement = (
        insert(JobEffect)
        .values(id=key, job=job.name, done_at=clock.now())
        .on_conflict_do_nothing()
        .returning(JobEffect.id)
    )
    return db.session.scalar(statement) is not None


def _release(key: UUID) -> None:
    """Let the next step, or another run after this one was cut short, claim the job again."""
    db.session.execute(delete(JobEffect).where(JobEffect.id == key))
