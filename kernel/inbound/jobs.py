"""Forgetting the mails that were handled."""

from datetime import timedelta

from sqlalchemy import delete

from kernel.db import db
from kernel.inbound.models import IncomingMail
from kernel.jobs import job
from kernel.values import clock

KEPT = timedelta(days=90)
"""How long is known that a mail came in; so long the same one is not taken again."""


@job("kernel.forget_incoming", every="55 3 * * *")
def forget_incoming() -> None:
    """Forget mails that were handled long ago."""
    db.session.execute(delete(IncomingMail).where(IncomingMail.done_at < clock.now() - KEPT))
