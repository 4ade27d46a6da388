"""The database: session, base model, column types, the tenant wall and the embedded server."""

from kernel.db.base import Base, db
from kernel.db.keys import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.db.scope import Scope, current_scope, scoped
from kernel.db.transactions import own_transaction
from kernel.db.types import Timestamp, new_id

__all__ = [
    "Base",
    "Scope",
    "Tenanted",
    "Timestamp",
    "Versioned",
    "current_scope",
    "db",
    "new_id",
    "own_transaction",
    "scoped",
    "table",
    "tenant_key",
    "tenant_unique",
]
