"""`comitia mail-in`: the program a mail server hands mail to."""

import asyncio
import os
import signal
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import structlog
from flask import Flask

from kernel.inbound.listener import Handler, protocol

log = structlog.get_logger(__name__)

_PORTS = {"smtp": 25, "lmtp": 24}


@dataclass(frozen=True)
class Listen:
    """Where to listen: at a port, or at a socket in the file system."""

    lmtp: bool
    host: str = ""
    port: int = 0
    path: str = ""


def listen_at(address: str) -> Listen:
    """Read `smtp://127.0.0.1:2525`, `lmtp://127.0.0.1:24` or `lmtp:/run/comitia/lmtp.sock`.

    Raises ValueError for anything else.
    """
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not (parts.hostname or parts.path.startswith("/")):
        raise ValueError("none of smtp://host:port, lmtp://host:port and lmtp:/path")
    lmtp = parts.scheme == "lmtp"
    if parts.hostname:
        return Listen(lmtp, parts.hostname, parts.port or _PORTS[parts.scheme])
    return Listen(lmtp, path=parts.path)


@click.command("mail-in")
@click.option(
    "--listen",
    "addresses",
    multiple=True,
    default=("lmtp://127.0.0.1:2424",),
    show_default=True,
    help="smtp://host:port, lmtp://host:port or lmtp:/path of a socket; may be given several times.",
)
@click.pass_obj
def mail_in(make_app: Callable[[], Flask], addresses: tuple[str, ...]) -> None:
    """Take mail in until stopped. DATABASE_URL names the database under comitia_app."""
    try:
        places = [listen_at(address) for address in addresses]
    except ValueError as error:
        raise click.UsageError(f"--listen is {error}.") from None
    app = make_app()
    if not app.config["MAIL_IN_DOMAIN"]:
        raise click.UsageError(
            "COMITIA_MAIL_IN_DOMAIN is empty: set it to what stands behind the @, such as reply.{host}."
        )
    asyncio.run(serve(app, places))


async def serve(app: Flask, places: Sequence[Listen]) -> None:
    """Listen until SIGTERM or SIGINT; mails at hand are taken to their end."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    handler = Handler(app)
    servers = [await _listen(handler, place) for place in places]
    log.info("mail_in_listens", places=len(places))
    await over.wait()
    for server in servers:
        server.close()
    await loop.shutdown_default_executor()


async def _listen(handler: Handler, place: Listen) -> asyncio.Server:
    loop, make = asyncio.get_running_loop(), protocol(handler, lmtp=place.lmtp)
    if not place.path:
        return await loop.create_server(make, place.host, place.port)
    path = Path(place.path)
    if path.exists() and stat.S_ISSOCK(path.stat().st_mode):
        path.unlink()  # left by a process that was killed
    server = await loop.create_unix_server(make, path)
    os.chmod(path, 0o666)  # noqa: PTH101, S103 - its folder says who reaches it
    return server
