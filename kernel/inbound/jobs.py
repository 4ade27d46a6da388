"""Handling the mails that came in, and forgetting them afterwards."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from kernel.db import db
from kernel.inbound.handling import handle
from kernel.inbound.models import IncomingMail
from kernel.jobs import job
from kernel.values import clock

KEPT = timedelta(days=90)
"""How long is known that a mail came in; so long the same one is not taken again."""


@job("kernel.handle_incoming")
def handle_incoming(*, mail_ids: list[UUID]) -> None:
    """Do what one mail asks for at each of the addresses it came to."""
    handle(mail_ids)


@job("kernel.forget_incoming", every="55 3 * * *")
def forget_incoming() -> None:
    """Forget mails that were handled long ago."""
    db.session.execute(delete(IncomingMail).where(IncomingMail.done_at < clock.now() - KEPT))
