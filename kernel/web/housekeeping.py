"""What the web shell forgets in time."""

from datetime import timedelta

from sqlalchemy import delete

from kernel.db import db
from kernel.jobs import job
from kernel.values import clock
from kernel.web.idempotency import IdempotencyKey

KEPT = timedelta(days=7)
"""Longer than anybody leaves a form open and sends it twice."""


@job("kernel.forget_idempotency_keys", every="40 3 * * *")
def forget_idempotency_keys() -> None:
    """Forget which forms were sent, once they will not be sent again."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))
