"""Which network a request is for: its host name alone decides, before sign-in and for API tokens."""

import time
from dataclasses import dataclass, field

from flask import current_app, request

from kernel.db import db, scoped
from kernel.db.scope import Scope, enter, leave
from kernel.tenancy.models import Tenant, TenantState
from kernel.tenancy.queries import current_tenant, tenant_id_of_host


@dataclass(frozen=True)
class Network:
    """What pages need to know of the tenant, as a plain value."""

    id: int
    slug: str
    name: str
    languages: tuple[str, ...]
    time_zone: str
    brand_colour: str
    suspended: bool
    modules: frozenset[str]


@dataclass
class HostCache:
    """Networks by host for a few seconds: a look-up on every request would cost two queries."""

    seconds: float
    _known: dict[str, tuple[float, Network | None]] = field(default_factory=dict)

    def network(self, host: str) -> Network | None:
        """The network of a host name, in any case, or None."""
        host = host.lower()  # else one name could be kept in as many ways as it can be written
        held = self._known.get(host)
        if held is not None and held[0] > time.monotonic():
            return held[1]
        network = _look_up(host)
        if network is not None:  # strangers may invent host names without end
            self._known[host] = (time.monotonic() + self.seconds, network)
        return network

    def forget(self) -> None:
        """Look everything up again; used when settings change."""
        self._known.clear()


def _look_up(host: str) -> Network | None:
    tenant_id = tenant_id_of_host(host)
    db.session.rollback()
    if tenant_id is None:
        return None
    with scoped(tenant_id):
        network = _plain(current_tenant())
        db.session.rollback()
    return network


def _plain(tenant: Tenant) -> Network:
    return Network(
        id=tenant.id,
        slug=tenant.slug,
        name=tenant.name,
        languages=tuple(tenant.languages),
        time_zone=tenant.time_zone,
        brand_colour=tenant.brand_colour,
        suspended=tenant.state == TenantState.SUSPENDED,
        modules=frozenset(tenant.modules),
    )


def network_of_request() -> Network | None:
    """The network of the running request, by its host name without port."""
    cache: HostCache = current_app.extensions["comitia_hosts"]
    return cache.network(request.host.rpartition(":")[0] or request.host)


__all__ = ["HostCache", "Network", "Scope", "enter", "leave", "network_of_request"]
