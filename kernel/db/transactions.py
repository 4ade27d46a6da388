"""Writing what must outlive a rollback."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from kernel.db.base import db


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A session with a transaction of its own, committed at the end of the block.

    For failed sign-ins, rate counters, refusals in the audit and blind ballots: a refused request is
    rolled back, these stay. It runs on another connection and sees nothing uncommitted of the caller.
    """
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session
