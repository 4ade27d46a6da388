"""Connections of the pool that the server has hung up on are noticed before they are used.

An idle connection has nothing to say: when its socket can be read, the server is gone or has ended it.
Looking costs nothing; asking (`SELECT 1` before every use) costs a round trip on every request.
"""

import select

from psycopg import Connection
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import Pool


@event.listens_for(Pool, "checkout")
def _refuse_what_was_hung_up(connection: Connection, *_: object) -> None:
    """Have the pool open another connection instead of handing out a dead one."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if poll.poll(0):
        raise DisconnectionError("the server ended this connection")
