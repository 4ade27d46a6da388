"""A file on its way in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key
from kernel.values import clock


class KeptImport(Tenanted):
    """A file between its upload and its confirmation, seen only by who uploaded it.

    There is one for each person, kind and subject: the next upload takes its place, confirming removes
    it. `subject_id` is what the file is about, where there is such a thing; `mapping` tells the position
    of the column of each field.
    """

    __tablename__ = "kept_import"
    __table_args__ = table(
        "kernel",
        tenant_key("person_id", "kernel.person"),
        Index(
            "uq_kept_import_person_id_kind_subject_id",
            "tenant_id",
            "person_id",
            "kind",
            "subject_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    file_name: Mapped[str]
    content: Mapped[bytes]
    mapping: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
