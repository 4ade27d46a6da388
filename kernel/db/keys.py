"""Composite keys: every row of a tenant is known by (tenant_id, id), and every key carries the tenant.

A foreign key on `id` alone would accept another network's row.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from kernel.db.base import Base
from kernel.db.scope import require_scope
from kernel.db.types import new_id
from kernel.errors import Conflict


def _current_tenant() -> int:
    return require_scope().tenant


class Tenanted(Base):
    """A row of one tenant; its tenant is the scope it is made in."""

    __abstract__ = True

    # Insert order first: a composite primary key leads with the tenant.
    tenant_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2, default=_current_tenant)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1, default=new_id)


class Versioned:
    """A record two people may edit: an update whose version has moved on touches no row and raises."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]

    def expect(self, version: int | None, current: Mapping[str, object]) -> None:
        """Raises Conflict, showing what stands now, unless this is still the version that was read."""
        if self.version != version:
            raise Conflict(current={**current, "version": self.version})


def table(schema: str, *constraints: Any) -> tuple[Any, ...]:
    """`__table_args__` of a tenant table: its constraints, the key to its tenant, its PostgreSQL schema."""
    return (
        ForeignKeyConstraint(["tenant_id"], ["kernel.tenant.id"]),
        *constraints,
        {"schema": schema},
    )


def tenant_key(
    columns: str | Sequence[str], target: str, *, ondelete: str | None = None
) -> ForeignKeyConstraint:
    """A foreign key inside the tenant: `tenant_key("person_id", "kernel.person")`."""
    local = [columns] if isinstance(columns, str) else list(columns)
    return ForeignKeyConstraint(
        ["tenant_id", *local], [f"{target}.tenant_id", f"{target}.id"], ondelete=ondelete
    )


def tenant_unique(*columns: str) -> UniqueConstraint:
    """A unique constraint inside the tenant."""
    return UniqueConstraint("tenant_id", *columns)
