"""Sealing the trail into a chain of digests, and finding out whether it still holds.

Entries are inserted unchained, so that writers never wait for each other; sealing follows in their own
order shortly afterwards. What is not sealed yet is the tail, and verification says how long it is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, text

from kernel.audit.models import AuditEntry, AuditSeal
from kernel.audit.rules import GENESIS, StoredEntry, link_digest
from kernel.db import db
from kernel.db.scope import require_scope

BATCH = 5_000
_COLUMNS = tuple(AuditEntry.__table__.c[name] for name in StoredEntry.__annotations__)
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('kernel.audit_seal'), :tenant)")


@dataclass(frozen=True)
class Verdict:
    """What verification found. `broken_at` is the first position whose link does not hold.

    `lost` are the digests, kept from earlier verifications, that the chain does not pass any more.
    """

    sealed: int
    unsealed: int
    oldest_unsealed: datetime | None
    broken_at: int | None
    head: bytes
    lost: frozenset[bytes]

    @property
    def holds(self) -> bool:
        """Whether every sealed entry is there, and as it was when it was sealed."""
        return self.broken_at is None and not self.lost


def seal() -> int:
    """Seal what is unsealed in the tenant in scope, at most 5,000 entries; returns how many it was."""
    tenant_id = require_scope().tenant
    db.session.execute(_ONE_AT_A_TIME, {"tenant": tenant_id})
    last = db.session.execute(
        select(AuditSeal.position, AuditSeal.digest).order_by(AuditSeal.position.desc()).limit(1)
    ).first()
    position, digest = (last.position, last.digest) if last else (0, GENESIS)
    rows = db.session.execute(_unsealed().limit(BATCH)).all()
    for row in rows:
        position, digest = position + 1, link_digest(digest, tenant_id, _stored(row))
        db.session.add(AuditSeal(position=position, entry_id=row.id, digest=digest))
    return len(rows)


def verify(known: Collection[bytes] = ()) -> Verdict:
    """Compute the whole chain of the tenant in scope again and compare.

    `known` are heads that were noted outside the database: a chain cut off at its end, or written anew
    from some point on, is whole in itself and gives itself away only by no longer passing them.
    """
    tail = db.session.execute(
        select(func.count().label("number"), func.min(AuditEntry.at).label("oldest"))
        .select_from(AuditEntry)
        .outerjoin(AuditSeal, _SEALS)
        .where(AuditSeal.id.is_(None))
    ).one()
    tenant_id, head, sealed, broken_at = require_scope().tenant, GENESIS, 0, None
    lost = set(known) - {GENESIS}
    for row in _links():
        sealed += 1
        expected = link_digest(head, tenant_id, _stored(row))
        if broken_at is None and (row.position != sealed or row.digest != expected):
            broken_at = sealed
        head = row.digest
        lost.discard(head)
    return Verdict(sealed, tail.number, tail.oldest, broken_at, head, frozenset(lost))


_SEALS = and_(AuditSeal.tenant_id == AuditEntry.tenant_id, AuditSeal.entry_id == AuditEntry.id)


def _unsealed() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .outerjoin(AuditSeal, _SEALS)
        .where(AuditSeal.id.is_(None))
        .order_by(AuditEntry.at, AuditEntry.id)
    )


def _links() -> Iterator[Row[Any]]:
    """Entries with their links in the order of the chain, in portions."""
    statement = (
        select(*_COLUMNS, AuditSeal.position, AuditSeal.digest)
        .join(AuditSeal, _SEALS)
        .order_by(AuditSeal.position)
    )
    return iter(db.session.execute(statement, execution_options={"yield_per": 1_000}))


def _stored(row: Row[Any]) -> StoredEntry:
    return StoredEntry(**{column.name: getattr(row, column.name) for column in _COLUMNS})
