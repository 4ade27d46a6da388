"""The mail server's side of the door: SMTP and LMTP, for a server in front of it (RFC 5321, RFC 2033).

It says "250" when the mail is committed, "550" to an address that is not ours, and "451" whenever it
cannot do its work: the server in front keeps the mail then, and comes again.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from kernel.inbound import door
from kernel.inbound.door import Place

log = structlog.get_logger(__name__)

MOST_RECIPIENTS: Final = 20
MOST_UNKNOWN: Final = 5
"""Unknown recipients within one connection; whoever names more is trying names out."""
_AT_ONCE: Final = 4
"""Mails being written to the database at the same time."""
_LATER: Final = "451 4.3.0 Cannot be done now, come again later"
_LINE: Final = 64 * 1024
_SECONDS: Final = 120.0

logging.getLogger("mail.log").setLevel(logging.WARNING)  # its lines name senders and recipients


class MailInSmtp(SMTP):
    """SMTP that bears the long lines some programs send."""

    line_length_limit = _LINE


class MailInLmtp(LMTP):
    """LMTP that bears the long lines some programs send."""

    line_length_limit = _LINE


class Handler:
    """What is answered to a mail server."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._writing = asyncio.Semaphore(_AT_ONCE)

    async def handle_RCPT(  # noqa: N802 - the name the library calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient only when it is known what the address stands for."""
        places = _places(envelope)
        unknown: int = getattr(session, "unknown", 0)
        if unknown >= MOST_UNKNOWN:
            return "421 4.7.0 Too many unknown recipients"
        if len(places) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            place = await self._run(lambda: door.find(address))
        except SQLAlchemyError:
            return self._away()
        if place is None:
            session.unknown = unknown + 1  # type: ignore[attr-defined]
            return "550 5.1.1 No such address here"
        if place.is_closed:
            return "450 4.2.1 This network is closed at the moment"
        places.append(place)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Say that a mail is taken once it is in the database. LMTP has one answer a recipient."""
        content = envelope.original_content or b""
        sender, places = envelope.mail_from or "", _places(envelope)
        try:
            async with self._writing:
                await self._run(lambda: door.keep(places, content, envelope_sender=sender))
            answer = "250 2.0.0 Taken"
        except SQLAlchemyError:
            answer = self._away()
        times = len(places) if isinstance(server, LMTP) else 1
        return "\r\n".join([answer] * times)

    async def handle_exception(self, error: Exception) -> str:
        """Whatever else goes wrong is ours to mend: the mail comes again."""
        log.error("mail_in_failed", exc_info=error)
        return _LATER

    def _away(self) -> str:
        log.warning("database_away")
        return _LATER

    async def _run(self, work: Callable[[], Any]) -> Any:
        """Do what waits for the database on a thread of its own."""

        def inside() -> Any:
            with self._app.app_context():
                return work()

        return await asyncio.to_thread(inside)


def _places(envelope: Envelope) -> list[Place]:
    """What the recipients of this mail stand for; a new envelope begins with none."""
    if not hasattr(envelope, "places"):
        envelope.places = []  # type: ignore[attr-defined]
    found: list[Place] = envelope.places  # type: ignore[attr-defined]
    return found


def protocol(handler: Handler, *, lmtp: bool) -> Callable[[], SMTP]:
    """Makes the server's side of one connection."""
    kind = MailInLmtp if lmtp else MailInSmtp
    return lambda: kind(
        handler,
        data_size_limit=door.LARGEST,
        enable_SMTPUTF8=True,
        ident="Comitia",
        timeout=_SECONDS,
        loop=asyncio.get_running_loop(),
    )
