"""Sending queued mails, and forgetting those that are done."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from kernel.db import db
from kernel.jobs import job
from kernel.mail.delivery import deliver
from kernel.mail.models import OutgoingMail
from kernel.values import clock

KEPT = timedelta(days=90)
"""How long is known that a mail was sent; so long the same one is not queued again."""


@job("kernel.send_mail", attempts=40)
def send_mail(*, mail_id: UUID) -> None:
    """Send one mail; while the server is away it is tried again for about three days."""
    deliver(mail_id)


@job("kernel.forget_mails", every="50 3 * * *")
def forget_mails() -> None:
    """Forget mails that were sent or refused long ago."""
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.done_at < clock.now() - KEPT))
