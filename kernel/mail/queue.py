"""Queueing a mail: written now, in the transaction of whatever it tells of; sent after the commit."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    bindparam,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.models import Account, Person
from kernel.mail.jobs import send_mail
from kernel.mail.letters import Recipient, write
from kernel.mail.message import Attachment, derived_message_id
from kernel.mail.models import BounceState, MailState, OutgoingMail
from kernel.mail.network import MailNetwork, mail_network
from kernel.mail.sealing import address_digest, sealer
from kernel.values import clock

MOST_ATTACHED = 5 * 1024 * 1024
"""Bytes of an attachment: with base64 about 7 MB, which most servers still take."""


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
    attachment: Attachment | None = None,
) -> str:
    """Write a mail for one recipient and have it sent once the running transaction is committed.

    With a `message_id` of the caller's (see `message_id`) the same mail to the same recipient is
    queued once, however often it is asked for. Returns the Message-ID, without angle brackets. An
    `attachment` waits sealed with the text; raises ValueError for one above `MOST_ATTACHED` bytes.
    """
    if attachment is not None and len(attachment.content) > MOST_ATTACHED:
        raise ValueError("an attachment too large to be sent by mail")
    letter = Mail(to, template, context or {}, message_id, headers or {}, attachment)
    return queue_many([letter])[0]


@dataclass(frozen=True)
class Mail:
    """What `queue` takes, for `queue_many`."""

    to: Recipient
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    message_id: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None


def queue_many(mails: Iterable[Mail]) -> list[str]:
    """Queue mails as `queue` does, in two statements however many they are; their Message-IDs in order."""
    mails = list(mails)
    if not mails:
        return []
    network, seal = mail_network(), sealer().seal
    rows = [_row(mail, network, seal) for mail in mails]
    columns = {name: [row[name] for row in rows] for name in _COLUMNS}
    fixed = {"tenant": require_scope().tenant, "now": clock.now()}
    queued = db.session.scalars(_INSERT, {**columns, **fixed})
    send_mail.enqueue_many({"mail_id": mail_id} for mail_id in queued)
    return [row["message_id"] for row in rows]


_COLUMNS: dict[str, Any] = {
    "id": Uuid(),
    "person_id": Uuid(),
    "template": Text(),
    "message_id": Text(),
    "recipient": LargeBinary(),
    "sealed": LargeBinary(),
}


def _insert() -> Any:
    """One row per place in the arrays of the columns; what was queued before is passed over."""
    arrays = [bindparam(name, type_=ARRAY(kind)) for name, kind in _COLUMNS.items()]
    rows = (
        func.unnest(*arrays)
        .table_valued(*(column(name, kind) for name, kind in _COLUMNS.items()))
        .render_derived()
    )
    values = select(
        bindparam("tenant", type_=Integer()),
        *(rows.c[name] for name in _COLUMNS),
        literal(MailState.WAITING.value),
        literal(0),
        bindparam("now", type_=DateTime(timezone=True)),
    )
    # The table and not the model: the ORM takes names in a select for columns of its own.
    mails = cast(Table, OutgoingMail.__table__)
    return (
        insert(mails)
        .from_select(["tenant_id", *_COLUMNS, "state", "attempts", "created_at"], values)
        .on_conflict_do_nothing(index_elements=["tenant_id", "message_id", "recipient"])
        .returning(mails.c.id)
    )


_INSERT = _insert()


def _row(mail: Mail, network: MailNetwork, seal: Callable[[str], bytes]) -> dict[str, Any]:
    mail_id = new_id()
    written = write(mail.template, mail.to, network, mail.context)
    content: dict[str, Any] = {
        "name": mail.to.name,
        "address": mail.to.address,
        "subject": written.subject,
        "text": written.text,
        "language": written.language,
        "headers": dict(mail.headers),
    }
    if mail.attachment is not None:
        content["attachment"] = {
            "name": mail.attachment.name,
            "media_type": mail.attachment.media_type,
            "content": b64encode(mail.attachment.content).decode(),
        }
    return {
        "id": mail_id,
        "person_id": mail.to.person_id,
        "template": mail.template,
        "message_id": mail.message_id or f"{mail_id}@{network.host}",
        "recipient": address_digest(mail.to.address),
        "sealed": seal(json.dumps(content)),
    }
