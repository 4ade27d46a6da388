"""Mails that came back, read: which status a mail server reports of the one it could not deliver."""

import re
from email.message import Message
from typing import Final
from uuid import UUID

from kernel.inbound.addresses import Addresses, Ignored, register_addresses
from kernel.inbound.headers import Mime, words
from kernel.inbound.kinds import Nature
from kernel.inbound.parsing import ParsedMail
from kernel.mail import bounces, verp

KIND: Final = "bounce"
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE: Final = re.compile(r"\b(55[0-4]|45[0-2])\b")
_UNSAID: Final = "5.0.0"
_MOST_BLOCKS: Final = 50


def register() -> None:
    """Make the addresses known that mails of ours come back to."""
    register_addresses(Addresses(KIND, resolve, take, from_machines=True))


def resolve(local_part: str) -> UUID | None:
    """The mail of ours that an address names, while it is known."""
    mail_id = verp.mail_id_in(local_part)
    return mail_id if mail_id is not None and bounces.mail_exists(mail_id) else None


def take(mail_id: UUID, mail: ParsedMail) -> None:
    """Count that a mail came back. Raises Ignored for what reports no failure, such as an answer."""
    status = failure_of(mail)
    if status is None:
        raise Ignored("no failure")
    if not bounces.came_back(mail_id, status):
        raise Ignored("not counted")


def failure_of(mail: ParsedMail) -> str | None:
    """The status a mail reports (RFC 3464); of one without a report, what its text says.

    None where nothing failed: a delay, a receipt, an out-of-office answer.
    """
    if mail.nature is not Nature.REPORT:
        return None
    blocks = _blocks(mail.message)
    if blocks:
        failed = [block for block in blocks if words(block, "Action").lower() == "failed"]
        return _status_of(failed[0]) if failed else None
    if mail.message.get_content_type() == "multipart/report":
        return None  # a receipt, or a complaint about spam
    found = _STATUS.search(mail.text) or _CODE.search(mail.text)
    return found.group(1) if found else _UNSAID


def _blocks(message: Mime) -> list[Mime]:
    """The parts of the report that speak of one recipient each."""
    reports = [
        part for part in message.walk() if part.get_content_type() == "message/delivery-status"
    ]
    payload = reports[0].get_payload() if reports else []
    blocks = [block for block in payload if isinstance(block, Message)]
    return [block for block in blocks[:_MOST_BLOCKS] if "Action" in block]


def _status_of(block: Mime) -> str:
    status = _STATUS.search(words(block, "Status"))
    said = _STATUS.search(words(block, "Diagnostic-Code"))
    for found in (said, status):
        if found is not None and not found.group(1).startswith("2"):
            return found.group(1)
    return _UNSAID
