"""Column types and identifiers."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


def new_id() -> UUID:
    """A UUIDv7: unique without asking the database, and growing with time, which keeps indexes dense."""
    return uuid_utils.compat.uuid7()


class Timestamp(TypeDecorator[datetime]):
    """A moment, stored in UTC; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone: it could mean any of 24 moments."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Hand out UTC, whatever zone the connection speaks."""
        return value.astimezone(UTC) if isinstance(value, datetime) else None
