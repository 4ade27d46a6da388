"""Looking networks up."""

from sqlalchemy import select

from kernel.db import db, scoped
from kernel.tenancy.models import Tenant, TenantHost


def tenant_id_of_host(host: str) -> int | None:
    """The network a host name belongs to. Host names are compared in lower case, without port."""
    return db.session.scalar(select(TenantHost.tenant_id).where(TenantHost.host == host.lower()))


def current_tenant() -> Tenant:
    """The network in scope."""
    return db.session.scalars(select(Tenant)).one()


def every_tenant_id() -> list[int]:
    """All networks, for periodic jobs that open each in turn."""
    statement = select(TenantHost.tenant_id).distinct().order_by(TenantHost.tenant_id)
    return list(db.session.scalars(statement))


def tenant_by_slug(slug: str) -> Tenant | None:
    """Find a network by its short name by opening each in turn, as an operator does."""
    ids = every_tenant_id()
    db.session.rollback()
    for tenant_id in ids:
        with scoped(tenant_id):
            tenant = current_tenant()
            db.session.expunge(tenant)  # a rollback would empty it, and outside it cannot be read
            db.session.rollback()
        if tenant.slug == slug:
            return tenant
    return None
