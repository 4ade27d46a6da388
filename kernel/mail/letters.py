"""Mail templates turned into subject and text, in the recipient's language and time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from babel.dates import format_datetime, get_timezone
from flask import current_app
from flask_babel import force_locale, get_locale

from kernel.mail.network import MailNetwork
from kernel.values.languages import locale_of


@dataclass(frozen=True)
class Recipient:
    """Whom a mail is for. Language and time zone may be empty: then they are the network's."""

    address: str
    name: str = ""
    language: str | None = None
    time_zone: str | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class Written:
    """A letter's words."""

    subject: str
    text: str
    language: str


def write(
    template: str, to: Recipient, network: MailNetwork, context: Mapping[str, Any]
) -> Written:
    """Render `mail/<template>.txt`, which extends `mail/letter.txt`.

    Beside the context, templates have `recipient`, `network`, `link(endpoint, …)` for full
    addresses, and `moment(at)` for times in the recipient's zone.
    """
    language = to.language or network.language
    zone = get_timezone(to.time_zone or network.time_zone)

    def moment(at: datetime) -> str:
        return format_datetime(at, "d MMMM y, HH:mm (z)", tzinfo=zone, locale=get_locale())

    values = {
        **context,
        "recipient": to,
        "network": network,
        "link": network.link,
        "moment": moment,
    }
    with force_locale(locale_of(language)):
        found = current_app.jinja_env.get_template(f"mail/{template}.txt")
        subject = "".join(found.blocks["subject"](found.new_context(values)))
        text = found.render(values)
    return Written(" ".join(subject.split()), _tidied(text), language)


def _tidied(text: str) -> str:
    """At most one empty line in a row: conditions in templates leave gaps."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip() if line != "-- " else line)
    return "\n".join(lines) + "\n"
