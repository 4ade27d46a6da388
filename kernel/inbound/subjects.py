"""Subjects without what mail programs put before them."""

from kernel.inbound.phrases import ANSWERED


def bare_subject(subject: str) -> str:
    """A subject without "Re:", "Fwd:" and the name of a list in brackets."""
    rest = subject.strip()
    while (mark := ANSWERED.match(rest)) is not None:
        rest = rest[mark.end() :].strip()
    return rest
