"""Mails that came in, and what became of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_unique
from kernel.values import clock


class IncomingState(StrEnum):
    """A mail is received, then done, refused (its sender is told why) or ignored (nobody is)."""

    RECEIVED = "received"
    DONE = "done"
    REFUSED = "refused"
    IGNORED = "ignored"


class IncomingMail(Tenanted):
    """One mail for one of our addresses. It lies sealed until it is handled, and is erased then.

    `target_id` is what the address stands for: a reply token, a group, a mail of ours that came back.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = table(
        "kernel",
        tenant_unique("kind", "target_id", "digest"),
        CheckConstraint("state in ('received', 'done', 'refused', 'ignored')", name="state_known"),
        CheckConstraint(
            "(state = 'received') = (sealed is not null)", name="sealed_while_received"
        ),
        CheckConstraint("(state = 'received') = (done_at is null)", name="done_has_moment"),
    )

    kind: Mapped[str]
    target_id: Mapped[UUID]
    # Of the Message-ID, or of the whole mail where it has none: the same mail is taken once.
    digest: Mapped[bytes]
    size: Mapped[int]
    sealed: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default=IncomingState.RECEIVED)
    # A short word, never a text: texts may name people.
    reason: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
