"""Queueing a mail: written now, in the transaction of whatever it tells of; sent after the commit."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.models import Account, Person
from kernel.mail.jobs import send_mail
from kernel.mail.letters import Recipient, write
from kernel.mail.message import derived_message_id
from kernel.mail.models import BounceState, MailState, OutgoingMail
from kernel.mail.network import mail_network
from kernel.mail.sealing import sealer
from kernel.values import clock


def recipient_of(person_id: UUID, *, also_suspended: bool = False) -> Recipient | None:
    """The person as a recipient, or None when there is no account to write to.

    With `also_suspended` her mail goes out even where it came back before: for what she asked for
    just now.
    """
    return recipients_of([person_id], also_suspended=also_suspended).get(person_id)


def is_suspended(account_id: Any) -> Any:
    """Whether mail to an account is suspended because it came back; a condition for statements."""
    return (
        select(BounceState.id)
        .where(BounceState.account_id == account_id, BounceState.suspended_at.is_not(None))
        .exists()
    )


def recipients_of(person_ids: list[UUID], *, also_suspended: bool = False) -> dict[UUID, Recipient]:
    """Those of the people who have a confirmed account that takes mail, in one query."""
    statement = (
        select(Person.id, Person.name, Person.language, Person.time_zone, Account.address)
        .join(Account, (Account.tenant_id == Person.tenant_id) & (Account.person_id == Person.id))
        .where(
            Person.id.in_(person_ids),
            Account.disabled_at.is_(None),
            Account.confirmed_at.is_not(None),
        )
    )
    if not also_suspended:
        statement = statement.where(~is_suspended(Account.id))
    rows = db.session.execute(statement)
    return {
        row.id: Recipient(row.address, row.name, row.language, row.time_zone, row.id)
        for row in rows
    }


def message_id(*parts: str) -> str:
    """A Message-ID that is the same whenever the same parts are given in this network."""
    return derived_message_id(mail_network().host, *parts)


def queue(
    to: Recipient,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    message_id: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """Write a mail for one recipient and have it sent once the running transaction is committed.

    With a `message_id` of the caller's (see `message_id`) the same mail to the same recipient is
    queued once, however often it is asked for. Returns the Message-ID, without angle brackets.
    """
    network = mail_network()
    mail_id = new_id()
    identity = message_id or f"{mail_id}@{network.host}"
    written = write(template, to, network, context or {})
    content = {
        "name": to.name,
        "address": to.address,
        "subject": written.subject,
        "text": written.text,
        "language": written.language,
        "headers": dict(headers or {}),
    }
    queued = db.session.scalar(
        insert(OutgoingMail)
        .values(
            tenant_id=require_scope().tenant,
            id=mail_id,
            person_id=to.person_id,
            template=template,
            message_id=identity,
            recipient=_digest(to.address),
            sealed=sealer().seal(json.dumps(content)),
            state=MailState.WAITING,
            attempts=0,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "message_id", "recipient"])
        .returning(OutgoingMail.id)
    )
    if queued is not None:
        send_mail.enqueue(mail_id=queued)
    return identity


def _digest(address: str) -> bytes:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, b"mail\0" + address.encode(), hashlib.sha256)[:16]
