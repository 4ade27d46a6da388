"""The network a mail comes from: its name, its address on the web, its sender."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.mail.message import Mailbox
from kernel.tenancy.models import Tenant, TenantHost

_CACHE = "mail_network"


@dataclass(frozen=True)
class MailNetwork:
    """What a mail says of the network it comes from."""

    name: str
    host: str
    url: str
    language: str
    time_zone: str

    @property
    def mail_domain(self) -> str | None:
        """Behind the @ of the addresses at which mail comes in; None where none does."""
        pattern = str(current_app.config["MAIL_IN_DOMAIN"])
        return pattern.format(host=self.host) if pattern else None

    @property
    def sender(self) -> Mailbox:
        """Who mails come from: the configured address, else nobody at the network's host."""
        configured = str(current_app.config["MAIL_FROM"])
        return Mailbox(self.name, configured or f"no-reply@{self.host}")

    def link(self, endpoint: str, **values: Any) -> str:
        """The full address of a page, whatever host name the running request was made to."""
        adapter = current_app.url_map.bind(self.host)
        return self.url + adapter.build(endpoint, values)


def mail_network() -> MailNetwork:
    """The network in scope; asked for once per session and tenant."""
    cache: dict[int, MailNetwork] = db.session.info.setdefault(_CACHE, {})
    tenant_id = require_scope().tenant
    if tenant_id not in cache:
        cache[tenant_id] = _loaded()
    return cache[tenant_id]


def _loaded() -> MailNetwork:
    """A network may have several host names; mails use the first in the order of the alphabet."""
    host = (
        select(func.min(TenantHost.host)).where(TenantHost.tenant_id == Tenant.id).scalar_subquery()
    )
    row = db.session.execute(select(Tenant.name, host, Tenant.languages, Tenant.time_zone)).one()
    return MailNetwork(
        name=row[0],
        host=row[1],
        url=str(current_app.config["PUBLIC_URL"]).format(host=row[1]),
        language=row[2][0],
        time_zone=row[3],
    )
