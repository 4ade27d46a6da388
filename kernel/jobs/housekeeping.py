"""What the queue itself has to do from time to time."""

from datetime import timedelta

from sqlalchemy import delete

from kernel.db import db
from kernel.jobs.models import JobEffect
from kernel.jobs.registry import job
from kernel.values import clock

KEPT = timedelta(days=30)
"""Longer than any job is tried, or any periodic time is caught up."""


@job("kernel.forget_effects", every="20 3 * * *")
def forget_effects() -> None:
    """Forget which jobs had their effect once nothing can run them again."""
    db.session.execute(delete(JobEffect).where(JobEffect.done_at < clock.now() - KEPT))
