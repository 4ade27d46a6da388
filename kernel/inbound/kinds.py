"""Who or what wrote a mail: a person, a program, a mail server, or we ourselves."""

import re
from enum import StrEnum
from typing import Final

from kernel.inbound.headers import Mime, sender, words
from kernel.inbound.phrases import AUTOMATIC_SUBJECT


class Nature(StrEnum):
    """What a mail is. Only a personal one is ever posted or answered."""

    PERSONAL = "personal"
    AUTOMATIC = "automatic"
    REPORT = "report"
    LOOP = "loop"


_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_SUPPRESSED: Final = frozenset({"all", "oof", "autoreply", "dr", "rn", "nrn"})
_FLAGS: Final = (
    *("X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Failed-Recipients"),
    *("X-Loop", "X-MS-Exchange-Inbox-Rules-Loop"),  # forwarded by a rule of somebody's mailbox
)
_DAEMONS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|no-?reply|bounces?)(?:[+-].*)?@"
)


def nature(message: Mime, *, own_domains: frozenset[str] = frozenset()) -> Nature:
    """Tell what a mail is, by its headers.

    `own_domains` are those our mails come from: what bears our own list's name came back to us.
    """
    if _is_ours(message, own_domains):
        return Nature.LOOP
    if message.get_content_type() == "multipart/report":
        return Nature.REPORT
    if words(message, "Return-Path") == "<>" and _from_daemon(message):
        return Nature.REPORT
    if _is_automatic(message) or AUTOMATIC_SUBJECT.match(words(message, "Subject")):
        return Nature.AUTOMATIC
    return Nature.PERSONAL


def _is_ours(message: Mime, own_domains: frozenset[str]) -> bool:
    listed = words(message, "List-Id").rstrip(">").lower()
    if any(listed.endswith(f".{domain}") for domain in own_domains):
        return True
    identity = words(message, "Message-ID").rstrip(">").lower()
    ours = any(identity.endswith(f"@{domain}") for domain in own_domains)
    return ours and "Auto-Submitted" in message


def _is_automatic(message: Mime) -> bool:
    """RFC 3834, and what programs did before it."""
    submitted = words(message, "Auto-Submitted").lower().partition(";")[0].strip()
    suppress = re.split(r"[,\s]+", words(message, "X-Auto-Response-Suppress").lower())
    return (
        submitted not in {"", "no"}
        or words(message, "Precedence").lower() in _BULK
        or not _SUPPRESSED.isdisjoint(suppress)
        or any(flag in message for flag in _FLAGS)
        or words(message, "Return-Path") == "<>"
        or _from_daemon(message)
    )


def _from_daemon(message: Mime) -> bool:
    return bool(_DAEMONS.match(sender(message)))
