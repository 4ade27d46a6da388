"""The mails of the demonstration, readable in the browser at `/dev/mail`.

The route exists only where mails go into a folder in the demonstration or in tests. It is public,
because invitations are read by people who cannot sign in yet; it shows this network's mails alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, flash
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from kernel.mail.network import mail_network
from kernel.web import mailbox_answers
from kernel.web.forms import Form
from kernel.web.render import render, see_other
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


@pages.form("/<key>", permission=PUBLIC)
def show(key: str) -> ResponseReturnValue:
    """Show one mail, and answer it where it names an address to answer to."""
    found = next(_own(key), None)
    if found is None:
        abort(404)
    file, original = found
    form = Form(mailbox_answers.AnswerInput())
    answerable = mailbox_answers.can_be_answered(original)
    if answerable and form.accepts(
        lambda data: mailbox_answers.send(mailbox_answers.answer(original, data["text"]))
    ):
        flash("The answer is on its way: it appears in the topic within a few seconds.", "ok")
        return see_other("mailbox.show", key=key)
    return form.render("dev/mail.html", mail=_plain(file, original), answerable=answerable)


def _mails() -> list[Mail]:
    """This network's mails, newest first."""
    own = [_plain(file, mail) for file, mail in islice(_own(), MOST)]
    return sorted(own, key=lambda mail: (mail.at, mail.key), reverse=True)


def _own(key: str = "*") -> Iterator[tuple[Path, EmailMessage]]:
    """This network's mails, last written first: their Message-ID ends with its host, or they come back to it.

    The mail about a post that came by mail bears the Message-ID of that.
    """
    network = mail_network()
    endings = (f"@{network.host}>", f"@{network.mail_domain or network.host}>")
    for file in sorted(_folder().glob(f"{key}.eml"), key=_written, reverse=True):
        mail = _read(file)
        named = (str(mail["Message-ID"]), str(mail["Return-Path"]))
        if any(name.endswith(endings) for name in named):
            yield file, mail


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns


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
