"""The audit trail, the chain that seals it, and the keys that personal values in it are read with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class AuditEntry(Tenanted):
    """One change. The application may add entries and read them, never change or delete them."""

    __tablename__ = "audit_entry"
    __table_args__ = table(
        "kernel",
        tenant_key("actor_id", "kernel.person"),
        tenant_key("about_id", "kernel.person"),
        Index("ix_audit_entry_at", "tenant_id", "at", "id"),
        Index("ix_audit_entry_actor_id", "tenant_id", "actor_id"),
        Index("ix_audit_entry_about_id", "tenant_id", "about_id"),
        Index("ix_audit_entry_object", "tenant_id", "object_kind", "object_id"),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    # Nobody, when the operator's command line or the service itself acted.
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    object_label: Mapped[str]
    # The person whose key reads what is encrypted in label, before and after.
    about_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class AuditSeal(Tenanted):
    """A link of the chain: the digest of one entry as it is stored, and of the link before it."""

    __tablename__ = "audit_seal"
    __table_args__ = table(
        "kernel",
        tenant_key("entry_id", "kernel.audit_entry"),
        tenant_unique("entry_id"),
        tenant_unique("position"),
        CheckConstraint("position > 0", name="position_positive"),
        CheckConstraint("octet_length(digest) = 32", name="digest_length"),
    )

    position: Mapped[int]
    entry_id: Mapped[UUID]
    digest: Mapped[bytes]
    sealed_at: Mapped[datetime] = mapped_column(default=clock.now)


class PersonKey(Tenanted):
    """The key of one person's values in the trail. Deleting it makes them unreadable for ever."""

    __tablename__ = "person_key"
    __table_args__ = table(
        "kernel", tenant_key("person_id", "kernel.person"), tenant_unique("person_id")
    )

    person_id: Mapped[UUID]
    # Encrypted itself under the operator's keys.
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
