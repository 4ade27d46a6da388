"""Looking networks up."""

from collections.abc import Iterator

from sqlalchemy import Connection, Row, select

from kernel.db import db
from kernel.db.scope import Scope, announce
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


_NETWORK = select(Tenant.id, Tenant.slug, Tenant.name, Tenant.state)


def networks(connection: Connection) -> Iterator[Row[int, str, str, str]]:
    """Every network's id, short name, name and state, in order of creation.

    Row level security shows one network at a time, to the owner of the schema too: each is opened in
    turn, on this connection.
    """
    ids = connection.scalars(select(TenantHost.tenant_id).distinct().order_by(TenantHost.tenant_id))
    for tenant_id in ids.all():
        announce(connection, Scope(tenant_id))
        yield connection.execute(_NETWORK).one()


def tenant_by_slug(slug: str) -> Row[int, str, str, str] | None:
    """Find a network by its short name, as an operator does."""
    with db.engine.connect() as connection:
        return next((found for found in networks(connection) if found.slug == slug), None)
