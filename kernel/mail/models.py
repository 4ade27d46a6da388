"""Mails waiting to be sent, and what became of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class MailState(StrEnum):
    """A mail waits until a server took it or refused it for good."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


class OutgoingMail(Tenanted):
    """One mail to one person. Address and text are sealed while it waits, and erased afterwards."""

    __tablename__ = "outgoing_mail"
    __table_args__ = table(
        "kernel",
        tenant_key("person_id", "kernel.person"),
        tenant_unique("message_id", "recipient"),
        CheckConstraint("state in ('waiting', 'sent', 'refused')", name="state_known"),
        CheckConstraint("(state = 'waiting') = (sealed is not null)", name="sealed_while_waiting"),
    )

    person_id: Mapped[UUID | None]
    template: Mapped[str]
    message_id: Mapped[str]
    # A keyed digest of the address: the same letter goes to the same recipient once.
    recipient: Mapped[bytes]
    sealed: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    # The server's reply code, or a short word of ours; never its text, which may name people.
    last_answer: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]


class BounceState(Tenanted):
    """How the mails of one account came back; while it is suspended, nothing is mailed to it.

    No row: nothing ever came back. Confirming the address deletes the row.
    """

    __tablename__ = "bounce_state"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_unique("account_id"),
        CheckConstraint("soft >= 0 and hard >= 0", name="counts_not_negative"),
        CheckConstraint("(soft = 0) = (soft_since is null)", name="soft_has_beginning"),
    )

    account_id: Mapped[UUID]
    soft: Mapped[int] = mapped_column(default=0)
    # When the first of the soft ones counted came back.
    soft_since: Mapped[datetime | None]
    hard: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    # The status of RFC 3463, such as 5.1.1, or a reply code; never a text.
    last_status: Mapped[str]
    suspended_at: Mapped[datetime | None]
