"""The mails of the demonstration, readable in the browser at `/dev/mail`.

The route exists only where mails go into a folder in the demonstration or in tests. It is public,
because invitations are read by people who cannot sign in yet; it shows this network's mails alone.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, abort, current_app
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from kernel.mail.network import mail_network
from kernel.web.render import render
from kernel.web.routes import PUBLIC, Pages

pages = Pages("mailbox", __name__, url_prefix="/dev/mail")

MOST = 200
"""Mails in the list: the newest."""
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]")


@dataclass(frozen=True)
class Mail:
    """A mail as the pages show it."""

    key: str
    to: str
    sender: str
    subject: str
    at: datetime
    language: str
    text: str

    @property
    def body(self) -> Markup:
        """The text with its links alive."""
        return Markup(  # noqa: S704 - both sides escaped
            _LINK.sub(
                lambda link: f'<a href="{link.group()}">{link.group()}</a>', str(escape(self.text))
            )
        )


@pages.page("", permission=PUBLIC)
def index() -> ResponseReturnValue:
    """List the newest mails."""
    return render("dev/mails.html", mails=_mails())


@pages.page("/<key>", permission=PUBLIC)
def show(key: str) -> ResponseReturnValue:
    """Show one mail."""
    mail = next((mail for mail in _mails() if mail.key == key), None)
    if mail is None:
        abort(404)
    return render("dev/mail.html", mail=mail)


def _mails() -> list[Mail]:
    """This network's mails, newest first: their Message-ID ends with its host."""
    ending = f"@{mail_network().host}>"
    read = ((file, _read(file)) for file in _folder().glob("*.eml"))
    own = [_plain(file, mail) for file, mail in read if str(mail["Message-ID"]).endswith(ending)]
    return sorted(own, key=lambda mail: (mail.at, mail.key), reverse=True)[:MOST]


def _folder() -> Path:
    return Path(urlsplit(current_app.config["MAIL"]).path)


def _read(file: Path) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(file.read_bytes())


def _plain(file: Path, mail: EmailMessage) -> Mail:
    body = mail.get_body(("plain",))
    return Mail(
        key=file.stem,
        to=str(mail["To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]),
        at=mail["Date"].datetime,
        language=str(mail["Content-Language"] or ""),
        text=body.get_content() if body is not None else "",
    )


def init_mailbox(app: Flask) -> None:
    """Mount the reader where mails go into a folder; called in the demonstration and in tests."""
    if urlsplit(app.config["MAIL"]).scheme == "folder":
        app.register_blueprint(pages)
