"""Whether a mail is from whom it says, by what the mail server in front of us found (RFC 8601).

Checking SPF, DKIM and DMARC is that server's work. It writes its results under its own name, and
removes those that bear its name when they arrive; with the name configured, they are asked for here.
"""

import re
from enum import StrEnum

from flask import current_app

from kernel.inbound.parsing import ParsedMail

_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"\b(header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*[\"<]?([^\s;\">]+)", re.IGNORECASE
)


class Trust(StrEnum):
    """`proven`: the sender's domain vouches for it. `open`: nobody says so, and nobody denies it."""

    PROVEN = "proven"
    OPEN = "open"
    FORGED = "forged"


def of(mail: ParsedMail) -> Trust:
    """What is known of a mail's sender. Without a configured server it was that server's to refuse."""
    server = str(current_app.config["MAIL_IN_AUTHSERV"])
    return judged(mail.authentication, server, mail.sender) if server else Trust.PROVEN


def judged(results: tuple[str, ...], server: str, sender: str) -> Trust:
    """Read the results of one server; those of others, which anybody can write, are passed over."""
    domain = sender.rpartition("@")[2]
    own = [text for text in results if _server_of(text) == server.lower()]
    found = [part for text in own for part in _plain(text).split(";")[1:]]
    dmarc = [
        match.group(2).lower()
        for part in found
        for match in _RESULT.finditer(part)
        if _is(match, "dmarc")
    ]
    if "fail" in dmarc or "reject" in dmarc:
        return Trust.FORGED
    if "pass" in dmarc or any(_vouches(part, domain) for part in found):
        return Trust.PROVEN
    return Trust.OPEN


def _server_of(text: str) -> str:
    words = _plain(text).partition(";")[0].split()
    return words[0].lower() if words else ""


def _plain(text: str) -> str:
    """Without comments and line breaks."""
    return " ".join(re.sub(r"\([^()]*\)", " ", text).split())


def _is(match: re.Match[str], method: str) -> bool:
    return match.group(1).lower() == method


def _vouches(part: str, domain: str) -> bool:
    """Whether SPF or DKIM passed for the sender's own domain, or one it lies under."""
    result = _RESULT.search(part)
    if result is None or _is(result, "dmarc") or result.group(2).lower() != "pass":
        return False
    named = (match.group(2).rpartition("@")[2].lower() for match in _DOMAIN.finditer(part))
    return any("." in name and (domain == name or domain.endswith(f".{name}")) for name in named)
