"""How messages leave: by SMTP, or into a folder for the demo."""

import hashlib
import os
import re
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

_SECONDS = 20.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

Security = Literal["plain", "starttls", "tls"]


class MailError(Exception):
    """A message was not taken; `code` (a reply code or a short word) holds no address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailServerAway(MailError):
    """The server cannot be used now: the message waits and is tried again."""


class MailRefused(MailError):
    """The server will never take this message: trying again changes nothing.

    `status` is set where it refused the recipient: the status of RFC 3463 it gave, else its reply code.
    """

    def __init__(self, code: str, status: str | None = None) -> None:
        super().__init__(code)
        self.status = status


class Transport(Protocol):
    """A way out."""

    def send(self, message: EmailMessage, sender: str | None = None) -> None:
        """Hand the message over; raise `MailServerAway` or `MailRefused`.

        `sender` stands on the envelope: what comes back goes there. Without one, From does.
        """


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server, and how the line to it is protected."""

    host: str
    port: int
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    seconds: float = _SECONDS


class SmtpTransport:
    """Sends through a mail server; one connection a message."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, message: EmailMessage, sender: str | None = None) -> None:
        """Send one message.

        Where STARTTLS is asked for and not offered, nothing is sent in the clear: the
        message waits, and the operator reads `starttls` in the log.
        """
        with _reported(), self._connected() as server:
            server.send_message(message, from_addr=sender)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.seconds, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.seconds)
        with server:
            if settings.security == "starttls":
                _start_tls(server, context)
            if settings.user is not None:
                server.login(settings.user, settings.password or "")
            yield server


class FolderTransport:
    """Writes each message into a folder as `.eml`, one file per Message-ID and recipient."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage, sender: str | None = None) -> None:
        """Write the message whole: a reader of the folder never sees half of it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity = f"{message['Message-ID']}\0{message['To']}"
        digest = hashlib.sha256(identity.encode()).hexdigest()
        descriptor, part = tempfile.mkstemp(dir=self.folder, prefix=".part-")
        with os.fdopen(descriptor, "wb") as out:
            if sender is not None:  # as a mail server does on delivery
                out.write(f"Return-Path: <{sender}>\r\n".encode())
            out.write(message.as_bytes())
        Path(part).replace(self.folder / f"{digest[:32]}.eml")


def transport_from(address: str) -> Transport:
    """Return the transport an address of the configuration names.

    `smtp+starttls://user:password@host:587`, `smtps://…:465`, `smtp://…:25` (unprotected: for
    a server on the same machine), or `folder:var/mail`. Raises ValueError for anything else.
    """
    parts = urlsplit(address)
    if parts.scheme == "folder" and parts.path:
        return FolderTransport(Path(parts.path))
    securities: dict[str, Security] = {
        "smtp": "plain",
        "smtp+starttls": "starttls",
        "smtps": "tls",
    }
    if parts.scheme not in securities or not parts.hostname:
        raise ValueError("the mail address is none of smtp, smtp+starttls, smtps and folder")
    return SmtpTransport(
        SmtpSettings(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            security=securities[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )
    )


def _start_tls(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    server.ehlo()
    if not server.has_extn("starttls"):
        raise MailServerAway("starttls")
    server.starttls(context=context)
    server.ehlo()


@contextmanager
def _reported() -> Iterator[None]:
    """Sort what smtplib raises into "later" and "never", without its texts: they name people."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused_recipient(error) from None
    except smtplib.SMTPAuthenticationError as error:
        raise MailServerAway(str(error.smtp_code)) from None
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code) from None
    except ssl.SSLError:
        raise MailServerAway("tls") from None
    except (smtplib.SMTPException, OSError):
        raise MailServerAway("unreachable") from None


def _refused_recipient(error: smtplib.SMTPRecipientsRefused) -> MailError:
    code, text = max(error.recipients.values(), key=lambda answer: answer[0])
    status = re.match(rb"5\.\d{1,3}\.\d{1,3}\b", text)
    said = status.group().decode() if status else str(code)
    return MailRefused(str(code), said) if code >= 500 else MailServerAway(str(code))


def _by_code(code: int) -> MailError:
    """Reply codes from 500 on are final (RFC 5321, 4.2.1)."""
    return MailRefused(str(code)) if code >= 500 else MailServerAway(str(code))
