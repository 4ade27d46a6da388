"""The one way in, whatever line a mail came over: find what an address stands for, keep the mail."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.parser import BytesParser
from itertools import groupby
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, scoped
from kernel.inbound import addresses, headers
from kernel.inbound.jobs import handle_incoming
from kernel.inbound.models import IncomingMail
from kernel.mail.sealing import sealer
from kernel.tenancy.models import TenantState
from kernel.tenancy.queries import current_tenant, tenant_id_of_host

LARGEST: Final = 30 * 1024 * 1024
"""Bytes of one mail: a file of 20 MB as mail carries it, and the text beside it."""
_HEADERS: Final = 64 * 1024
"""Bytes in which the Message-ID is looked for."""


@dataclass(frozen=True)
class Place:
    """What an address stands for, in which network. A closed network takes its mail later."""

    tenant_id: int
    kind: str
    target_id: UUID
    is_closed: bool = False


def find(address: str) -> Place | None:
    """What an address stands for; None for one that is not ours. Ends the transactions it begins."""
    local_part, _, domain = address.rpartition("@")
    host = _host_of(domain.lower())
    if not local_part or host is None:
        return None
    tenant_id = tenant_id_of_host(host)
    db.session.rollback()
    if tenant_id is None:
        return None
    with scoped(tenant_id):
        found = addresses.resolve(local_part.lower())
        closed = current_tenant().state != TenantState.ACTIVE
        db.session.rollback()
    return None if found is None else Place(tenant_id, *found, is_closed=closed)


def keep(places: Iterable[Place], content: bytes, *, envelope_sender: str = "") -> int:
    """Keep a mail for the places it is for, and have it handled there, in their order.

    Committed network by network.

    A mail that was kept before is not kept again. Returns for how many places it was kept now. Whatever
    the database raises is raised: the mail is not ours then, and comes again.
    """
    raw = b"Return-Path: <%s>\r\n" % _ascii(envelope_sender) + content
    digest, kept = _digest(content), 0
    ordered = sorted(dict.fromkeys(places), key=lambda place: place.tenant_id)
    for tenant_id, own in groupby(ordered, key=lambda place: place.tenant_id):
        with scoped(tenant_id):
            new = [mail_id for place in own if (mail_id := _keep(place, raw, digest)) is not None]
            if new:
                handle_incoming.enqueue(mail_ids=new)
            db.session.commit()
        kept += len(new)
    return kept


def _host_of(domain: str) -> str | None:
    """The network's host in a domain, by the configured pattern read backwards."""
    pattern = str(current_app.config["MAIL_IN_DOMAIN"])
    before, found, after = pattern.partition("{host}")
    if not found or not (domain.startswith(before) and domain.endswith(after)):
        return None
    return domain[len(before) : len(domain) - len(after)] or None


def _keep(place: Place, raw: bytes, digest: bytes) -> UUID | None:
    """The row of a mail for one place; None where there is one already."""
    row = {"kind": place.kind, "target_id": place.target_id, "digest": digest}
    return db.session.scalar(
        insert(IncomingMail)
        .values(**row, size=len(raw), sealed=sealer().seal_bytes(raw))
        .on_conflict_do_nothing(index_elements=["tenant_id", "kind", "target_id", "digest"])
        .returning(IncomingMail.id)
    )


def _digest(content: bytes) -> bytes:
    """Of the Message-ID; a mail without one is known by all it says."""
    message = BytesParser().parsebytes(content[:_HEADERS], headersonly=True)
    identity = headers.identity(message)
    return hashlib.sha256(identity.encode() if identity else content).digest()


def _ascii(sender: str) -> bytes:
    return "".join(char for char in sender if " " < char < "\x7f" and char not in "<>").encode()
