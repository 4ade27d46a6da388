"""Sending queued mails."""

from uuid import UUID

from kernel.jobs import job
from kernel.mail.delivery import deliver


@job("kernel.send_mail", attempts=40)
def send_mail(*, mail_id: UUID) -> None:
    """Send one mail; while the server is away it is tried again for about three days."""
    deliver(mail_id)
