"""Answers to the mails of the demonstration: they really go by SMTP, to the door for mail."""

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

from flask import current_app

from kernel.errors import NotNow
from kernel.fields import LongText, Schema

_SECONDS = 20


class AnswerInput(Schema):
    """What is answered."""

    text = LongText(label="Your answer", required=True, rows=6)


def can_be_answered(original: EmailMessage) -> bool:
    """Whether a mail names an address to answer to, and the demonstration takes mail in."""
    return bool(current_app.config["DEMO_MAIL_PORT"]) and "Reply-To" in original


def answer(original: EmailMessage, text: str) -> EmailMessage:
    """The answer as a mail program writes it: above what it quotes."""
    made = EmailMessage()
    made["From"], made["To"] = str(original["To"]), str(original["Reply-To"])
    subject = str(original["Subject"])
    made["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    made["Message-ID"] = make_msgid(domain="mail.example.org")
    made["In-Reply-To"] = made["References"] = str(original["Message-ID"])
    body = original.get_body(("plain",))
    said = body.get_content() if body is not None else ""
    quoted = "\n".join(f"> {line}".rstrip() for line in said.splitlines())
    lead = f"On {original['Date']}, {original['From']} wrote:"
    made.set_content(f"{text}\n\n{lead}\n\n{quoted}\n")
    return made


def send(message: EmailMessage) -> None:
    """Hand the answer to the demonstration's own port. Raises Refused when it is not taken."""
    port = int(current_app.config["DEMO_MAIL_PORT"])
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=_SECONDS) as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError):
        raise NotNow("The demonstration takes no mail at the moment. Send it again.") from None
