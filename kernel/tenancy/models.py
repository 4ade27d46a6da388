"""A network and the host names it is reached by."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Base, Versioned
from kernel.values import clock


class TenantState(StrEnum):
    """A suspended network answers politely that it is closed; its data stays."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Tenant(Versioned, Base):
    """One network. Its own row is all it can see of this table."""

    __tablename__ = "tenant"
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z][a-z0-9-]{1,30}$'", name="slug_form"),
        CheckConstraint("brand_colour ~ '^#[0-9a-f]{6}$'", name="brand_colour_form"),
        CheckConstraint("cardinality(languages) > 0", name="languages_present"),
        CheckConstraint("state in ('active', 'suspended')", name="state_known"),
        CheckConstraint(
            "modules <@ '{network,missions,training}' and 'network' = any(modules)",
            name="modules_known",
        ),
        {"schema": "kernel"},
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    languages: Mapped[list[str]]
    time_zone: Mapped[str]
    brand_colour: Mapped[str]
    state: Mapped[str] = mapped_column(default=TenantState.ACTIVE)
    # The modules switched on; network always is.
    modules: Mapped[list[str]] = mapped_column(server_default=text("'{network,missions,training}'"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class TenantHost(Base):
    """A host name of a network. Readable without a tenant: it is how the tenant is found."""

    __tablename__ = "tenant_host"
    __table_args__ = (
        CheckConstraint("host = lower(host)", name="host_lower"),
        {"schema": "kernel"},
    )

    host: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("kernel.tenant.id"), index=True)
