"""Bytes without a row: written by a process that was killed before its commit."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

import structlog
from sqlalchemy import select

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.files.backends import storage
from kernel.files.models import StoredFile
from kernel.values import clock

log = structlog.get_logger(__name__)

LEFT_ALONE = timedelta(days=1)
"""Younger bytes may belong to a transaction that is still open: far longer than any may last."""
AT_ONCE = 500
"""Keys compared with the table in one statement."""


def forget_orphans() -> int:
    """Delete the bytes of the network at hand, older than a day, that no row describes; tells how many.

    Raises StorageUnavailable when the storage cannot be reached.
    """
    tenant, before = require_scope().tenant, clock.now() - LEFT_ALONE
    storage().discard_parts(tenant, before)
    found, orphans = storage().keys(tenant, before), list[str]()
    while keys := list(islice(found, AT_ONCE)):
        orphans += _without_row(keys)
    for key in orphans:
        storage().delete(key)
    if orphans:
        log.warning("orphaned file bytes deleted", files=len(orphans))
    return len(orphans)


def _without_row(keys: Sequence[str]) -> list[str]:
    described = set(db.session.scalars(select(StoredFile.key).where(StoredFile.key.in_(keys))))
    return [key for key in keys if key not in described]
