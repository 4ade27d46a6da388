"""A kind of address of the tests' own, and the door open on real sockets."""

import asyncio
import threading
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest

from kernel.inbound import addresses
from kernel.inbound.addresses import Addresses
from kernel.inbound.listener import Handler, protocol

BOX = uuid4()
"""What the address `box` stands for."""


@pytest.fixture
def taken(monkeypatch):
    """The mails handed over to the kind of address of these tests; what is put into `raises` is raised."""
    mails = Taken()

    def handle(target: UUID, mail: object) -> None:
        if mails.raises:
            raise mails.raises
        mails.append((target, mail))

    kind = Addresses("probe", lambda local: BOX if local == "box" else None, handle)
    monkeypatch.setitem(addresses._known, "probe", kind)
    return mails


class Taken(list):
    """Mails with their targets."""

    raises = None


@pytest.fixture
def listening(app):
    """`with listening(lmtp=False) as port:` the door is open at a port of loopback."""

    @contextmanager
    def block(*, lmtp=False):
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()

        async def begin():
            return await loop.create_server(protocol(Handler(app), lmtp=lmtp), "127.0.0.1", 0)

        server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            loop.call_soon_threadsafe(server.close)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    return block
