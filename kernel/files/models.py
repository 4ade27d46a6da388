"""What is known of a file; its bytes are in the storage, under the row's key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class StoredFile(Tenanted):
    """One file somebody handed in. Its content never changes: another content is another file."""

    __tablename__ = "stored_file"
    __table_args__ = table(
        "kernel",
        tenant_key("created_by", "kernel.person"),
        tenant_unique("key"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256_length"),
        CheckConstraint("(width is null) = (height is null)", name="size_of_a_picture"),
    )

    key: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    # In pixels; only of pictures the service encoded itself, which alone are shown within a page.
    width: Mapped[int | None]
    height: Mapped[int | None]
