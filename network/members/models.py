"""A file of members on its way in; the members themselves are the kernel's organisations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class MemberImport(Tenanted):
    """A file between its upload and its confirmation, seen only by who uploaded it.

    There is one for each person: the next upload takes its place, confirming removes it. `mapping` tells
    the position of the column of each field.
    """

    __tablename__ = "member_import"
    __table_args__ = table(
        "network", tenant_key("person_id", "kernel.person"), tenant_unique("person_id")
    )

    person_id: Mapped[UUID]
    file_name: Mapped[str]
    content: Mapped[bytes]
    mapping: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
