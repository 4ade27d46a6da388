"""Creating, listing, suspending, resuming and switching networks, under the owner of the schema.

The application's own role can do none of this. Row level security holds for the owner too: each network
is opened in turn.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kernel.audit.models import AuditEntry
from kernel.db import scoped
from kernel.db.constraints import explain, refusal
from kernel.errors import N_, NotFound
from kernel.identity.models import (
    Account,
    Affiliation,
    Organisation,
    OrganisationKind,
    Person,
    RoleGrant,
)
from kernel.tenancy.models import Tenant, TenantHost, TenantState
from kernel.tenancy.modules import with_network
from kernel.tenancy.queries import networks
from kernel.values import clock
from kernel.values.sorting import sort_key
from kernel.web.brand import require_readable

explain(
    "uq_tenant_slug", N_("Another network has this short name. Enter another one."), field="slug"
)
explain(
    "pk_tenant_host", N_("Another network has this host name. Enter another one."), field="host"
)

_NEXT_ID = text("select nextval(pg_get_serial_sequence('kernel.tenant', 'id'))")


@dataclass(frozen=True)
class NetworkLine:
    """A network in the operator's list."""

    id: int
    slug: str
    name: str
    state: str
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class Created:
    """A new network and the account that has to be invited to it."""

    tenant_id: int
    account_id: UUID


def create_network(migration_url: str, facts: Mapping[str, Any]) -> Created:
    """Make a network with its secretariat and its first administrator, who has no password yet.

    `facts` are the fields of `schemas.NewNetwork`. Raises Refused when the short name or the host is
    taken, or white text cannot be read on the brand colour.
    """
    colour = require_readable(facts["brand_colour"])
    try:
        with _owner(migration_url) as session:
            tenant_id = int(session.scalar(_NEXT_ID) or 0)
        with scoped(tenant_id), _owner(migration_url) as session:
            session.add(_tenant(tenant_id, facts, colour))
            session.flush()
            session.add(TenantHost(host=facts["host"], tenant_id=tenant_id))
            account_id = _administrator(session, facts)
            _record(session, "network.created", tenant_id, facts["name"])
    except IntegrityError as error:
        raise refusal(error) or error from error
    return Created(tenant_id, account_id)


def list_networks(migration_url: str) -> list[NetworkLine]:
    """Every network with its host names, in order of creation."""
    with _owner(migration_url) as session:
        hosts: dict[int, list[str]] = {}
        for host in session.scalars(select(TenantHost).order_by(TenantHost.host)):
            hosts.setdefault(host.tenant_id, []).append(host.host)
        return [
            NetworkLine(*found, tuple(hosts[found.id])) for found in networks(session.connection())
        ]


def set_state(migration_url: str, slug: str, state: TenantState) -> None:
    """Suspend a network or open it again; nothing is written when it stands so already.

    Raises NotFound for a short name nobody has.
    """
    line = _line(migration_url, slug)
    if line.state == state:
        return
    with scoped(line.id), _owner(migration_url) as session:
        session.scalars(select(Tenant)).one().state = state
        verb = "suspended" if state is TenantState.SUSPENDED else "resumed"
        _record(session, f"network.{verb}", line.id, line.name)


def set_modules(migration_url: str, slug: str, modules: Iterable[str]) -> list[str]:
    """Switch modules of a network on, and off those not named; returns all that are on now.

    Raises NotFound for a short name nobody has.
    """
    line, on = _line(migration_url, slug), with_network(modules)
    with scoped(line.id), _owner(migration_url) as session:
        network = session.scalars(select(Tenant)).one()
        if network.modules != on:
            network.modules = on
            _record(session, "network.modules_switched", line.id, line.name)
    return on


def _line(migration_url: str, slug: str) -> NetworkLine:
    line = next((line for line in list_networks(migration_url) if line.slug == slug), None)
    if line is None:
        raise NotFound(N_("There is no network with this short name."))
    return line


@contextmanager
def _owner(migration_url: str) -> Iterator[Session]:
    """One transaction as the owner of the schema, in the scope at hand."""
    engine = create_engine(migration_url, poolclass=NullPool)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def _tenant(tenant_id: int, facts: Mapping[str, Any], colour: str) -> Tenant:
    return Tenant(
        id=tenant_id,
        slug=facts["slug"],
        name=facts["name"],
        languages=languages_of(facts),
        time_zone=facts["time_zone"],
        brand_colour=colour,
        modules=with_network(facts["modules"]),
    )


def languages_of(facts: Mapping[str, Any]) -> list[str]:
    """The main language, then the others that are offered, each once."""
    chosen = (facts["language"], *facts["languages"])
    return list(dict.fromkeys(str(language) for language in chosen))


def _administrator(session: Session, facts: Mapping[str, Any]) -> UUID:
    """The secretariat and in it the first administrator; returns the id of the account."""
    secretariat = Organisation(
        kind=OrganisationKind.SECRETARIAT,
        name=facts["name"],
        sort_key=sort_key(facts["name"]),
        languages=languages_of(facts),
    )
    name = facts["administrator_name"]
    person = Person(name=name, sort_key=sort_key(name))
    session.add_all([secretariat, person])
    session.flush()
    account = Account(person_id=person.id, address=facts["administrator_address"])
    session.add_all(
        [
            account,
            Affiliation(
                person_id=person.id,
                organisation_id=secretariat.id,
                began_on=clock.today(facts["time_zone"]),
            ),
            RoleGrant(
                person_id=person.id,
                role="network_administrator",
                organisation_id=secretariat.id,
            ),
        ]
    )
    session.flush()
    return account.id


def _record(session: Session, action: str, tenant_id: int, name: str) -> None:
    """An entry without an actor: the operator has no account in the network."""
    session.add(
        AuditEntry(action=action, object_kind="tenant", object_id=str(tenant_id), object_label=name)
    )
