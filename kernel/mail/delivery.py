"""Sending what was queued, and noting what became of it."""

import json
from base64 import b64decode
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import select, update

from kernel.db import db, own_transaction
from kernel.mail import verp
from kernel.mail.bounces import came_back
from kernel.mail.message import Attachment, Letter, Mailbox, compose
from kernel.mail.models import MailState, OutgoingMail
from kernel.mail.network import mail_network
from kernel.mail.sealing import sealer
from kernel.mail.transport import MailRefused, MailServerAway, Transport, transport_from
from kernel.values import clock

log = structlog.get_logger(__name__)


def init_mail(app: Flask) -> None:
    """Give the application the way out it is configured with."""
    app.extensions["comitia_mail"] = transport_from(app.config["MAIL"])


def transport() -> Transport:
    """The application's way out."""
    found: Transport = current_app.extensions["comitia_mail"]
    return found


def deliver(mail_id: UUID) -> None:
    """Send one waiting mail; one that was sent or refused already stays as it is.

    Raises MailServerAway when it should be tried again later; the attempt is noted all the same.
    """
    row = db.session.scalars(
        select(OutgoingMail).where(
            OutgoingMail.id == mail_id, OutgoingMail.state == MailState.WAITING
        )
    ).one_or_none()
    if row is None:
        return
    try:
        transport().send(compose(_letter(row)), _envelope_sender(mail_id))
    except MailServerAway as away:
        _note_attempt(mail_id, away.code)
        log.warning("mail waits", mail=str(mail_id), answer=away.code)
        raise
    except (MailRefused, ValueError) as refused:
        answer = refused.code if isinstance(refused, MailRefused) else "not an address"
        _finish(row, MailState.REFUSED, answer)
        log.warning("mail refused", mail=str(mail_id), answer=answer)
        if isinstance(refused, MailRefused) and refused.status is not None:
            came_back(mail_id, refused.status)
    else:
        _finish(row, MailState.SENT, None)


def _letter(row: OutgoingMail) -> Letter:
    content = json.loads(sealer().open(row.sealed or b""))
    return Letter(
        sender=mail_network().sender,
        recipient=Mailbox(content["name"], content["address"]),
        subject=content["subject"],
        text=content["text"],
        language=content["language"],
        message_id=row.message_id,
        written_at=row.created_at,
        headers=content["headers"],
        attachment=_attachment(content.get("attachment")),
    )


def _attachment(kept: dict[str, str] | None) -> Attachment | None:
    if kept is None:
        return None
    return Attachment(kept["name"], kept["media_type"], b64decode(kept["content"]))


def _envelope_sender(mail_id: UUID) -> str | None:
    """Where the mail comes back to if it cannot be delivered; None where no mail comes in."""
    domain = mail_network().mail_domain
    return f"{verp.local_part(mail_id)}@{domain}" if domain else None


def _finish(row: OutgoingMail, state: MailState, answer: str | None) -> None:
    """Address and text have served their purpose: only the fact stays."""
    row.state = state
    row.sealed = None
    row.attempts += 1
    row.last_answer = answer
    row.done_at = clock.now()


def _note_attempt(mail_id: UUID, answer: str) -> None:
    """In a transaction of its own: the job's is rolled back, because it failed."""
    with own_transaction() as session:
        session.execute(
            update(OutgoingMail)
            .where(OutgoingMail.id == mail_id)
            .values(attempts=OutgoingMail.attempts + 1, last_answer=answer)
        )
