"""What people say of themselves, and the functions they hold at their organisations."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique


class Profile(Versioned, Tenanted):
    """What a person says of herself, each field with who may see it."""

    __tablename__ = "profile"
    __table_args__ = table(
        "network", tenant_key("person_id", "kernel.person"), tenant_unique("person_id")
    )

    person_id: Mapped[UUID]
    position: Mapped[str] = mapped_column(default="")
    # ISO 639-1 code → level.
    languages: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expertise: Mapped[list[str]] = mapped_column(default=list)
    # The same folded, for finding it however it is typed.
    expertise_key: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    # Field → audience; a field that is not in it has its default.
    audiences: Mapped[dict[str, Any]] = mapped_column(default=dict)


class FunctionHolder(Tenanted):
    """A person holding a function at an organisation, or deputising for who does, from a day until it ended."""

    __tablename__ = "function_holder"
    __table_args__ = table(
        "network",
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("person_id", "kernel.person"),
        CheckConstraint(
            "function in ('head', 'focal_point', 'it', 'training')", name="function_known"
        ),
        Index(
            "uq_function_holder_one_at_a_time",
            "tenant_id",
            "organisation_id",
            "function",
            "deputy",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_function_holder_person_id", "tenant_id", "person_id"),
        Index("ix_function_holder_function", "tenant_id", "function"),
    )

    organisation_id: Mapped[UUID]
    function: Mapped[str]
    person_id: Mapped[UUID]
    deputy: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    ended_at: Mapped[datetime | None]
